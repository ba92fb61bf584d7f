import type { ActorRef } from "@/lib/domain/actor";
import { type TestReceiverState, type TestReception, testReceptionsMax } from "@/lib/domain/test-receiver";
import type { Database } from "./client";
import type { Transaction } from "./transaction";

export type NewTestReport = {
  draftId: string;
  incidentId: string;
  projectId: string | null;
  createdBy: ActorRef;
  createdAtMs: number;
};

export async function insertTestReport(tx: Transaction, report: NewTestReport): Promise<void> {
  const { createdAtMs, ...rest } = report;
  await tx.testReport.create({ data: { ...rest, createdAt: new Date(createdAtMs) } });
}

/** Those whose draft still is there, newest first. `projects` null: of every project and of none. */
export async function listTestReports(
  db: Database,
  projects: readonly string[] | null,
): Promise<TestReceiverState["reports"]> {
  const rows = await db.prisma.$queryRaw<
    Array<{ draft_id: string; incident_id: string; project_id: string | null; created_at: Date }>
  >`SELECT t.draft_id, t.incident_id, t.project_id, t.created_at FROM test_reports t
    JOIN incidents i ON i.id = t.incident_id AND i.deleted_at IS NULL
    WHERE ${projects}::text[] IS NULL OR t.project_id = ANY(${projects})
    ORDER BY t.created_at DESC, t.draft_id LIMIT 200`;
  return rows.map((row) => ({
    draftId: row.draft_id,
    incidentId: row.incident_id,
    projectId: row.project_id,
    createdAtMs: row.created_at.getTime(),
  }));
}

/** The same delivery again counts as one more arrival. The newest few are kept. */
export async function recordTestReception(
  tx: Transaction,
  id: string,
  reception: Omit<TestReception, "arrivals">,
): Promise<{ arrivals: number }> {
  const { signedAtMs, receivedAtMs, ...rest } = reception;
  const times = { signedAt: new Date(signedAtMs), receivedAt: new Date(receivedAtMs) };
  const kept = await tx.testReception.upsert({
    where: { deliveryId: reception.deliveryId },
    create: { id, ...rest, ...times },
    update: { ...times, arrivals: { increment: 1 } },
  });
  await tx.$executeRaw`DELETE FROM test_receptions WHERE id NOT IN
    (SELECT id FROM test_receptions ORDER BY received_at DESC, id DESC LIMIT ${testReceptionsMax})`;
  return { arrivals: kept.arrivals };
}

/** Newest first; of drafts that the actor may see, and the events that are about none. */
export async function listTestReceptions(
  db: Database,
  projects: readonly string[] | null,
): Promise<TestReception[]> {
  const rows = await db.prisma.testReception.findMany({ orderBy: [{ receivedAt: "desc" }, { id: "desc" }] });
  const shown = projects === null ? null : new Set(await readableDrafts(db, projects, rows));
  return rows
    .filter((row) => shown === null || row.draftId === null || shown.has(row.draftId))
    .map(({ id: _id, signedAt, receivedAt, ...row }) => ({
      ...row,
      signedAtMs: signedAt.getTime(),
      receivedAtMs: receivedAt.getTime(),
    }));
}

async function readableDrafts(
  db: Database,
  projects: readonly string[],
  rows: ReadonlyArray<{ draftId: string | null }>,
): Promise<string[]> {
  const ids = rows.flatMap((row) => row.draftId ?? []);
  const found = await db.prisma.draft.findMany({
    where: { id: { in: ids }, projectId: { in: [...projects] } },
    select: { id: true },
  });
  return found.map((draft) => draft.id);
}
