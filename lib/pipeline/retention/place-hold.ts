import { announceChange } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import { findDeletable } from "@/lib/db/deletion-store";
import { insertHold, lockForHold } from "@/lib/db/retention-hold-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { type HoldSubject, missingHoldField, type RetentionHold } from "@/lib/domain/retention-hold";
import { findLogSource, findProject } from "@/lib/domain/source-binding";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { deletionReason } from "../records/settle-deletion";

export type PlaceHoldInput = HoldSubject & { reason: string };

/**
 * From when it returns nothing that it covers is removed, by nobody: not by retention, not by hand, not on request.
 *
 * @throws AppError forbidden; invalid `hold_invalid` with `field`; not_found `incident_not_found`
 */
export async function placeHold(ctx: Context, input: PlaceHoldInput): Promise<RetentionHold> {
  const subject = subjectOf(input);
  // Of a wider scope an incident beside it says nothing, and least of all whose business it is.
  const incident = subject.incidentId ? await findDeletable(ctx.db, "incident", subject.incidentId) : null;
  const projectId = subject.projectId ?? incident?.projectId ?? null;
  await authorize(ctx, "configure", { kind: "retention_hold", id: "new", projectId });
  const missing = missingHoldField(input);
  if (missing) throw invalid(missing, `A hold of the scope ${input.scope} names ${missing}`);
  const reason = deletionReason(input.reason);
  if (reason === null) throw invalid("reason", "Say why: whoever releases it must be able to judge");
  if (subject.scope === "incident" && !incident) {
    throw new AppError("not_found", "incident_not_found", "There is no such incident", {
      incident_id: subject.incidentId,
    });
  }
  await requireKnown(ctx, subject);
  const hold: RetentionHold = {
    ...subject,
    ...{
      holdId: newId.retentionHold(),
      reason,
      projectId,
      placedBy: actorRef(ctx.actor),
      placedAtMs: ctx.nowMs,
    },
    ...{ releasedBy: null, releasedAtMs: null, releaseReason: null },
  };
  await inTransaction(ctx.db, async (tx) => {
    await lockForHold(tx);
    await insertHold(tx, hold);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.retention.hold_placed",
      subject: { kind: "retention_hold", id: hold.holdId, projectId },
      detail: { scope: hold.scope, source_id: hold.sourceId, incident_id: hold.incidentId },
    });
    await announceChange(tx, { topic: "retention", id: hold.holdId, projectId });
  });
  return hold;
}

/** Only what the scope means is kept: a hold of a project has no incident beside it. */
function subjectOf({ scope, projectId, sourceId, incidentId }: HoldSubject): HoldSubject {
  return {
    scope,
    projectId: scope === "project" || scope === "source" ? projectId : null,
    sourceId: scope === "source" ? sourceId : null,
    incidentId: scope === "incident" ? incidentId : null,
  };
}

/** A name with a slip of the pen would hold nothing, and nobody would see it. */
async function requireKnown(ctx: Context, { scope, projectId, sourceId }: HoldSubject): Promise<void> {
  if (scope !== "project" && scope !== "source") return;
  const project = findProject(await loadConfig(ctx.db), projectId ?? "");
  if (!project) throw invalid("project_id", "There is no such project");
  if (scope === "source" && !findLogSource(project, sourceId ?? "")) {
    throw invalid("source_id", "This project has no such log source");
  }
}

const invalid = (field: string, message: string) =>
  new AppError("invalid", "hold_invalid", message, { field });
