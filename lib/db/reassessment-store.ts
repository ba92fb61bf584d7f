import type { ActorRef } from "@/lib/domain/actor";
import type {
  Comparison,
  FoundFinding,
  QueuedTrigger,
  ReassessedFinding,
  ReassessmentRecord,
  ReassessmentScope,
  ReassessmentTrigger,
  ScopeState,
} from "@/lib/domain/reassessment";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import type { Transaction } from "./transaction";

type Client = Pick<Transaction, "reassessmentScope" | "reassessmentRecord" | "reassessmentTrigger">;

/** Makes the scopes that are not there yet: each is due from then on. */
export async function saveScopes(
  tx: Client,
  scopes: readonly ReassessmentScope[],
  nowMs: number,
): Promise<void> {
  await tx.reassessmentScope.createMany({
    data: scopes.map(({ scopeKey, tenantId, workspaceId }) => ({
      ...{ scopeKey, tenantId, workspaceId },
      createdAt: new Date(nowMs),
    })),
    skipDuplicates: true,
  });
}

/** What is known of these scopes, in their order; one that has no row yet exists from `nowMs` on. */
export async function readScopes(
  db: Database,
  scopes: readonly ReassessmentScope[],
  nowMs: number,
): Promise<ScopeState[]> {
  const rows = await db.prisma.reassessmentScope.findMany({
    where: { scopeKey: { in: scopes.map((each) => each.scopeKey) } },
  });
  const known = new Map(rows.map((row) => [row.scopeKey, row]));
  return scopes.map(({ scopeKey }) => {
    const row = known.get(scopeKey);
    return {
      scopeKey,
      createdAtMs: row?.createdAt.getTime() ?? nowMs,
      lastCompletedAtMs: row?.lastCompletedAt?.getTime() ?? null,
      lastVersion: row?.lastVersion ?? null,
    };
  });
}

export type NewTrigger = {
  triggerId: string;
  scopeKey: string;
  trigger: ReassessmentTrigger;
  detail: readonly string[];
  actor: ActorRef;
  createdAtMs: number;
  /** Causes an assessment of its scope once and never again. */
  onceKey?: string;
};

/** Adds causes; answers how many are new. None ever takes another's place. */
export async function insertTriggers(tx: Client, triggers: readonly NewTrigger[]): Promise<number> {
  const { count } = await tx.reassessmentTrigger.createMany({
    data: triggers.map(({ triggerId, detail, actor, createdAtMs, onceKey, ...rest }) => ({
      ...rest,
      id: triggerId,
      detail: [...detail],
      actor,
      onceKey: onceKey ?? null,
      createdAt: new Date(createdAtMs),
    })),
    skipDuplicates: true,
  });
  return count;
}

/** Causes of these scopes that no record names yet, the oldest first. */
export async function listWaitingTriggers(
  db: Client | Database,
  scopeKeys: readonly string[],
): Promise<Array<QueuedTrigger & { scopeKey: string }>> {
  const rows = await clientOf(db).reassessmentTrigger.findMany({
    where: { scopeKey: { in: [...scopeKeys] }, version: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...triggerFromRow(row), scopeKey: row.scopeKey }));
}

/** Which record named a cause; null while it waits. */
export async function findTriggersRecord(tx: Client, triggerId: string): Promise<ReassessmentRecord | null> {
  const trigger = await tx.reassessmentTrigger.findUnique({ where: { id: triggerId } });
  if (!trigger?.version) return null;
  return findRecord(tx, trigger.scopeKey, trigger.version);
}

/** The scope's row, which nobody else passes until the transaction ends. */
export async function lockScope(tx: Transaction, scopeKey: string): Promise<ScopeState> {
  await tx.$queryRaw`SELECT scope_key FROM reassessment_scopes WHERE scope_key = ${scopeKey} FOR UPDATE`;
  const row = await tx.reassessmentScope.findUniqueOrThrow({ where: { scopeKey } });
  return {
    scopeKey,
    createdAtMs: row.createdAt.getTime(),
    lastCompletedAtMs: row.lastCompletedAt?.getTime() ?? null,
    lastVersion: row.lastVersion,
  };
}

/** Writes a record under the scope's lock; the causes it names are no longer waiting. */
export async function insertReassessment(tx: Client, record: ReassessmentRecord): Promise<void> {
  const { scopeKey, version, recordId, trigger, triggerDetail } = record;
  const generatedAt = new Date(record.generatedAtMs);
  await tx.reassessmentRecord.create({
    data: {
      ...{ scopeKey, version, recordId, trigger, triggerDetail, generatedAt },
      findings: json(record.findings),
      comparison: json(record.comparison),
      resolved: json(record.resolved),
      evidenceRefs: record.evidenceRefs,
    },
  });
  await tx.reassessmentTrigger.updateMany({
    where: { id: { in: record.triggers.map((each) => each.triggerId) }, version: null },
    data: { version },
  });
  await tx.reassessmentScope.update({
    where: { scopeKey },
    data: { lastCompletedAt: generatedAt, lastVersion: version },
  });
}

