import type {
  ErasurePreviewRequestWire,
  ErasurePreviewWire,
  PlaceHoldWire,
  RetentionChoiceWire,
  RetentionHoldWire,
  RetentionPreviewWire,
  RetentionRunWire,
} from "@/lib/contracts/retention";
import type { ErasureSubject } from "@/lib/domain/erasure";
import type { HoldSubject, RetentionHold } from "@/lib/domain/retention-hold";
import {
  daysOf,
  type RetentionChoice,
  type RetentionFinding,
  type RetentionKind,
  retentionKinds,
} from "@/lib/domain/retention-profile";
import type { RetentionCounts, RetentionRun } from "@/lib/domain/retention-run";
import { snakeName } from "./casing";
import { present } from "./record-parts";

export function holdToWire(hold: RetentionHold): RetentionHoldWire {
  return {
    ...{ hold_id: hold.holdId, scope: hold.scope, reason: hold.reason },
    ...{ placed_by: hold.placedBy, placed_at_ms: hold.placedAtMs },
    ...present({
      ...{ project_id: hold.projectId, source_id: hold.sourceId, incident_id: hold.incidentId },
      ...{ released_by: hold.releasedBy, released_at_ms: hold.releasedAtMs },
      release_reason: hold.releaseReason,
    }),
  };
}

export function placeHoldFromWire(body: PlaceHoldWire): HoldSubject & { reason: string } {
  return {
    ...{ scope: body.scope, reason: body.reason, projectId: blank(body.project_id) },
    ...{ sourceId: blank(body.source_id), incidentId: blank(body.incident_id) },
  };
}

export function runToWire(run: RetentionRun): RetentionRunWire {
  return {
    ...{ run_id: run.runId, trigger: run.trigger, actor: run.actor, subject: run.subject, state: run.state },
    ...{ removed: countsToWire(run.removed), held_back: countsToWire(run.heldBack) },
    errors: run.errors.map(({ code, place }) => ({ code, ...(place && { place: snakeName(place) }) })),
    started_at_ms: run.startedAtMs,
    ...present({ project_id: run.projectId, ended_at_ms: run.endedAtMs }),
  };
}

type Preview = {
  atMs: number;
  idle: boolean;
  choices: RetentionChoice[];
  findings: RetentionFinding[];
  groups: ReadonlyArray<{
    table: string;
    kind: RetentionKind;
    projectId: string | null;
    sourceId: string | null;
    profileName: string;
    due: number;
    held: number;
    oldestMs: number | null;
    beforeMs: number | null;
    bytes: number;
  }>;
};

export function previewToWire(preview: Preview): RetentionPreviewWire {
  const groups = preview.groups.map((group) => ({
    ...{ place: snakeName(group.table), kind: group.kind, profile: group.profileName },
    ...{ due: group.due, held_back: group.held, bytes: group.bytes },
    ...present({
      ...{ project_id: group.projectId, source_id: group.sourceId },
      ...{ oldest_at_ms: group.oldestMs, before_ms: group.beforeMs },
    }),
  }));
  const sum = (of: "due" | "held_back" | "bytes") => groups.reduce((total, each) => total + each[of], 0);
  return {
    ...{ at_ms: preview.atMs, idle: preview.idle, groups },
    profiles_in_use: preview.choices.map(choiceToWire),
    findings: preview.findings.map(({ code, projectId, sourceId, profileName }) => ({
      ...{ code, profile: profileName },
      ...present({ project_id: projectId, source_id: sourceId }),
    })),
    ...{ total_due: sum("due"), total_held_back: sum("held_back"), total_bytes: sum("bytes") },
  };
}

function choiceToWire(choice: RetentionChoice): RetentionChoiceWire {
  const { profile } = choice;
  const days = retentionKinds.flatMap((kind) => {
    const span = profile ? daysOf(profile, kind) : null;
    return span === null ? [] : [[kind, span] as const];
  });
  return {
    ...{ profile: choice.profileName, chosen_by: choice.chosenBy, known: profile !== null },
    days: Object.fromEntries(days),
    ...present({ project_id: choice.projectId, source_id: choice.sourceId, mode: profile?.mode }),
  };
}

/** Null where the ids that the kind needs are not all there; `field` is the first that is not. */
export function erasureFromWire(body: ErasurePreviewRequestWire): ErasureSubject {
  const text = (given: string | null | undefined) => given?.trim() ?? "";
  switch (body.kind) {
    case "incident":
      return { kind: "incident", incidentId: text(body.incident_id) };
    case "project":
      return { kind: "source", projectId: text(body.project_id), sourceId: null };
    case "source":
      return { kind: "source", projectId: text(body.project_id), sourceId: text(body.source_id) };
    case "person":
      return { kind: "person", person: text(body.person) };
  }
}

export function erasurePreviewToWire(preview: {
  incidents: number;
  capped: boolean;
  counts: RetentionCounts;
  heldBy: string[];
  underWay: string[];
}): ErasurePreviewWire {
  const { incidents, capped, counts, heldBy, underWay } = preview;
  return { incidents, capped, counts: countsToWire(counts), held_by: heldBy, under_way: underWay };
}

const countsToWire = (counts: RetentionCounts): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([place, count]) => [snakeName(place), count ?? 0]));

const blank = (given: string | null | undefined) => given?.trim() || null;
