import type { ActorRef } from "./actor";

export const holdScopes = ["all", "project", "source", "incident"] as const;
export type HoldScope = (typeof holdScopes)[number];

/** What a hold covers; the ids that its scope does not need are null. */
export type HoldSubject = {
  scope: HoldScope;
  projectId: string | null;
  sourceId: string | null;
  incidentId: string | null;
};

/** Stops every removal of what it covers until it is released. */
export type RetentionHold = HoldSubject & {
  holdId: string;
  reason: string;
  placedBy: ActorRef;
  placedAtMs: number;
  releasedBy: ActorRef | null;
  releasedAtMs: number | null;
  releaseReason: string | null;
};

type HeldRecord = { projectId: string | null; sourceId: string | null; incidentIds: readonly string[] };

export function covers(hold: HoldSubject, record: HeldRecord): boolean {
  switch (hold.scope) {
    case "all":
      return true;
    case "project":
      return hold.projectId !== null && hold.projectId === record.projectId;
    case "source":
      return (
        hold.projectId !== null &&
        hold.projectId === record.projectId &&
        hold.sourceId !== null &&
        hold.sourceId === record.sourceId
      );
    case "incident":
      return hold.incidentId !== null && record.incidentIds.includes(hold.incidentId);
  }
}

export const isHeld = (
  holds: readonly (HoldSubject & { releasedAtMs: number | null })[],
  record: HeldRecord,
) => holds.some((hold) => hold.releasedAtMs === null && covers(hold, record));

/** Which field of a hold its scope still needs; null when it has all. */
export function missingHoldField(subject: HoldSubject): "project_id" | "source_id" | "incident_id" | null {
  const { scope } = subject;
  if ((scope === "project" || scope === "source") && !subject.projectId) return "project_id";
  if (scope === "source" && !subject.sourceId) return "source_id";
  return scope === "incident" && !subject.incidentId ? "incident_id" : null;
}