export async function findRecord(
  db: Client | Database,
  scopeKey: string,
  version: number,
): Promise<ReassessmentRecord | null> {
  const row = await clientOf(db).reassessmentRecord.findUnique({
    where: { scopeKey_version: { scopeKey, version } },
    include: { scope: true },
  });
  if (!row) return null;
  const triggers = await clientOf(db).reassessmentTrigger.findMany({
    where: { scopeKey, version },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return recordFromRow(row, triggers);
}

/** Records, the newest first, and how many there are. */
export async function listRecords(
  db: Database,
  limit: number,
): Promise<{ records: ReassessmentRecord[]; total: number }> {
  const [rows, total] = await Promise.all([
    db.prisma.reassessmentRecord.findMany({
      orderBy: [{ generatedAt: "desc" }, { scopeKey: "asc" }, { version: "desc" }],
      take: limit,
      include: { scope: true },
    }),
    db.prisma.reassessmentRecord.count(),
  ]);
  const triggers = await db.prisma.reassessmentTrigger.findMany({
    where: { OR: rows.map(({ scopeKey, version }) => ({ scopeKey, version })) },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const records = rows.map((row) =>
    recordFromRow(
      row,
      triggers.filter((each) => each.scopeKey === row.scopeKey && each.version === row.version),
    ),
  );
  return { records, total };
}

/** Lets go of a scope's records but the newest so many, with the causes that they name. What causes once is kept: it must not again. */
export async function endOldRecords(tx: Client, scopeKey: string, kept: number): Promise<number> {
  const newest = await tx.reassessmentRecord.findFirst({
    where: { scopeKey },
    orderBy: { version: "desc" },
    select: { version: true },
  });
  const before = (newest?.version ?? 0) - kept;
  if (before < 1) return 0;
  const old = { scopeKey, version: { lte: before } };
  await tx.reassessmentTrigger.deleteMany({ where: { ...old, onceKey: null } });
  return (await tx.reassessmentRecord.deleteMany({ where: old })).count;
}

export type Recurring = {
  incidentId: string;
  projectId: string | null;
  occurrenceCount: number;
  updatedAtMs: number;
};

/** High-risk failures that were seen so often or more, changed since the last look; each commit may have taken a while. */
export async function listRecurring(
  db: Database,
  { sinceMs, least, max }: { sinceMs: number; least: number; max: number },
): Promise<Recurring[]> {
  const rows = await db.prisma.incident.findMany({
    where: {
      ...{ updatedAt: { gt: new Date(sinceMs) }, occurrenceCount: { gte: least } },
      ...{ riskRank: { gte: 4 }, deletedAt: null, mergedIntoId: null },
    },
    orderBy: { updatedAt: "asc" },
    take: max,
    select: { id: true, projectId: true, occurrenceCount: true, updatedAt: true },
  });
  return rows.map(({ id, updatedAt, ...rest }) => ({
    incidentId: id,
    ...rest,
    updatedAtMs: updatedAt.getTime(),
  }));
}

/** Up to when recurring failures were looked for; `nowMs` where nobody has yet. */
export async function readRecurrenceMark(db: Database, scopeKey: string, nowMs: number): Promise<number> {
  const row = await db.prisma.reassessmentScope.findUnique({ where: { scopeKey } });
  return row?.recurrencesCheckedAt?.getTime() ?? nowMs;
}

export async function moveRecurrenceMark(tx: Client, scopeKey: string, nowMs: number): Promise<void> {
  await tx.reassessmentScope.update({
    where: { scopeKey },
    data: { recurrencesCheckedAt: new Date(nowMs) },
  });
}

type TriggerRow = Prisma.ReassessmentTriggerGetPayload<object>;
type RecordRow = Prisma.ReassessmentRecordGetPayload<{ include: { scope: true } }>;

function recordFromRow(row: RecordRow, triggers: readonly TriggerRow[]): ReassessmentRecord {
  return {
    recordId: row.recordId,
    scopeKey: row.scopeKey,
    tenantId: row.scope.tenantId,
    workspaceId: row.scope.workspaceId,
    version: row.version,
    trigger: row.trigger as ReassessmentTrigger,
    triggerDetail: row.triggerDetail,
    triggers: triggers.map(triggerFromRow),
    generatedAtMs: row.generatedAt.getTime(),
    findings: row.findings as unknown as ReassessedFinding[],
    comparison: row.comparison as unknown as Comparison,
    resolved: row.resolved as unknown as FoundFinding[],
    evidenceRefs: row.evidenceRefs,
  };
}

const triggerFromRow = (row: TriggerRow): QueuedTrigger => ({
  triggerId: row.id,
  trigger: row.trigger as ReassessmentTrigger,
  detail: row.detail as string[],
  actor: row.actor as QueuedTrigger["actor"],
  createdAtMs: row.createdAt.getTime(),
});

const clientOf = (on: Client | Database): Client => ("prisma" in on ? on.prisma : on);
const json = (value: unknown) => value as Prisma.InputJsonValue;
