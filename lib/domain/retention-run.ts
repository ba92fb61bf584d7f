import type { ActorRef } from "./actor";

/** How many things of each place, by the place's name. */
export type RetentionCounts = Partial<Record<string, number>>;

/** One run of the job, or one erasure on request: numbers and ids, never a text of what went. */
export type RetentionRun = {
  runId: string;
  trigger: "schedule" | "request";
  actor: ActorRef;
  /** Of an erasure in one project; null for the job, which goes through all. */
  projectId: string | null;
  /** Of an erasure: what was asked for, as kind and ids. */
  subject: { [key: string]: string };
  /** `more`: it was stopped before its end, the next one goes on from there. */
  state: "running" | "done" | "more" | "failed";
  removed: RetentionCounts;
  heldBack: RetentionCounts;
  errors: Array<{ code: string; place?: string }>;
  startedAtMs: number;
  endedAtMs: number | null;
};

export const totalOf = (counts: RetentionCounts) =>
  Object.values(counts).reduce<number>((sum, each) => sum + (each ?? 0), 0);

/** Adds to what a run has removed so far. */
export function withRemoved(run: RetentionRun, place: string, count: number): RetentionRun {
  if (count === 0) return run;
  return { ...run, removed: { ...run.removed, [place]: (run.removed[place] ?? 0) + count } };
}
