import { deliveriesCalled } from "@/lib/domain/draft-status";
import { deliveryWordsOf } from "@/lib/domain/incident-status";

/*
 * The wire's derived words (domain/draft-status.ts, domain/incident-status.ts) as conditions, for filtering by them. `d`
 * is a draft, `i` an incident, `v` the newest delivery of the draft. Only words of ours go into the text, never a
 * caller's. Semi-joins, which the planner can hash: one probe a draft is a second's work on 100,000 of them.
 */

/** The incident is snoozed or muted (domain/quiet.ts): a worker ends both, so the row alone says it. */
export const quiet = (incident: string) => `${incident}.snooze IS NOT NULL OR ${incident}.mute IS NOT NULL`;

/** The draft's incident is quiet: found over a small index, whatever there is besides. */
export const quietDraft = `d.incident_id IN (SELECT q.id FROM incidents q WHERE ${quiet("q")})`;

/** The draft's newest delivery is such a one. */
export const newestDeliveryIs = (condition: string) =>
  `EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id AND v.deleted_at IS NULL AND ${condition}
    AND NOT EXISTS (SELECT 1 FROM deliveries n WHERE n.draft_id = v.draft_id AND n.deleted_at IS NULL
      AND (n.created_at, n.id) > (v.created_at, v.id)))`;

export const approvalDue = "d.approval IN ('required', 'voided', 'expired')";
const underTriage = "d.triage IN ('queued', 'running')";
const undecided = `d.approval <> 'denied' AND NOT ${approvalDue}`;
const neverSent = `NOT ${newestDeliveryIs("v.state <> 'cancelled'")}`;

/** A word of `draftStatus` as a condition on `d`. */
export function draftStatusCondition(word: string): string {
  switch (word) {
    case "denied":
      return "d.approval = 'denied'";
    case "approval_required":
      return approvalDue;
    case "triage_queued":
      return `${undecided} AND ${underTriage} AND ${neverSent}`;
    case "draft_ready":
      return `${undecided} AND NOT ${underTriage} AND ${neverSent}`;
    default:
      return `${undecided} AND ${newestDeliveryIs(isCalled([word]))}`;
  }
}

/** A word of `incidentStatus` as a condition on `i`; `drafted` and `held` are the panel's own. */
export function incidentStatusCondition(word: string): string {
  switch (word) {
    case "held":
      return "i.held";
    case "drafted":
    case "quality_gate_blocked":
    case "draft_failed":
      return `i.disposition = '${word}'`;
    case "duplicate_suppressed":
      return "i.disposition = 'suppressed'";
    case "queued":
      return `i.disposition = 'drafted' AND NOT ${hasDraft("true")}`;
    case "triage_queued":
      return unpublished(underTriage);
    case "triage_timed_out":
    case "triage_failed":
      return unpublished(`d.triage = '${word.replace("triage_", "")}'`);
    case "draft_created":
      return unpublished("d.triage NOT IN ('queued', 'running', 'timed_out', 'failed')");
    default:
      return `i.disposition = 'drafted' AND ${hasDraft(newestDeliveryIs(isCalled(deliveryWordsOf(word))))}`;
  }
}

const hasDraft = (condition: string) =>
  `EXISTS (SELECT 1 FROM drafts d WHERE d.id = i.draft_id AND d.deleted_at IS NULL AND ${condition})`;
const unpublished = (condition: string) =>
  `i.disposition = 'drafted' AND ${hasDraft(`${condition} AND NOT ${newestDeliveryIs("v.state = 'published'")}`)}`;

/** The delivery has one of these words. Operations with a word of their own are told apart from all others. */
function isCalled(words: readonly string[]): string {
  const rows = words
    .flatMap((word) => deliveriesCalled(word))
    .map(({ kind, state, operation }) => {
      const named =
        operation === "other"
          ? "v.operation NOT IN ('comment_issue', 'match_issue')"
          : `v.operation = '${operation}'`;
      return `(v.kind = '${kind}' AND v.state = '${state}' AND ${named})`;
    });
  return rows.length > 0 ? `(${rows.join(" OR ")})` : "false";
}
