import { recordMatch } from "@/lib/db/draft-store";
import { findOwnIssue } from "@/lib/db/issue-store";
import { hasLocalRecord, hasPublished } from "@/lib/db/local-record-store";
import { inTransaction } from "@/lib/db/transaction";
import type { IssueTracker } from "@/lib/destinations/destination";
import { adapterFor } from "@/lib/destinations/registry";
import type { FoundIssue } from "@/lib/domain/found-issue";
import { bestMatch, matchOf } from "@/lib/domain/issue-match";
import { type Reason, reason } from "@/lib/domain/reason";
import { type RecheckAction, recheckPlan } from "@/lib/domain/recheck";
import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { getDraft } from "../drafts/get-draft";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { recordAudit } from "../record-audit";
import { hasIssues } from "./deliver";
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
  const looked = target ? await lookAt(ctx, draft, target) : noAdapter(destinationId);
  if ("code" in looked) throw await refuse(ctx, draft, [looked]);
  const { action: found, match } = looked;
  await inTransaction(ctx.db, async (tx) => {
    if (match !== undefined) await recordMatch(tx, draft.draftId, match && matchOf(match));
    await recordAudit(tx, ctx, {
      action: "incident_monitor.match.rechecked",
      subject: subjectOf(draft),
      detail: { destination_id: destinationId, kind: plan.destination.kind, action: found },
    });
  });
  const isTracked = found.startsWith("matched") || plan.destination.kind.endsWith("_issue");
  return { draft: isTracked ? await getDraft(ctx, draft.draftId) : draft, action: found };
}

/** `match`: what a tracker has of it, null for nothing; absent where there is no tracker to ask. */
type Looked = { action: RecheckAction; match?: FoundIssue | null };

async function lookAt(ctx: Context, draft: Draft, target: PublicationTarget): Promise<Looked | Reason> {
  const { destination, payload } = target;
  const { destinationId, kind } = destination;
  if (kind === "webhook") return { action: "no_match" };
  const adapter = adapterFor(kind);
  if (!payload) return target.renderError ?? noAdapter(destinationId);
  if (hasIssues(adapter)) return lookAtTracker(ctx, draft, target, adapter.issues);
  const wanted = { draftId: draft.draftId, destinationId, targetRef: payload.content.targetRef };
  if (kind === "mcp_tool")
    return { action: (await hasPublished(ctx.db, wanted)) ? "mcp_tool_record_found" : "no_match" };
  return { action: (await hasLocalRecord(ctx.db, wanted)) ? "local_record_found" : "no_match" };
}

/** By our own receipts, then by the markers; what was found is kept with the draft (contract 4.13). */
async function lookAtTracker(
  ctx: Context,
  draft: Draft,
  { destination, payload }: PublicationTarget,
  issues: IssueTracker,
): Promise<Looked | Reason> {
  if (!payload) return noAdapter(destination.destinationId);
  const mcpServers = await readMcpServersFor(ctx, [destination]);
  const context = { ...ctx.services, nowMs: ctx.nowMs, mcpServers };
  const { targetRef } = payload.content;
  // The look asks for the markers alone; the envelope is one of a delivery that never is.
  const envelope = { deliveryId: "recheck", idempotencyKey: "0".repeat(64), createdAtMs: ctx.nowMs };
  const body = adapterFor(destination.kind).seal(payload.content, envelope);
  const own = await findOwnIssue(ctx.db, {
    ...{ incidentId: draft.incidentId, destinationId: destination.destinationId, targetRef },
    exceptDeliveryId: "",
  });
  const looked = own ? await issues.look(destination, own.issueExternalId, context) : null;
  if (looked?.outcome === "unknown") return looked.reason;
  const found =
    looked?.outcome === "there"
      ? null
      : await issues.find(destination, { body, targetRef, idempotencyKey: envelope.idempotencyKey }, context);
  if (found?.outcome === "unknown") return found.reason;
  const match =
    looked?.outcome === "there" ? looked.issue : bestMatch(found?.outcome === "found" ? found.matches : []);
  if (!match) return { action: "no_match", match };
  if (destination.kind === "linear_issue") return { action: "matched_linear_issue", match };
  return { action: match.state === "open" ? "matched_open" : "matched_closed", match };
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
