import { hasTelemetryRecord } from "@/lib/db/local-record-store";
import { type Reason, reason } from "@/lib/domain/reason";
import { type RecheckAction, recheckPlan } from "@/lib/domain/recheck";
import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { type PublicationTarget, preparePublication } from "./prepare-publication";

export type RecheckedDraft = { draft: Draft; action: RecheckAction };

/**
 * Looks whether the draft's destination has a match already. Delivers nothing and asks nobody for approval; works while
 * paused (contract 7.5). A webhook cannot be asked, so it never has one.
 *
 * @throws AppError not_found, forbidden, not_ready `recheck_failed` with every reason.
 */
export async function recheckMatch(ctx: Context, input: { draftId: string }): Promise<RecheckedDraft> {
  const draft = await requireDraft(ctx, input.draftId, "publish");
  const publication = await preparePublication(ctx, draft);
  const plan = recheckPlan(publication.decision, publication.config, draft.approval);
  if (!plan.ok) throw await refuse(ctx, draft, plan.reasons);
  const { destinationId } = plan.destination;
  const target = publication.targets.find((each) => each.destination.destinationId === destinationId);
  const found = target ? await lookAt(ctx, draft, target) : noAdapter(destinationId);
  if (typeof found !== "string") throw await refuse(ctx, draft, [found]);
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.match.rechecked",
    subject: subjectOf(draft),
    detail: { destination_id: destinationId, kind: plan.destination.kind, action: found },
  });
  return { draft, action: found };
}

async function lookAt(
  ctx: Context,
  draft: Draft,
  target: PublicationTarget,
): Promise<RecheckAction | Reason> {
  const { destinationId, kind } = target.destination;
  if (kind === "webhook") return "no_match";
  if (kind !== "telemetry" || !target.payload) return target.renderError ?? noAdapter(destinationId);
  const { targetRef } = target.payload.content;
  const isThere = await hasTelemetryRecord(ctx.db, { draftId: draft.draftId, destinationId, targetRef });
  return isThere ? "local_record_found" : "no_match";
}

function noAdapter(destinationId: string): Reason {
  const words = `Destination \`${destinationId}\` cannot be asked for a match`;
  return reason("kind_not_available", words, { destinationId });
}

async function refuse(ctx: Context, draft: Draft, reasons: readonly Reason[]): Promise<AppError> {
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.match.rechecked",
    outcome: "failed",
    subject: subjectOf(draft),
    detail: { reasons: reasons.map((each) => each.code) },
  });
  const words = reasons.map((each) => each.message).join("; ");
  return new AppError("not_ready", "recheck_failed", words, { draft_id: draft.draftId, reasons });
}

const subjectOf = (draft: Draft) => ({
  kind: "draft",
  id: draft.draftId,
  projectId: draft.content.projectId,
});
