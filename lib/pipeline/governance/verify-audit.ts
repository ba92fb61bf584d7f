import type { LedgerProblem } from "@/lib/audit/ledger-check";
import { sha256 } from "@/lib/audit/sha256";
import { verifySignature } from "@/lib/audit/signing";
import { verifyLedger } from "@/lib/audit/verify-ledger";
import { findNewestCheckpoint, ledgerSource } from "@/lib/db/audit-ledger-store";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { LedgerTiles } from "./ledger-tiles";
import { agrees, readNote } from "./remember-checkpoint";
import { readWitness } from "./witness-state";

/** A second or so of one process. The whole ledger is for the command line, which holds no request up. */
export const verifyEntriesMax = 100_000;

export type AuditVerification = {
  ok: boolean;
  problem: LedgerProblem | null;
  /** Entries `from` to `to` were read, hashed and compared with every checkpoint between them. */
  from: number;
  to: number;
  entries: number;
  checkpoints: number;
  /** Copies of checkpoints that today's tree was compared with. */
  copies: number;
  durationMs: number;
};

/**
 * Verifies the newest entries, the keys, and that the ledger still begins with what this host and its witness have seen.
 * Leaves an entry that says what came of it.
 *
 * @throws AppError forbidden
 */
export async function verifyAudit(ctx: Context, { entries = 10_000 } = {}): Promise<AuditVerification> {
  const subject = { kind: "audit_ledger", id: "verify" } as const;
  await authorize(ctx, "readAudit", subject);
  const startedAt = performance.now();
  const newest = await findNewestCheckpoint(ctx.db.pool);
  const until = newest?.size ?? 0;
  const after = Math.max(0, until - Math.min(entries, verifyEntriesMax));
  const read = await readPart(ctx, after, until);
  const copies = await compareCopies(ctx);
  const problem = read.problem ?? copies.problem;
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.audit.verified",
    subject,
    outcome: problem ? "failed" : "done",
    detail: { after, until, ...(problem && { problem: problem.kind, sequence: problem.sequence }) },
  });
  return {
    ...{
      ok: problem === null,
      problem,
      from: Math.min(after + 1, until),
      to: until,
      copies: copies.compared,
    },
    ...{ entries: read.entries, checkpoints: read.checkpoints },
    durationMs: Math.round(performance.now() - startedAt),
  };
}

async function readPart(ctx: Context, after: number, until: number) {
  try {
    const from = await new LedgerTiles(ctx).frontier(after);
    const options = { sha256, verifySignature, trusted: null, pageSize: 2_000, part: { from, until } };
    return await verifyLedger(ledgerSource(ctx.db.pool), options);
  } catch (error) {
    if ((error as Error).name !== "TileError") throw error;
    const problem = problemOf("tree", `the stored tree is not whole: ${(error as Error).message}`, after);
    return { problem, entries: 0, checkpoints: 0 };
  }
}

/** The copy in the data folder and the newest one that the witness took. */
async function compareCopies(ctx: Context): Promise<{ compared: number; problem: LedgerProblem | null }> {
  const { lastSent } = await readWitness(ctx);
  const copies = [
    { from: "the copy in the data folder", note: ctx.services.ledger?.remembered() ?? null },
    { from: "what the witness was sent", note: lastSent?.note ?? null },
  ];
  let compared = 0;
  for (const { from, note } of copies) {
    const known = note === null ? null : readNote(note);
    if (!known) continue;
    compared += 1;
    if (!(await agrees(ctx, known)))
      return {
        compared,
        problem: problemOf(
          "truncated",
          `the ledger is not the one of ${from}, which covers ${known.size} entries`,
          0,
        ),
      };
  }
  return { compared, problem: null };
}

const problemOf = (kind: LedgerProblem["kind"], message: string, afterSize: number): LedgerProblem => ({
  ...{ kind, message, afterSize, sequence: null, entryId: null },
});
