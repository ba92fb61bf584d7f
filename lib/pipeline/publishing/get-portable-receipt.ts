import { noteOf } from "@/lib/audit/checkpoint";
import { keyToWire } from "@/lib/audit/export-lines";
import { isErased } from "@/lib/audit/leaf";
import { type ReceiptFile, receiptEntry, receiptFormat, receiptText } from "@/lib/audit/receipt-file";
import { stateReceipt } from "@/lib/audit/receipt-statement";
import { sha256 } from "@/lib/audit/sha256";
import { verifySignature } from "@/lib/audit/signing";
import { TileError } from "@/lib/audit/tiles";
import { verifyReceipt } from "@/lib/audit/verify-receipt";
import { listApprovals } from "@/lib/db/approval-store";
import type { ListedEntry } from "@/lib/db/audit-entry-store";
import { findNewestCheckpoint, loadLedgerKeys } from "@/lib/db/audit-ledger-store";
import { listErasures, listReceiptEntries } from "@/lib/db/receipt-entry-store";
import type { StoredCheckpoint } from "@/lib/domain/ledger";
import type { Approval, DeliveryAttempt, Post } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";
import { LedgerTiles } from "../governance/ledger-tiles";
import { getPost } from "./get-post";
import { countedApprovals, evidenceFrom, partsOf } from "./receipt-parts";

/** Entries are sealed within a second: this long it is waited for those of a publish that ended just now. */
const sealWaitMs = 3_000;
const lookEveryMs = 150;

type Sealed = ListedEntry & { sequence: number };

/**
 * One publish as a file that proves itself offline: what was sent where, on whose word, what came of each attempt, with the audit's
 * entries, their proofs and a signed checkpoint. No payload and no target are in it. Whatever it says was checked before it is
 * given, so that nobody is handed a file that does not verify.
 *
 * @throws AppError not_found `post_not_found`; conflict `receipt_not_ended`, `receipt_not_sealed` (ask again in a second) or
 * `receipt_not_proven`: what is stored is not what the ledger says
 */
export async function getPortableReceipt(
  ctx: Context,
  postId: string,
): Promise<{ file: ReceiptFile; text: string }> {
  const { post, attempts, approval } = await getPost(ctx, postId);
  if (!post.receipt) throw notEnded(post);
  const approvals = countedApprovals(approval, await listApprovals(ctx.db, post.delivery.draftId));
  const { entries, checkpoint } = await waitForSeal(ctx, post, approvals);
  const file = await fileOf(ctx, { post, attempts, approvals, entries, checkpoint });
  const text = receiptText(file);
  const { problem } = verifyReceipt(text, { sha256, verifySignature, trusted: null });
  if (problem) throw notProven(postId, problem.message);
  return { file, text };
}

async function waitForSeal(
  ctx: Context,
  post: Post,
  approvals: readonly Approval[],
): Promise<{ entries: Sealed[]; checkpoint: StoredCheckpoint }> {
  const { deliveryId, draftId } = post.delivery;
  const patienceEnds = performance.now() + sealWaitMs;
  for (;;) {
    const parts = partsOf(await listReceiptEntries(ctx.db, { deliveryId, draftId }), post, approvals);
    const erased = parts.filter((entry) => isErased(entry.actor) || isErased(entry.detail));
    const erasures = await listErasures(
      ctx.db,
      erased.map(({ id }) => id),
    );
    const entries = [...parts, ...erasures];
    const sealed = entries.filter((entry): entry is Sealed => entry.sequence !== null);
    const checkpoint = await findNewestCheckpoint(ctx.db.pool);
    if (
      checkpoint &&
      sealed.length === entries.length &&
      sealed.every(({ sequence }) => sequence <= checkpoint.size)
    )
      return { entries: sealed.sort((one, other) => one.sequence - other.sequence), checkpoint };
    if (performance.now() > patienceEnds) throw notSealed(post);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

type Ground = {
  post: Post;
  attempts: readonly DeliveryAttempt[];
  approvals: readonly Approval[];
  entries: readonly Sealed[];
  checkpoint: StoredCheckpoint;
};

async function fileOf(ctx: Context, ground: Ground): Promise<ReceiptFile> {
  const { post, attempts, approvals, entries, checkpoint } = ground;
  const stated = stateReceipt(sha256, entries, evidenceFrom(entries, post, attempts, approvals));
  if ("fault" in stated) throw notProven(post.delivery.postId, stated.fault);
  const keys = await loadLedgerKeys(ctx.db.pool);
  const signer = keys.findIndex((key) => key.keyId === checkpoint.keyId);
  const paths = await proofsOf(ctx, entries, checkpoint.size);
  if (!paths) throw notProven(post.delivery.postId, "The stored tree does not hold its entries.");
  return {
    format: receiptFormat,
    ...stated.statement,
    entries: entries.map((entry, at) => receiptEntry(sha256, entry, paths[at] ?? [])),
    checkpoint: noteOf(keys[0]?.name ?? "", checkpoint),
    keys: keys.slice(0, signer + 1).map(keyToWire),
  };
}

async function proofsOf(ctx: Context, entries: readonly Sealed[], size: number) {
  const sequences = entries.map(({ sequence }) => sequence);
  return new LedgerTiles(ctx).proofs(sequences, size).catch((error: unknown) => {
    if (error instanceof TileError) return null;
    throw error;
  });
}

function notEnded({ delivery }: Post): AppError {
  const words =
    delivery.state === "cancelled"
      ? "It was cancelled before it left: there is nothing that a receipt could prove"
      : "It has not ended yet: a receipt proves what came of it";
  return new AppError("conflict", "receipt_not_ended", words, { post_id: delivery.postId });
}

const notSealed = ({ delivery }: Post) =>
  new AppError(
    "conflict",
    "receipt_not_sealed",
    "Its audit entries are not sealed yet; ask again in a moment",
    {
      ...{ post_id: delivery.postId, retryable: true, retry_after_seconds: 1 },
    },
  );

const notProven = (postId: string, why: string) =>
  new AppError(
    "conflict",
    "receipt_not_proven",
    `What is stored of it is not what the audit ledger says: ${why} Verify the ledger.`,
    { post_id: postId },
  );
