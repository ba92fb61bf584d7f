import type { ActorRef } from "@/lib/domain/actor";
import type { MonitorConfig } from "@/lib/domain/config";
import type { ConfigChange } from "@/lib/domain/config-diff";
import type { Database } from "./client";
import type { ConfigRevision as Row } from "./generated/client";

export type ConfigRevision = {
  id: string;
  version: number;
  actor: ActorRef;
  summary: string;
  changes: ConfigChange[];
  createdAtMs: number;
};

/** Newest first. `beforeVersion` pages on. */
export async function listConfigRevisions(
  db: Database,
  { limit, beforeVersion }: { limit: number; beforeVersion?: number | null },
): Promise<ConfigRevision[]> {
  const rows = await db.prisma.configRevision.findMany({
    where: beforeVersion ? { version: { lt: BigInt(beforeVersion) } } : {},
    orderBy: { version: "desc" },
    take: limit,
    omit: { config: true },
  });
  return rows.map(revisionFromRow);
}

/** The configuration as that revision left it; null when there is no such revision. */
export async function findRevisionConfig(db: Database, version: number): Promise<MonitorConfig | null> {
  const row = await db.prisma.configRevision.findUnique({
    where: { version: BigInt(version) },
    select: { config: true },
  });
  return row ? (row.config as unknown as MonitorConfig) : null;
}

function revisionFromRow(row: Omit<Row, "config">): ConfigRevision {
  return {
    id: row.id,
    version: Number(row.version),
    actor: row.actor as unknown as ActorRef,
    summary: row.summary,
    changes: row.changes as unknown as ConfigChange[],
    createdAtMs: row.createdAt.getTime(),
  };
}
