import { toBase64, toHex } from "@/lib/audit/bytes";
import { checkpointText, endorsementText, noteOf, verifierKey } from "@/lib/audit/checkpoint";
import { keyToWire } from "@/lib/audit/export-lines";
import { hashOfField, leafHashOf } from "@/lib/audit/leaf";
import { type AttemptFacts, digestOfFacts, digestOfReason, type SentFacts } from "@/lib/audit/receipt-facts";
import { type ReceiptFile, receiptEntry, receiptFormat } from "@/lib/audit/receipt-file";
import { stateReceipt } from "@/lib/audit/receipt-statement";
import { sha256 } from "@/lib/audit/sha256";
import { type Signer, signerOf } from "@/lib/audit/signing";
import { growTiles, hashRange, tileKey } from "@/lib/audit/tiles";
import { inclusionRanges } from "@/lib/audit/tree";
import type { LedgerEntry, LedgerKey } from "@/lib/domain/ledger";
import { seedOf } from "./ledger-ground";

const origin = "ledger-test";
export const startMs = Date.UTC(2026, 10, 26, 9);
const digest = "ab".repeat(32);
const payload = "cd".repeat(32);
export const firstSigner = signerOf(origin, seedOf(7)) as Signer;
export const nextSigner = signerOf(origin, seedOf(8)) as Signer;
export const strangeKey = verifierKey((signerOf(origin, seedOf(9)) as Signer).key);

export const sent: SentFacts = {
  ...{ post_id: "post-1", operation: "deliver", status: "posted", external_id: "X-7" },
  external_url: "https://tracker.example/7",
  idempotency_key_digest: "12".repeat(32),
};
export const attempts: AttemptFacts[] = [1, 2].map((attempt) => ({
  ...{ attempt, started_at_ms: startMs + attempt * 1_000, duration_ms: 20 },
  ...{
    outcome: attempt === 1 ? "retryable" : "published",
    reason_code: attempt === 1 ? "server_error" : null,
  },
  ...{ status_code: attempt === 1 ? 500 : 200, request_digest: "34".repeat(32), response_digest: null },
}));
const words = ["It is ours \u2013 fix", "Seen"];

type Made = Omit<LedgerEntry, "sequence" | "requestId" | "projectId">;
let serial = 0;
const salt = () => (++serial).toString(16).padStart(32, "0");

function entry(
  [subjectKind, subjectId]: [string, string],
  [action, outcome]: [string, string],
  who: string,
  after: number,
  detail: Record<string, unknown>,
): Made {
  const [kind, id] = who.split(":");
  return {
    ...{
      id: `audit-${++serial}`,
      at: new Date(startMs + after).toISOString(),
      actorKey: who,
      action,
      outcome,
    },
    ...{ subjectKind, subjectId },
    actor: { salt: salt(), value: { kind, id, name: `Name of ${id}` } },
    detail: { salt: salt(), value: detail },
  };
}

const draft: [string, string] = ["draft", "draft-1"];
const delivery: [string, string] = ["delivery", "delivery-1"];
const other = (at: number) => entry(["settings", "x"], ["incident_monitor.paused", "done"], "user:z", at, {});
const im = (name: string, outcome = "done"): [string, string] => [`incident_monitor.${name}`, outcome];

function approval(action: string, at: number, who: string, more: Record<string, unknown>): Made {
  const approvalId = `approval-${at}`;
  return entry(draft, im(action), who, at, {
    ...{ approval_id: approvalId, digest, binding: "content", needed: 2, missing: 0 },
    reason_digest: digestOfReason(sha256, approvalId, words[at] ?? ""),
    ...{ expires_at_ms: startMs + 3_600_000, payloads: [{ destination_id: "hook", digest: payload }] },
    ...more,
  });
}

const attempted = (at: number, state: string, more: Record<string, unknown>) =>
  entry(
    delivery,
    state === "published" ? im("publish.completed") : im("publish.failed", "failed"),
    "system:delivery",
    at * 1_000,
    {
      ...{ draft_id: "draft-1", destination_id: "hook", kind: "webhook", state, attempt: at },
      ...{ payload_digest: payload, approval_id: "approval-1" },
      attempt_digest: digestOfFacts(sha256, attempts[at - 1]),
      ...more,
    },
  );

