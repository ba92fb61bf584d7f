import type { LedgerEntry } from "@/lib/domain/ledger";
import { receiptActions } from "@/lib/domain/receipt-actions";
import { isErased } from "./leaf";
import type { ReceiptApproval, ReceiptStatement } from "./receipt-file";
import type { ReceiptCheck } from "./verify-receipt";

const proven = (code: ReceiptCheck["code"], words: string): ReceiptCheck => ({
  code,
  status: "proven",
  words,
});
const open = (code: ReceiptCheck["code"], words: string): ReceiptCheck => ({
  ...{ code, words },
  status: "not_proven",
});
const wrong = (code: ReceiptCheck["code"], words: string): ReceiptCheck => ({
  code,
  words,
  status: "failed",
});

/** What a receipt that is whole amounts to: was it published, on whose word, and was it what they approved? */
export function judgeReceipt(statement: ReceiptStatement, entries: readonly LedgerEntry[]): ReceiptCheck[] {
  return [
    outcomeOf(statement),
    approvalOf(statement, entries),
    payloadOf(statement, entries),
    attemptsOf(statement),
  ];
}

function outcomeOf({ receipt }: ReceiptStatement): ReceiptCheck {
  const { destination_id: destination, state, sent } = receipt;
  if (state === null || destination === null)
    return open("outcome", "The details of how it ended were erased: where it went cannot be shown.");
  const ended = state === "published" ? "It was published" : `It was not published (${state})`;
  const words = `${ended}: delivery ${receipt.delivery_id} to ${destination}, ${receipt.at}.`;
  if (sent === null)
    return open("outcome", `${words} Its entry is from before receipts were bound to the ledger.`);
  const wanted = state === "published" ? "posted" : state;
  if (sent.status !== wanted)
    return wrong("outcome", `The receipt says ${sent.status}, and the entry of its end says ${state}.`);
  return proven("outcome", words);
}

/** Approvals of the same content as the one that the delivery rests on. */
function countedOf({ receipt, approvals }: ReceiptStatement): {
  root: ReceiptApproval | null;
  counted: ReceiptApproval[];
} {
  const root = approvals.find(
    (each) => each.approval_id !== null && each.approval_id === receipt.approval_id,
  );
  if (!root) return { root: null, counted: [] };
  return { root, counted: approvals.filter((each) => each.digest === root.digest) };
}

function approvalOf(statement: ReceiptStatement, entries: readonly LedgerEntry[]): ReceiptCheck {
  const { receipt, asked, approvals } = statement;
  const isErasedOutcome = receipt.destination_id === null;
  if (receipt.approval_id === null && !isErasedOutcome) return unapproved(statement, entries);
  const { root, counted } = countedOf(statement);
  if (!root) {
    const hasErased = isErasedOutcome || approvals.some((each) => each.digest === null);
    return hasErased
      ? open("approval", "Details of the approval were erased: who approved this cannot be shown.")
      : wrong("approval", `The approval it rests on, ${receipt.approval_id}, is not in the file.`);
  }
  const people = new Set(counted.map(({ by }) => `${by.kind}:${by.id}`));
  const names = counted.map(({ by }) => by.name ?? by.id).join(", ");
  const needed = root.break_glass ? 1 : (root.needed ?? 1);
  if (people.size < needed)
    return wrong("approval", `It took ${needed} people, and ${people.size} approved the same content.`);
  if (!asked) return open("approval", `Approved by ${names}; who asked for the publish is not in the file.`);
  const lapsed = counted.find(
    (each) => each.expires_at_ms !== null && Date.parse(asked.at) > each.expires_at_ms,
  );
  if (lapsed)
    return wrong("approval", `The approval of entry ${lapsed.entry} had lapsed when it was published.`);
  const early = counted.find((each) => each.at > asked.at);
  if (early)
    return open(
      "approval",
      `Approved by ${names}; entry ${early.entry} bears a later time than the publish.`,
    );
  const how = root.break_glass ? "Approved around the rules (break glass)" : "Approved";
  return proven("approval", `${how} by ${names}, before ${asked.by.name ?? asked.by.id} published it.`);
}

function unapproved({ asked, approvals }: ReceiptStatement, entries: readonly LedgerEntry[]): ReceiptCheck {
  if (approvals.length > 0)
    return wrong("approval", "It holds an approval that this delivery does not rest on.");
  if (entries.some((entry) => entry.action === receiptActions.followUp))
    return proven("approval", "A follow-up comment: it rests on the publish of the issue it is about.");
  if (asked?.approval_required === false)
    return proven("approval", "No approval was needed, by the policy when it was published.");
  if (asked?.approval_required === true)
    return wrong("approval", "Approval was required, and the delivery rests on none.");
  return open("approval", "It rests on no approval; whether one was required is not in the file.");
}

function payloadOf(statement: ReceiptStatement, entries: readonly LedgerEntry[]): ReceiptCheck {
  const { receipt } = statement;
  const sent = receipt.payload_digest;
  if (sent === null) {
    const settled = entries.some((entry) => isErased(entry.detail));
    const why = settled ? "was erased with its entry's details" : "is not in its entry";
    return open("payload", `The digest of what was sent ${why}.`);
  }
  const { root, counted } = countedOf(statement);
  if (!root) return open("payload", `What was sent has the digest ${sent}; no approval names one.`);
  const other = counted.find((each) => each.payload_digest !== sent);
  if (!other) return proven("payload", `What was sent is what was approved: digest ${sent}.`);
  if (root.binding === "draft")
    return open(
      "payload",
      `Digest ${sent}: the approval covered later content of the same draft, by a setting.`,
    );
  return wrong("payload", `Entry ${other.entry} approved another payload than ${sent}, which was sent.`);
}

function attemptsOf({ attempts, receipt }: ReceiptStatement): ReceiptCheck {
  const numbers = attempts.flatMap((each) => each.facts?.attempt ?? []);
  const last = Math.max(0, ...numbers);
  const count = attempts.length === 1 ? "One attempt" : `${attempts.length} attempts`;
  if (numbers.length < attempts.length)
    return open("attempts", `${count}; what came of some is not bound to the ledger.`);
  if (last > attempts.length)
    return open("attempts", `${count} of ${last}: the others left no entry (their worker ended with them).`);
  if (attempts.length === 0) return open("attempts", "No attempt of it left an entry.");
  const isLast = attempts.some((each) => each.entry === receipt.entry);
  const settled = isLast ? "" : " How it ended was found out afterwards.";
  return proven("attempts", `${count}, each in the ledger.${settled}`);
}
