import type { ActorRef } from "@/lib/domain/actor";
import type { ProbeRun, ProbeRunContent } from "@/lib/domain/probe-run";
import type { Database } from "./client";
import type { ProbeRun as Row } from "./generated/client";
import type { Transaction } from "./transaction";

/** Adds a run and drops all but the newest `keep`; how many were dropped. */
export async function insertProbeRun(tx: Transaction, run: ProbeRun, keep: number): Promise<number> {
  await tx.probeRun.create({
    data: {
      id: run.probeRunId,
      createdAt: new Date(run.createdAtMs),
      actor: run.actor,
      content: run.content,
      sha256: run.sha256,
    },
  });
  return tx.$executeRaw`DELETE FROM probe_runs WHERE id IN (
    SELECT id FROM probe_runs ORDER BY created_at DESC, id DESC OFFSET ${keep})`;
}

/** Newest first. */
export async function listProbeRunRecords(db: Database, limit: number): Promise<ProbeRun[]> {
  const rows = await db.prisma.probeRun.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map(runFromRow);
}

export async function findProbeRun(db: Database, probeRunId: string): Promise<ProbeRun | null> {
  const row = await db.prisma.probeRun.findUnique({ where: { id: probeRunId } });
  return row && runFromRow(row);
}

const runFromRow = (row: Row): ProbeRun => ({
  probeRunId: row.id,
  createdAtMs: row.createdAt.getTime(),
  actor: row.actor as ActorRef,
  content: row.content as unknown as ProbeRunContent,
  sha256: row.sha256,
});
