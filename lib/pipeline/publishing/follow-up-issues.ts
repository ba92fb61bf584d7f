import { findApproval, findSnapshot, insertSnapshots } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { findDeliveries, queueDelivery } from "@/lib/db/delivery-store";
import { findRecurredIssues, insertRegression, type RecurredIssue } from "@/lib/db/follow-up-store";
import { setQuiet } from "@/lib/db/quiet-store";
import { inTransaction } from "@/lib/db/transaction";
import { followUpContent } from "@/lib/destinations/issue-body";
import { adapterFor } from "@/lib/destinations/registry";
import { sha256Hex } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import { destinationDigest } from "@/lib/domain/approval";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { followUpIntervalsMs, mayFollowUp } from "@/lib/domain/follow-up";
import type { FoundIssue } from "@/lib/domain/found-issue";
import { matchOf } from "@/lib/domain/issue-match";
import type { Resolution } from "@/lib/domain/quiet";
import type { Approval, PayloadSnapshot } from "@/lib/domain/records";
import { withOutboundRules } from "@/lib/domain/redaction-profile";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { getDraft } from "../drafts/get-draft";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { recordAudit } from "../record-audit";
import { commentsOnOpen, hasIssues } from "./deliver";
import { basisOf, type Publication, type PublicationTarget, preparePublication } from "./prepare-publication";

/** Issues looked at in one sweep: each is a request to the tracker. */
const issuesAtOnce = 20;
const attemptCountMax = 10;
/** One that was left is not asked about again before, nor before all others had their turn. */
const leftAloneMs = 10 * 60_000;

/** When an issue was looked at and left as it is, by the delivery that told it last. A process remembers its own. */
export type LeftAlone = Map<string, number>;

export type FollowedUp = { commented: number; regressions: number; left: number };

/**
 * Tells open issues that their failure went on, at growing intervals, and opens a regression draft where the issue was
 * closed meanwhile (D-23). A comment leaves only where policy asks for no approval or the approval showed its text (D-31); a
 * regression always waits for a person like any draft.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function followUpIssues(
  ctx: Context,
  left: LeftAlone = new Map(),
  signal?: AbortSignal,
): Promise<FollowedUp> {
  await authorize(ctx, "work", { kind: "delivery", id: "follow-ups", projectId: null });
  const recurred = await findRecurredIssues(ctx.db, {
    ...{ nowMs: ctx.nowMs, intervalsMs: followUpIntervalsMs, limit: issuesAtOnce, except: [...left.keys()] },
  });
  const done: FollowedUp = { commented: 0, regressions: 0, left: 0 };
  for (const issue of recurred) {
    // Before it is looked at: one that fails every time must not stop those behind it.
    left.set(issue.deliveryId, ctx.nowMs);
    const came = await followUp(ctx, issue, signal);
    if (came !== "left") left.delete(issue.deliveryId);
    done[came] += 1;
  }
  if (recurred.length < issuesAtOnce) {
    for (const [id, atMs] of left) if (ctx.nowMs - atMs >= leftAloneMs) left.delete(id);
  }
  return done;
}

async function followUp(
  ctx: Context,
  recurred: RecurredIssue,
  signal?: AbortSignal,
): Promise<keyof FollowedUp> {
  const draft = await getDraft(ctx, recurred.draftId);
  const publication = await preparePublication(ctx, draft);
  const target = publication.targets.find(
    (each) => each.destination.destinationId === recurred.destinationId,
  );
  // Paused, silenced or switched off: nothing is asked and nothing is sent; a later sweep finds it again.
  if (!target?.readiness.ready || publication.silenced) return "left";
  const adapter = adapterFor(target.destination.kind);
  if (!hasIssues(adapter)) return "left";
  const mcpServers = await readMcpServersFor(ctx, [target.destination]);
  const context = { ...ctx.services, nowMs: ctx.nowMs, signal, mcpServers };
  const looked = await adapter.issues.look(target.destination, recurred.issueExternalId, context);
  if (looked.outcome === "unknown") return "left";
  if (looked.outcome === "there" && looked.issue.state === "open") {
    return (await queueComment(ctx, recurred, publication, target)) ? "commented" : "left";
  }
  const closed = looked.outcome === "there" ? looked.issue : null;
  return (await openRegression(ctx, recurred, publication, closed)) ? "regressions" : "left";
}

/** One comment with the approved text, numbers and times filled in. The key names the how-manieth it is: racing sweeps queue one. */
async function queueComment(
  ctx: Context,
  recurred: RecurredIssue,
  publication: Publication,
  target: PublicationTarget,
): Promise<boolean> {
  const { draft, config, decision } = publication;
  const { destination } = target;
  const told = await toldBy(ctx, recurred);
  if (!told) return false;
  const template = told.snapshot.content.follow_up;
  const verdict = mayFollowUp({
    commentsOnOpen: commentsOnOpen(config, draft.content.projectId),
    approvalRequired: decision.approval.required,
    draftApproval: draft.approval,
    approvedTemplate: isCovered(told.approval, publication, destination.destinationId),
    template: typeof template === "string" ? template : null,
  });
  if (!verdict.ok) return false;
  const { newCount, lastSeenAtMs } = recurred;
  const content = followUpContent(told.snapshot.content, { count: Math.max(1, newCount), lastSeenAtMs });
  const digest = sha256Hex(canonicalJson(content));
  const key = ["follow_up", recurred.deliveryId, recurred.issueExternalId, recurred.toldCount];
  const idempotencyKey = sha256Hex(canonicalJson(key));
  const deliveryId = newId.delivery();
  const snapshot = { ...told.snapshot, snapshotId: newId.snapshot(), content, digest, approvalId: null };
  await inTransaction(ctx.db, async (tx) => {
    const comment = (content.comment as { body: string }).body;
    const rendered = { title: "Comment", sections: [{ heading: "Comment", text: comment, code: true }] };
    await insertSnapshots(tx, [{ ...snapshot, rendered, nowMs: ctx.nowMs }]);
    const queued = await queueDelivery(tx, {
      ...{ deliveryId, postId: newId.post(), draftId: draft.draftId, incidentId: draft.incidentId },
      ...{ approvalId: null, snapshotId: snapshot.snapshotId, kind: destination.kind },
      ...{ destinationId: destination.destinationId, targetRef: snapshot.targetRef },
      ...{ operation: "comment_issue", idempotencyKey, payloadDigest: digest, attemptCountMax },
      routeId: decision.winner.routeId,
      routeMatchReason: decision.winner.reason,
      destinationDigest: destinationDigest(withOutboundRules(destination, config), sha256Hex),
      body: adapterFor(destination.kind).seal(snapshot, {
        deliveryId,
        idempotencyKey,
        createdAtMs: ctx.nowMs,
      }),
      requestedBy: actorRef(ctx.actor),
      createdAtMs: ctx.nowMs,
      issueExternalId: recurred.issueExternalId,
      followUpOfId: recurred.deliveryId,
    });
    if (queued.outcome !== "queued") return;
    const subject = { kind: "delivery", id: deliveryId, projectId: draft.content.projectId };
    await announceChange(tx, { topic: "delivery", id: deliveryId, projectId: draft.content.projectId });
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.follow_up.queued", subject },
      detail: {
        draft_id: draft.draftId,
        destination_id: destination.destinationId,
        follow_up_of: recurred.deliveryId,
        approval_id: told.approvalId,
        new_occurrences: recurred.newCount,
        payload_digest: digest,
      },
    });
  });
  return true;
}

