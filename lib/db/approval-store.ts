import { type Actor, actorKey, actorRef } from "@/lib/domain/actor";
import type { Reason } from "@/lib/domain/reason";
import type { Approval, PayloadSnapshot } from "@/lib/domain/records";
import type { SeenTexts, TextChange } from "@/lib/domain/text-changes";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

const asJson = (value: unknown) => value as Prisma.InputJsonValue;

export type NewApproval = Omit<Approval, "actor" | "endedAtMs" | "endedReason" | "endedDiff"> & {
  actor: Actor;
  seen: SeenTexts;
};

export async function insertApproval(tx: Transaction, approval: NewApproval): Promise<void> {
  await tx.approval.create({
    data: {
      id: approval.approvalId,
      draftId: approval.draftId,
      state: approval.state,
      binding: approval.binding,
      actor: asJson(actorRef(approval.actor)),
      actorKey: actorKey(approval.actor),
      reason: approval.reason,
      digest: approval.digest,
      basis: asJson(approval.basis),
      policyVersion: approval.policyVersion,
      because: asJson(approval.because),
      needed: approval.needed,
      breakGlass: approval.breakGlass,
      seen: approval.seen,
      expiresAt: approval.expiresAtMs === null ? null : new Date(approval.expiresAtMs),
      createdAt: new Date(approval.createdAtMs),
    },
  });
}

export type NewSnapshot = PayloadSnapshot & { rendered: unknown; nowMs: number };

export async function insertSnapshots(tx: Transaction, snapshots: readonly NewSnapshot[]): Promise<void> {
  if (snapshots.length === 0) return;
  await tx.payloadSnapshot.createMany({
    data: snapshots.map((each) => ({
      id: each.snapshotId,
      draftId: each.draftId,
      approvalId: each.approvalId,
      destinationId: each.destinationId,
      kind: each.kind,
      targetRef: each.targetRef,
      content: asJson(each.content),
      digest: each.digest,
      rendered: asJson({ operation: each.operation, rendered: each.rendered }),
      createdAt: new Date(each.nowMs),
    })),
  });
}

/** The payloads an approval froze, by destination. */
export async function findSnapshots(db: Database, approvalId: string): Promise<Map<string, PayloadSnapshot>> {
  const { rows } = await db.pool.query("SELECT * FROM payload_snapshots WHERE approval_id = $1", [
    approvalId,
  ]);
  return new Map(rows.map((row) => [text(row.destination_id), snapshotFromRow(row)]));
}

/** Which of these drafts this actor's own approval stands on. */
export async function draftsApprovedBy(
  db: Database,
  key: string,
  draftIds: readonly string[],
  nowMs: number,
): Promise<Set<string>> {
  const { rows } = await db.pool.query({
    name: "drafts-approved-by",
    text: `SELECT draft_id FROM approvals WHERE draft_id = ANY($1) AND state = 'granted' AND actor_key = $2
      AND (expires_at IS NULL OR expires_at > $3)`,
    values: [draftIds, key, new Date(nowMs)],
  });
  return new Set(rows.map((row) => text(row.draft_id)));
}

/** Every decision on a draft, newest first; the one in force is the newest `granted`. */
export async function listApprovals(db: Database, draftId: string): Promise<Approval[]> {
  const { rows } = await db.pool.query(
    "SELECT * FROM approvals WHERE draft_id = $1 ORDER BY created_at DESC, id DESC LIMIT 100",
    [draftId],
  );
  return rows.map(approvalFromRow);
}

export async function findApproval(db: Database, approvalId: string): Promise<Approval | null> {
  const { rows } = await db.pool.query("SELECT * FROM approvals WHERE id = $1", [approvalId]);
  return rows[0] ? approvalFromRow(rows[0]) : null;
}

/** Is this approval in force, in this transaction's own sight? */
export async function isGranted(tx: Transaction, approvalId: string): Promise<boolean> {
  return (await tx.approval.count({ where: { id: approvalId, state: "granted" } })) === 1;
}

/** The approvals of a draft that stand, as this transaction sees them, the oldest first. */
export async function listStanding(tx: Transaction, draftId: string): Promise<Approval[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT * FROM approvals WHERE draft_id = ${draftId} AND state = 'granted' ORDER BY created_at, id`;
  return rows.map(approvalFromRow);
}

/** The texts that whoever gave it saw. */
export async function findSeenTexts(db: Database, approvalId: string): Promise<SeenTexts> {
  const { rows } = await db.pool.query("SELECT seen FROM approvals WHERE id = $1", [approvalId]);
  return json<SeenTexts>(rows[0]?.seen ?? {});
}

export type GrantEnd = {
  state: "voided" | "expired" | "withdrawn";
  because: readonly Reason[];
  diff?: readonly TextChange[];
  at: Date;
};

/** Ends grants in force of a draft, all of them or those named; they stay as evidence with the reason. Returns how many. */
export async function endGrants(
  tx: Transaction,
  draftId: string,
  end: GrantEnd,
  approvalIds: readonly string[] | null = null,
): Promise<number> {
  const ended = await tx.approval.updateMany({
    where: { draftId, state: "granted", ...(approvalIds && { id: { in: [...approvalIds] } }) },
    data: {
      state: end.state,
      endedAt: end.at,
      endedReason: asJson(end.because),
      ...(end.diff && end.diff.length > 0 && { endedDiff: asJson(end.diff) }),
    },
  });
  return ended.count;
}

/** Drafts with an approval whose time has run out, a bounded number per sweep. */
export async function findLapsedGrants(
  db: Database,
  now: Date,
): Promise<Array<{ draftId: string; revision: number; projectId: string | null }>> {
  const { rows } = await db.pool.query(
    `SELECT DISTINCT d.id, d.revision, d.project_id FROM approvals a JOIN drafts d ON d.id = a.draft_id
     WHERE a.state = 'granted' AND a.expires_at <= $1 AND d.deleted_at IS NULL LIMIT 200`,
    [now],
  );
  return rows.map((row) => ({ draftId: row.id, revision: row.revision, projectId: row.project_id }));
}

function approvalFromRow(row: Row): Approval {
  return {
    approvalId: text(row.id),
    draftId: text(row.draft_id),
    state: row.state as Approval["state"],
    binding: row.binding as Approval["binding"],
    actor: json(row.actor),
    reason: textOrNull(row.reason),
    digest: text(row.digest),
    basis: json(row.basis),
    policyVersion: text(row.policy_version),
    because: json(row.because),
    needed: count(row.needed),
    breakGlass: row.break_glass === true,
    expiresAtMs: msOrNull(row.expires_at),
    endedAtMs: msOrNull(row.ended_at),
    endedReason: json(row.ended_reason ?? null),
    endedDiff: json(row.ended_diff ?? null),
    createdAtMs: ms(row.created_at),
  };
}

export async function findSnapshot(db: Database, snapshotId: string): Promise<PayloadSnapshot | null> {
  const { rows } = await db.pool.query("SELECT * FROM payload_snapshots WHERE id = $1", [snapshotId]);
  return rows[0] ? snapshotFromRow(rows[0]) : null;
}

function snapshotFromRow(row: Row): PayloadSnapshot {
  return {
    snapshotId: text(row.id),
    draftId: text(row.draft_id),
    approvalId: textOrNull(row.approval_id),
    destinationId: text(row.destination_id),
    kind: row.kind as PayloadSnapshot["kind"],
    targetRef: text(row.target_ref),
    operation: text((row.rendered as { operation?: string }).operation ?? ""),
    content: json(row.content),
    digest: text(row.digest),
  };
}
