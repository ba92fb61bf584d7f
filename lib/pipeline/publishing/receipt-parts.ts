import { type AttemptFacts, attemptFacts, sentFacts } from "@/lib/audit/receipt-facts";
import type { ReceiptEvidence } from "@/lib/audit/receipt-statement";
import { sha256 } from "@/lib/audit/sha256";
import type { ListedEntry } from "@/lib/db/audit-entry-store";
import { receiptActions } from "@/lib/domain/receipt-actions";
import type { Approval, DeliveryAttempt, Post } from "@/lib/domain/records";

const isApproval = ({ action }: ListedEntry) =>
  (receiptActions.approved as readonly string[]).includes(action);
const atMs = (entry: ListedEntry) => Date.parse(entry.at);

/** The approval that a delivery rests on, and those of others that counted with it: of the same content, and standing then. */
export function countedApprovals(root: Approval | null, all: readonly Approval[]): Approval[] {
  if (!root) return [];
  const stood = ({ createdAtMs, endedAtMs, digest }: Approval) =>
    digest === root.digest &&
    createdAtMs <= root.createdAtMs &&
    (endedAtMs === null || endedAtMs > root.createdAtMs);
  return [root, ...all.filter((each) => each.approvalId !== root.approvalId && stood(each))];
}

/** An approval and its entry are of one transaction: the same moment and the same person, also once its details are erased. */
const isOf = (entry: ListedEntry, { actor, createdAtMs }: Approval) =>
  isApproval(entry) && atMs(entry) === createdAtMs && entry.actorKey === `${actor.kind}:${actor.id}`;

/** Of everything that is on record of a draft and a delivery, what this publish rests on. */
export function partsOf(
  found: readonly ListedEntry[],
  { delivery }: Post,
  approvals: readonly Approval[],
): ListedEntry[] {
  const approved = found.filter((entry) => approvals.some((each) => isOf(entry, each)));
  const ofDelivery = found.filter((entry) => entry.subjectKind === "delivery");
  const { kind, id } = delivery.requestedBy;
  const asked = found.findLast(
    (entry) =>
      entry.action === receiptActions.asked &&
      atMs(entry) === delivery.createdAtMs &&
      entry.actorKey === `${kind}:${id}`,
  );
  return [...approved, ...(asked ? [asked] : []), ...ofDelivery];
}

/** What the entries hold the digests of, from the rows. */
export function evidenceFrom(
  entries: readonly ListedEntry[],
  post: Post,
  attempts: readonly DeliveryAttempt[],
  approvals: readonly Approval[],
): ReceiptEvidence {
  const facts = new Map<number, AttemptFacts>();
  const reasons = new Map<number, string>();
  for (const entry of entries) {
    const { sequence } = entry;
    if (sequence === null) continue;
    const number = "value" in entry.detail ? (entry.detail.value as { attempt?: unknown })?.attempt : null;
    const attempt = attempts.find((each) => each.attempt === number);
    if (attempt) facts.set(sequence, attemptFacts(attempt));
    const approval = approvals.find((each) => isOf(entry, each));
    if (approval?.reason) reasons.set(sequence, approval.reason);
  }
  const sent = post.receipt && sentFacts(sha256, post.delivery, post.receipt);
  return { sent, attempts: facts, reasons };
}