/**
 * Has an approval that was not taken back shown the comment, for the place as it is now? With other settings it is another place.
 * That its time to publish is over takes nothing back of what it allowed.
 */
function isCovered(approval: Approval | null, publication: Publication, destinationId: string): boolean {
  if (approval?.state !== "granted" && approval?.state !== "expired") return false;
  const now = basisOf(publication, [destinationId]).basis.destinations[destinationId];
  return now !== undefined && now === approval.basis.destinations[destinationId];
}

/** What the issue went out with, and the approval that it went out under. */
async function toldBy(
  ctx: Context,
  recurred: RecurredIssue,
): Promise<{ snapshot: PayloadSnapshot; approvalId: string | null; approval: Approval | null } | null> {
  const [delivery] = await findDeliveries(ctx.db, [recurred.deliveryId]);
  if (!delivery) return null;
  if (delivery.followUpOfId) return toldBy(ctx, { ...recurred, deliveryId: delivery.followUpOfId });
  const snapshot = await findSnapshot(ctx.db, delivery.snapshotId);
  const approval = delivery.approvalId ? await findApproval(ctx.db, delivery.approvalId) : null;
  if (!snapshot) return null;
  return { snapshot, approvalId: delivery.approvalId, approval };
}

/** When it was closed nobody told us; that it came back is certain. */
const issueClosed = (nowMs: number, lastSeenAtMs: number): Resolution => ({
  ...{ atMs: nowMs, by: null, how: "issue_closed", reason: null, release: null },
  ...{ cameBackAtMs: lastSeenAtMs, cameBackRelease: null },
});

async function openRegression(
  ctx: Context,
  recurred: RecurredIssue,
  publication: Publication,
  closed: FoundIssue | null,
): Promise<boolean> {
  const { draft, decision } = publication;
  const { projectId } = draft.content;
  const gone = { number: null, reference: recurred.issueExternalId, url: null };
  const matched = closed ? matchOf(closed) : gone;
  const draftId = newId.draft();
  return inTransaction(ctx.db, async (tx) => {
    const opened = await insertRegression(tx, {
      ...{ draftId, regressionOfId: draft.draftId, at: new Date(ctx.nowMs) },
      approval: decision.approval.required ? "required" : "not_required",
      matched,
    });
    if (!opened) return false;
    const resolution = issueClosed(ctx.nowMs, recurred.lastSeenAtMs);
    await setQuiet(tx, draft.incidentId, { resolution }, new Date(ctx.nowMs));
    await announceChange(tx, { topic: "draft", id: draftId, projectId });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.regression.opened",
      subject: { kind: "draft", id: draftId, projectId },
      detail: {
        regression_of: draft.draftId,
        incident_id: draft.incidentId,
        destination_id: recurred.destinationId,
        issue: matched.reference,
        issue_gone: closed === null,
      },
    });
    return true;
  });
}
