import type { ActorRef } from "./actor";
import { type MonitorConfig } from "./config";
import { outboundProfileName } from "./redaction-profile";
import { bindSource, findProject } from "./source-binding";

/** Where stored texts are, in the order in which they are read again. */
export const redactedPlaces = [
  "incidents",
  "occurrences",
  "drafts",
  "draftRevisions",
  "approvals",
  "triageRuns",
  "evidence",
  "quarantine",
  "merges",
  "rekeys",
  "attempts",
  "memory",
  /** From here on nothing is changed, only counted: digests of approvals and receipts rest on it, byte for byte. */
  "snapshots",
  "deliveries",
  "receipts",
  "telemetry",
] as const;
export type RedactedPlace = (typeof redactedPlaces)[number];

/** Numbers by place. */
export type RedactionRunCounts = Partial<Record<RedactedPlace, number>>;

/** One walk over everything that is stored. `place` and `after` are how far it is: whoever goes on goes on from there. */
export type RedactionRun = {
  runId: string;
  /** `rules`: the rules of this release find more than those before. */
  trigger: "request" | "rules";
  actor: ActorRef;
  rulesVersion: number;
  /** `stopped`: somebody ended it before it was through; what it read by then stays read. */
  state: "running" | "done" | "stopped";
  place: RedactedPlace | null;
  after: string[];
  examined: RedactionRunCounts;
  changed: RedactionRunCounts;
  /** Would change, and stays as it is, since a digest rests on it. */
  frozen: RedactionRunCounts;
  /** Would change, and is kept as it is by a legal hold. */
  heldBack: RedactionRunCounts;
  approvalsVoided: number;
  /** What the last turn failed with, while it goes on. */
  error: string | null;
  startedAtMs: number;
  endedAtMs: number | null;
};

/** Whose rules hold for a row. */
export type RowOrigin = { projectId: string | null; sourceId: string | null; destinationId: string | null };

/** The profile by which a row would be written now: a destination's for what left, else its source's, else the default. */
export function profileNameOf(origin: RowOrigin, config: MonitorConfig): string {
  if (origin.destinationId !== null) {
    const row = config.destinations.find(({ destinationId }) => destinationId === origin.destinationId);
    return outboundProfileName(row ?? {}, config);
  }
  const project = origin.projectId === null ? null : findProject(config, origin.projectId);
  const source = project?.logSources.find(({ sourceId }) => sourceId === origin.sourceId);
  const named = project ? bindSource(project, source).redactionProfile : undefined;
  return named ?? config.safetyDefaults.redactionProfile;
}

/** Adds numbers of one place to what was counted so far. */
export function withCount(
  counts: RedactionRunCounts,
  place: RedactedPlace,
  count: number,
): RedactionRunCounts {
  return count === 0 ? counts : { ...counts, [place]: (counts[place] ?? 0) + count };
}

/** Where the walk is after this page: further in the place, at the next one, or at the end (null). */
export function nextPlace(place: RedactedPlace): RedactedPlace | null {
  return redactedPlaces[redactedPlaces.indexOf(place) + 1] ?? null;
}

export const totalOfRun = (counts: RedactionRunCounts): number =>
  Object.values(counts).reduce<number>((sum, each) => sum + (each ?? 0), 0);