export type ReceiptGround = {
  /** Into each entry's detail, by its place: approval, approval, asked, attempt, attempt. */
  details?: Record<number, Record<string, unknown>>;
  /** Places whose actor and detail were erased. */
  erased?: readonly number[];
  /** The ledger went on with another key before it signed; `lost`: nobody handed it over. */
  rotated?: "handed_over" | "lost";
};

/** One publish in a ledger of its own, among entries of other things: two approved, one asked, the second attempt arrived. */
export function aReceipt({ details = {}, erased = [], rotated }: ReceiptGround = {}) {
  const parts = [
    approval("approval.given", 0, "user:a", details[0] ?? {}),
    approval("draft.approved", 1, "user:b", details[1] ?? {}),
    entry(draft, im("publish.attempted"), "user:c", 500, {
      ...{ effective: ["hook"], approval_required: true },
      ...details[2],
    }),
    attempted(1, "retrying", details[3] ?? {}),
    attempted(2, "published", { receipt_digest: digestOfFacts(sha256, sent), ...details[4] }),
  ];
  const kept = parts.map((each, at) =>
    erased.includes(at)
      ? {
          ...each,
          actor: { hash: hashOfField(sha256, each.actor) },
          detail: { hash: hashOfField(sha256, each.detail) },
        }
      : each,
  );
  const erasing = entry(["audit_ledger", "erase"], im("audit.erased"), "system:retention", 20_000, {
    ...{ entries: erased.map((at) => parts[at]?.id), fields: ["detail"], reason: "asked" },
  });
  const all = [
    other(0),
    ...kept.flatMap((each, at) => [each, other(at)]),
    ...(erased.length ? [erasing] : []),
  ];
  const ledger = [...all, other(30_000)].map(
    (each, at): LedgerEntry => ({
      ...each,
      ...{ sequence: at + 1, projectId: "shop", requestId: null },
    }),
  );
  return file(ledger, rotated, parts.map(({ id }) => id).concat(erased.length ? [erasing.id] : []));
}

function file(ledger: readonly LedgerEntry[], rotated: ReceiptGround["rotated"], ids: readonly string[]) {
  const tiles = new Map(
    growTiles(
      sha256,
      new Map(),
      0,
      ledger.map((each) => leafHashOf(sha256, each)),
    ).map((tile) => [tileKey(tile), tile.hashes]),
  );
  const size = ledger.length;
  const root = hashRange(sha256, tiles, { start: 0, end: size });
  const signer = rotated ? nextSigner : firstSigner;
  const text = checkpointText({ origin, size, root, atMs: startMs + 40_000 });
  const checkpoint = noteOf(origin, {
    ...{ size, root: toHex(root), keyId: signer.key.keyId, createdAtMs: startMs + 40_000 },
    signature: toBase64(signer.sign(text)),
  });
  const keys = [keyOf(firstSigner, firstSigner, 1)];
  if (rotated) keys.push(keyOf(nextSigner, rotated === "lost" ? nextSigner : firstSigner, 2));
  const entries = ledger.filter((each) => ids.includes(each.id));
  const at = (place: number) => entries[place]?.sequence ?? 0;
  const stated = stateReceipt(sha256, entries, {
    sent,
    attempts: new Map(attempts.map((facts, each) => [at(3 + each), facts])),
    reasons: new Map(words.map((each, place) => [at(place), each])),
  });
  if ("fault" in stated) throw new Error(stated.fault);
  const made: ReceiptFile = {
    format: receiptFormat,
    ...stated.statement,
    entries: entries.map((each) => {
      const ranges = inclusionRanges(each.sequence - 1, size);
      return receiptEntry(
        sha256,
        each,
        ranges.map((range) => hashRange(sha256, tiles, range)),
      );
    }),
    ...{ checkpoint, keys: keys.map(keyToWire) },
  };
  return { file: made, key: verifierKey(firstSigner.key) };
}

function keyOf({ key }: Signer, endorser: Signer, ordinal: number): LedgerKey {
  const turn = { ordinal, fromSize: 0, createdAtMs: startMs };
  return {
    ...{
      keyId: key.keyId,
      name: origin,
      publicKey: toBase64(key.bytes),
      endorsedBy: endorser.key.keyId,
      ...turn,
    },
    endorsement: toBase64(endorser.sign(endorsementText(key, turn))),
  };
}
