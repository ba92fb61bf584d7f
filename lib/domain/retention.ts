import type { Destination, MonitorConfig } from "./config";

const dayMs = 86_400_000;

/** What of the past goes, by time; null keeps for ever. Nothing goes of a span that is not set, or is zero (case 90). */
export type RetentionPlan = {
  /** Posts and incidents changed before it are hidden (D-21); evidence and what is kept about them is dropped. */
  recordsBeforeMs: number | null;
  /** Local records of destinations with a span of their own, by id; the others follow `recordsBeforeMs`. */
  localBeforeMs: Array<{ destinationId: string; beforeMs: number }>;
};

/** @param nowMs the moment the job runs. */
export function retentionPlan(config: MonitorConfig, nowMs: number): RetentionPlan {
  const days = config.safetyDefaults.retentionDays ?? 0;
  return {
    recordsBeforeMs: days > 0 ? nowMs - days * dayMs : null,
    localBeforeMs: config.destinations.flatMap((row) => {
      const own = ownDays(row);
      return own === null ? [] : [{ destinationId: row.destinationId, beforeMs: nowMs - own * dayMs }];
    }),
  };
}

/** `config.retention_days` of a local destination: how long it remembers. */
function ownDays({ kind, config }: Destination): number | null {
  if (kind !== "telemetry" && kind !== "internal_memory") return null;
  const days = config?.retention_days;
  return typeof days === "number" && Number.isFinite(days) && days > 0 ? days : null;
}
