import type { ActorRef } from "@/lib/domain/actor";
import type { MonitorConfig } from "@/lib/domain/config";
import type { ConfigChange } from "@/lib/domain/config-diff";
import type { PageRequest } from "@/lib/domain/page";
import type { Database } from "./client";
import { also, alsoBetween, alsoContains, type ListFilter, readPage } from "./list-query";
import { count, json, ms, type Row, text } from "./rows";

export type ConfigRevision = {
  id: string;
  version: number;
  actor: ActorRef;
  summary: string;
  changes: ConfigChange[];
  createdAtMs: number;
};

export type ConfigRevisionFilter = {
  /** In the summary of what changed or the actor's name. */
  search?: string;
  /** Wire names of top-level keys: revisions that changed one of them. */
  keys?: readonly string[];
  sinceMs?: number;
  untilMs?: number;
};

/** A change's path begins with the key it is in. */
const touchesKeys = `EXISTS (SELECT 1 FROM jsonb_array_elements(r.changes) AS one
  WHERE split_part(one->>'path', '.', 1) = ANY($?))`;

/** Newest first; their times are in the order of their versions. */
export async function listConfigRevisions(
  db: Database,
  filter: ConfigRevisionFilter,
  page: PageRequest,
): Promise<{ revisions: ConfigRevision[]; total: number; more: boolean }> {
  const query: ListFilter = { where: [], values: [] };
  if (filter.search) alsoContains(query, ["r.summary", "r.actor->>'name'"], filter.search);
  if (filter.keys) also(query, touchesKeys, filter.keys);
  alsoBetween(query, "r.created_at", filter);
  const select = "r.id, r.version, r.actor, r.summary, r.changes, r.created_at";
  const shape = { select, from: "config_revisions r", at: "r.created_at", id: "r.id" };
  const { rows, total, more } = await readPage(db, shape, query, page);
  return { revisions: rows.map(revisionFromRow), total, more };
}

/** One revision with the configuration as it left it; null when there is none of that version. */
export async function findConfigRevision(
  db: Database,
  version: number,
): Promise<{ revision: ConfigRevision; config: MonitorConfig } | null> {
  const { rows } = await db.pool.query("SELECT * FROM config_revisions WHERE version = $1", [version]);
  const [row] = rows;
  return row ? { revision: revisionFromRow(row), config: row.config as MonitorConfig } : null;
}

function revisionFromRow(row: Row): ConfigRevision {
  return {
    id: text(row.id),
    version: count(row.version),
    actor: json(row.actor),
    summary: text(row.summary),
    changes: json(row.changes),
    createdAtMs: ms(row.created_at),
  };
}
