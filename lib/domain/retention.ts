import { canonicalJson } from "./canonical-json";
import type { Destination, MonitorConfig } from "./config";
import { isHeld, type RetentionHold } from "./retention-hold";
import {
  daysOf,
  type RetentionChoice,
  type RetentionKind,
  type RetentionMode,
  retentionChoices,
  retentionKinds,
} from "./retention-profile";

export const dayMs = 86_400_000;

/** What is before `beforeMs` goes, for the records of one project or log source; null keeps them. */
export type RetentionSpan = {
  projectId: string | null;
  sourceId: string | null;
  mode: RetentionMode;
  beforeMs: number | null;
};

/** What of the past goes, by time. Nothing goes of a span that is not set, or is zero (case 90). */
export type RetentionPlan = {
  nowMs: number;
  choices: RetentionChoice[];
  spans: Record<RetentionKind, RetentionSpan[]>;
  /** Local records of destinations with a span of their own, by id; the others follow the receipts'. */
  localBeforeMs: Array<{ destinationId: string; beforeMs: number }>;
  /** The same while nothing is chosen otherwise, whatever the time. */
  rules: string;
};

/** @param nowMs the moment the job runs. */
export function retentionPlan(
  config: Pick<MonitorConfig, "safetyDefaults" | "monitoredProjects" | "destinations">,
  nowMs: number,
): RetentionPlan {
  const choices = retentionChoices(config);
  const spanOf = ({ projectId, sourceId, profile }: RetentionChoice, kind: RetentionKind): RetentionSpan => {
    const days = profile ? daysOf(profile, kind) : null;
    const beforeMs = days === null ? null : nowMs - days * dayMs;
    return { projectId, sourceId, mode: profile?.mode ?? "hide", beforeMs };
  };
  const spans = Object.fromEntries(
    retentionKinds.map((kind) => [kind, choices.map((choice) => spanOf(choice, kind))]),
  ) as RetentionPlan["spans"];
  const locals = config.destinations.flatMap((row) => {
    const days = ownDays(row);
    return days === null ? [] : [{ destinationId: row.destinationId, days }];
  });
  return {
    nowMs,
    choices,
    spans,
    localBeforeMs: locals.map(({ destinationId, days }) => ({
      destinationId,
      beforeMs: nowMs - days * dayMs,
    })),
    rules: canonicalJson({
      choices: choices.map(({ projectId, sourceId, profile }) => ({ projectId, sourceId, profile })),
      locals,
    }),
  };
}

/** `config.retention_days` of a local destination: how long it remembers. */
function ownDays({ kind, config }: Destination): number | null {
  if (kind !== "telemetry" && kind !== "internal_memory") return null;
  const days = config?.retention_days;
  return typeof days === "number" && Number.isFinite(days) && days > 0 ? days : null;
}

/** A thing that retention may take: what it is, whose, and since when nothing was done to it. */
export type RetainedRecord = {
  kind: RetentionKind;
  projectId: string | null;
  sourceId: string | null;
  /** The incident it belongs to, with the one that is merged with it. */
  incidentIds: readonly string[];
  atMs: number;
};

/** The span of a record: its source's where that is known, else its project's, else the default. */
export function spanFor(
  spans: readonly RetentionSpan[],
  record: Pick<RetainedRecord, "projectId" | "sourceId">,
) {
  const of = (projectId: string | null, sourceId: string | null) =>
    spans.find((span) => span.projectId === projectId && span.sourceId === sourceId);
  return of(record.projectId, record.sourceId) ?? of(record.projectId, null) ?? of(null, null);
}

/** Does it go now? `held` only for what would go otherwise. */
export function retentionVerdict(
  plan: RetentionPlan,
  holds: readonly RetentionHold[],
  record: RetainedRecord,
): "kept" | "young" | "held" | "due" {
  const beforeMs = spanFor(plan.spans[record.kind], record)?.beforeMs ?? null;
  if (beforeMs === null) return "kept";
  if (record.atMs >= beforeMs) return "young";
  return isHeld(holds, record) ? "held" : "due";
}

/** When evidence that is taken now is due to go; null: never. */
export function evidenceExpiry(
  config: Pick<MonitorConfig, "safetyDefaults" | "monitoredProjects">,
  { projectId, sourceId, nowMs }: { projectId: string; sourceId: string; nowMs: number },
): number | null {
  const choices = retentionChoices(config);
  const found =
    choices.find((each) => each.projectId === projectId && each.sourceId === sourceId) ??
    choices.find((each) => each.projectId === projectId && each.sourceId === null) ??
    choices[0];
  const days = found?.profile ? daysOf(found.profile, "evidence") : null;
  return days === null ? null : nowMs + days * dayMs;
}
