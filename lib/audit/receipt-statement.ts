import { erasureAction, type LedgerEntry } from "@/lib/domain/ledger";
import { receiptActions } from "@/lib/domain/receipt-actions";
import type { Sha256 } from "./hash";
import { isErased } from "./leaf";
import { type AttemptFacts, digestOfFacts, digestOfReason, type SentFacts } from "./receipt-facts";
import type { ReceiptActor, ReceiptApproval, ReceiptAttempt, ReceiptStatement } from "./receipt-file";

/** What entries hold as a digest alone, by the sequence of the entry; each is taken only where its digest is that. */
export type ReceiptEvidence = {
  sent: SentFacts | null;
  attempts: ReadonlyMap<number, AttemptFacts>;
  reasons: ReadonlyMap<number, string>;
};

type Detail = Record<string, unknown>;
const detailOf = ({ detail }: LedgerEntry): Detail | null =>
  isErased(detail) ? null : ((detail.value ?? {}) as Detail);
const text = (detail: Detail | null, name: string) =>
  typeof detail?.[name] === "string" ? detail[name] : null;
const number = (detail: Detail | null, name: string) =>
  typeof detail?.[name] === "number" ? detail[name] : null;

function actorOf({ actorKey, actor }: LedgerEntry): ReceiptActor {
  const at = actorKey.indexOf(":");
  const name = isErased(actor) ? null : (actor.value as { name?: unknown } | null)?.name;
  return {
    ...{ kind: actorKey.slice(0, at), id: actorKey.slice(at + 1) },
    name: typeof name === "string" ? name : null,
  };
}

/**
 * What these entries say of one publish, and nothing that they do not say. The same for whoever makes a file and whoever checks
 * one. Answers a fault where they are not the entries of one publish.
 */
export function stateReceipt(
  sha256: Sha256,
  entries: readonly LedgerEntry[],
  evidence: ReceiptEvidence,
): { statement: ReceiptStatement } | { fault: string } {
  try {
    return { statement: statementOf(sha256, entries, evidence) };
  } catch (error) {
    if (error instanceof StatementFault) return { fault: error.message };
    throw error;
  }
}

class StatementFault extends Error {}

function statementOf(
  sha256: Sha256,
  entries: readonly LedgerEntry[],
  evidence: ReceiptEvidence,
): ReceiptStatement {
  const { attempted, approved, asking, outcome, draftId } = sorted(entries);
  const detail = detailOf(outcome);
  const destinationId = text(detail, "destination_id");
  return {
    receipt: {
      ...{ entry: outcome.sequence, at: outcome.at, delivery_id: outcome.subjectId, draft_id: draftId },
      ...{ destination_id: destinationId, destination_kind: text(detail, "kind"), state: stateOf(outcome) },
      ...{ payload_digest: text(detail, "payload_digest"), approval_id: text(detail, "approval_id") },
      sent: bound(sha256, { entry: outcome, name: "receipt_digest" }, evidence.sent),
    },
    asked: asking && {
      ...{ entry: asking.sequence, at: asking.at, by: actorOf(asking) },
      approval_required: requiredBy(asking),
    },
    approvals: approved.map((entry, at) => {
      requireReason(sha256, entry, evidence, at);
      return approvalOf(entry, destinationId, evidence);
    }),
    attempts: attempted.map((entry) => attemptOf(sha256, entry, evidence)),
  };
}

/** Each entry by what it is to the receipt. @throws StatementFault */
function sorted(entries: readonly LedgerEntry[]) {
  const ofDelivery = entries.filter((entry) => entry.subjectKind === "delivery");
  const ofDraft = entries.filter((entry) => entry.subjectKind === "draft");
  const among = (actions: readonly string[], of: readonly LedgerEntry[]) =>
    of.filter((entry) => actions.includes(entry.action));
  const attempted = among(receiptActions.attempts, ofDelivery);
  const settled = among(receiptActions.settled, ofDelivery);
  const followUp = among([receiptActions.followUp], ofDelivery);
  const approved = among(receiptActions.approved, ofDraft);
  const asked = among([receiptActions.asked], ofDraft);
  const erasures = entries.filter((entry) => entry.action === erasureAction);
  const used = attempted.length + settled.length + followUp.length + approved.length + asked.length;
  if (used + erasures.length !== entries.length)
    throw new StatementFault("It holds an entry that is no part of a receipt.");
  if (asked.length + followUp.length > 1)
    throw new StatementFault("More than one of its entries asks for this publish.");
  const outcome = [...attempted, ...settled].filter(isEnd).sort(bySequence).at(-1);
  if (!outcome) throw new StatementFault("None of its entries says how the delivery ended.");
  if (ofDelivery.some((entry) => entry.subjectId !== outcome.subjectId))
    throw new StatementFault("Its entries are of more than one delivery.");
  for (const name of ["destination_id", "payload_digest"]) {
    const said = new Set(ofDelivery.flatMap((entry) => text(detailOf(entry), name) ?? []));
    if (said.size > 1) throw new StatementFault(`Its entries name more than one ${name}.`);
  }
  const effective = asked[0] && detailOf(asked[0])?.effective;
  const destinationId = text(detailOf(outcome), "destination_id");
  if (Array.isArray(effective) && destinationId !== null && !effective.includes(destinationId))
    throw new StatementFault(`The publish that was asked for did not go to ${destinationId}.`);
  const draftIds = new Set([
    ...ofDraft.map((entry) => entry.subjectId),
    ...ofDelivery.flatMap((entry) => text(detailOf(entry), "draft_id") ?? []),
  ]);
  const [draftId] = draftIds;
  if (draftId === undefined || draftIds.size !== 1)
    throw new StatementFault("Its entries are of more than one draft, or name none.");
  const publishing = approved.find((entry) => detailOf(entry)?.publishes === true);
  return { attempted, approved, asking: asked[0] ?? followUp[0] ?? publishing ?? null, outcome, draftId };
}

const bySequence = (one: LedgerEntry, other: LedgerEntry) => one.sequence - other.sequence;

/** One that says how it ended; of an erased one its action says it, if anything. */
const isEnd = (entry: LedgerEntry) => ["published", "failed", "blocked"].includes(stateOf(entry) ?? "");

function stateOf(entry: LedgerEntry): string | null {
  const detail = detailOf(entry);
  switch (entry.action) {
    case "incident_monitor.delivery.reconciled":
      return detail?.found === true ? "published" : "retrying";
    case "incident_monitor.delivery.resolved": {
      const resolution = text(detail, "resolution");
      if (resolution === "send_again") return "retrying";
      return resolution === "happened" ? "published" : resolution === "give_up" ? "failed" : null;
    }
    case "incident_monitor.publish.completed":
      return "published";
    default:
      return text(detail, "state");
  }
}

function requiredBy(asking: LedgerEntry): boolean | null {
  const detail = detailOf(asking);
  if (detail?.publishes === true) return true;
  const required = detail?.approval_required;
  return typeof required === "boolean" ? required : null;
}

function attemptOf(sha256: Sha256, entry: LedgerEntry, { attempts }: ReceiptEvidence): ReceiptAttempt {
  const facts = bound(sha256, { entry, name: "attempt_digest" }, attempts.get(entry.sequence) ?? null);
  return { entry: entry.sequence, at: entry.at, state: stateOf(entry), facts };
}

/** Words that are given must be those that the entry holds the digest of. @throws StatementFault */
function requireReason(sha256: Sha256, entry: LedgerEntry, { reasons }: ReceiptEvidence, at: number): void {
  const detail = detailOf(entry);
  const digest = text(detail, "reason_digest");
  const words = reasons.get(entry.sequence);
  if (digest === null || words === undefined) return;
  if (digestOfReason(sha256, text(detail, "approval_id") ?? "", words) !== digest)
    throw new StatementFault(
      `approvals[${at}].reason is not what entry ${entry.sequence} holds the digest of.`,
    );
}

function approvalOf(
  entry: LedgerEntry,
  destinationId: string | null,
  { reasons }: ReceiptEvidence,
): ReceiptApproval {
  const detail = detailOf(entry);
  const payloads = Array.isArray(detail?.payloads) ? (detail.payloads as Detail[]) : [];
  const payload = payloads.find((each) => each?.destination_id === destinationId) ?? null;
  const digest = text(detail, "reason_digest");
  const words = reasons.get(entry.sequence) ?? null;
  const isGiven = digest !== null && words !== null;
  return {
    ...{ entry: entry.sequence, approval_id: text(detail, "approval_id"), at: entry.at, by: actorOf(entry) },
    ...{ digest: text(detail, "digest"), payload_digest: text(payload, "digest") },
    ...{ binding: text(detail, "binding"), needed: number(detail, "needed") },
    ...{ break_glass: detail && detail.break_glass === true },
    expires_at_ms: number(detail, "expires_at_ms"),
    reason: isGiven ? words : null,
    reason_state: isGiven ? "given" : digest === null ? "none" : "withheld",
  };
}

/** The facts, which must be those that the entry holds the digest of; null where it holds none. @throws StatementFault */
function bound<Facts>(
  sha256: Sha256,
  { entry, name }: { entry: LedgerEntry; name: string },
  facts: Facts | null,
): Facts | null {
  const digest = text(detailOf(entry), name);
  if (digest === null) return null;
  if (facts !== null && digestOfFacts(sha256, facts) === digest) return facts;
  const what = name === "receipt_digest" ? "receipt.sent is" : "The facts of an attempt are";
  throw new StatementFault(`${what} not what entry ${entry.sequence} holds the digest of.`);
}
