import type { ActorRef } from "@/lib/domain/actor";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { MonitorConfig } from "@/lib/domain/config";
import type { ConfigChange } from "@/lib/domain/config-diff";
import { announceChange } from "./change-feed";
import type { Database } from "./client";
import {
  type ConfigRow,
  configFromRow,
  configQuery,
  destinationRows,
  json,
  type ListRow,
  logSourceRows,
  projectRows,
  routeRows,
  settingsColumns,
} from "./config-rows";
import type { Transaction } from "./transaction";

/** The last configuration seen on each connection set. Frozen, since every reader is given the same object. */
const latest = new WeakMap<Database, MonitorConfig>();

/** The version of the grouping rules as last read on each connection set, beside that of the configuration. */
const groupingVersions = new WeakMap<Database, number>();

/** What a sandbox is given instead of the stored configuration. */
const pinned = new WeakMap<Database, MonitorConfig>();

/** From here on this connection set reads this configuration, whatever is stored: for a sandbox, which ends with it. */
export function pinConfig(sandbox: Database, config: MonitorConfig): void {
  pinned.set(sandbox, freeze(structuredClone(config)));
}

/** What `loadConfig` saw last: whoever has just loaded the configuration need not ask for it. null: nothing yet. */
export const seenGroupingVersion = (db: Database): number | null => groupingVersions.get(db) ?? null;

/**
 * The configuration as committed now. Asks for the version alone and reads the rest only when it moved, so that it is
 * right whichever process wrote last and cheap on the intake path.
 */
export async function loadConfig(db: Database): Promise<MonitorConfig> {
  const given = pinned.get(db);
  if (given) return given;
  const known = latest.get(db);
  if (known) {
    const { rows } = await db.pool.query<{ version: string; grouping_version: string }>({
      name: "config-version",
      text: "SELECT version, grouping_version FROM monitor_settings WHERE id = 1",
    });
    groupingVersions.set(db, Number(rows[0]?.grouping_version ?? 0));
    if (Number(rows[0]?.version) === known.version) return known;
  }
  const { rows } = await db.pool.query<ConfigRow>(configQuery);
  const row = onlyRow(rows);
  const config = freeze(configFromRow(row));
  groupingVersions.set(db, Number(row.settings.grouping_version));
  latest.set(db, config);
  return config;
}

/** The configuration inside a transaction that no other writer can pass until it ends. */
export async function lockConfig(tx: Transaction): Promise<MonitorConfig> {
  await tx.$queryRaw`SELECT id FROM monitor_settings WHERE id = 1 FOR UPDATE`;
  const rows = await tx.$queryRawUnsafe<ConfigRow[]>(configQuery);
  return configFromRow(onlyRow(rows));
}

export type NewConfigRevision = {
  id: string;
  actor: ActorRef;
  summary: string;
  changes: readonly ConfigChange[];
  nowMs: number;
};

/**
 * Writes `after` over `before`. null when the version is no longer `before`'s: somebody else was first and nothing was
 * written. Rows that did not change keep their version.
 */
export async function saveConfig(
  tx: Transaction,
  before: MonitorConfig,
  after: MonitorConfig,
  revision: NewConfigRevision,
): Promise<MonitorConfig | null> {
  const version = before.version + 1;
  const updatedAtMs = Math.max(revision.nowMs, before.updatedAtMs + 1);
  const updatedAt = new Date(updatedAtMs);
  const moved = await tx.monitorSettings.updateMany({
    where: { id: 1, version: BigInt(before.version) },
    data: { ...settingsColumns(after), version: BigInt(version), updatedAt },
  });
  if (moved.count === 0) return null;

  await saveDestinations(tx, before, after, updatedAt);
  await saveRoutes(tx, before, after, updatedAt);
  await saveProjects(tx, before, after, updatedAt);
  await saveLogSources(tx, before, after, updatedAt);

  const saved = { ...after, version, updatedAtMs };
  await tx.configRevision.create({
    data: {
      id: revision.id,
      version: BigInt(version),
      actor: revision.actor,
      summary: revision.summary,
      changes: json(revision.changes),
      config: json(saved),
      createdAt: updatedAt,
    },
  });
  await announceChange(tx, { topic: "config", id: String(version) });
  return saved;
}

async function saveDestinations(
  tx: Transaction,
  before: MonitorConfig,
  after: MonitorConfig,
  updatedAt: Date,
) {
  await saveRows(destinationRows(before), destinationRows(after), {
    remove: (ids) => tx.destination.deleteMany({ where: { id: { in: ids } } }),
    put: ({ key: id, position, spec }) => {
      const { name, kind, enabled, requireApproval } = spec;
      const columns = { name, kind, enabled, requireApproval, position, spec: json(spec), updatedAt };
      return tx.destination.upsert({ where: { id }, create: { id, ...columns }, update: next(columns) });
    },
    move: ({ key: id, position }) => tx.destination.update({ where: { id }, data: { position } }),
  });
}

async function saveRoutes(tx: Transaction, before: MonitorConfig, after: MonitorConfig, updatedAt: Date) {
  await saveRows(routeRows(before), routeRows(after), {
    remove: (ids) => tx.route.deleteMany({ where: { id: { in: ids } } }),
    put: ({ key: id, position, spec }) => {
      const { name, enabled, priority } = spec;
      const columns = { name, enabled, priority, position, spec: json(spec), updatedAt };
      return tx.route.upsert({ where: { id }, create: { id, ...columns }, update: next(columns) });
    },
    move: ({ key: id, position }) => tx.route.update({ where: { id }, data: { position } }),
  });
}

async function saveProjects(tx: Transaction, before: MonitorConfig, after: MonitorConfig, updatedAt: Date) {
  await saveRows(projectRows(before), projectRows(after), {
    remove: (ids) => tx.monitoredProject.deleteMany({ where: { id: { in: ids } } }),
    put: ({ key: id, position, spec }) => {
      const { name, enabled, paused } = spec;
      const columns = { name, enabled, paused, position, spec: json(spec), updatedAt };
      return tx.monitoredProject.upsert({ where: { id }, create: { id, ...columns }, update: next(columns) });
    },
    move: ({ key: id, position }) => tx.monitoredProject.update({ where: { id }, data: { position } }),
  });
}

/** After the projects: a source belongs to one, and goes with it. */
async function saveLogSources(tx: Transaction, before: MonitorConfig, after: MonitorConfig, updatedAt: Date) {
  await saveRows(logSourceRows(before), logSourceRows(after), {
    remove: (_, rows) => tx.logSource.deleteMany({ where: { OR: rows.map((row) => row.identity) } }),
    put: ({ identity, position, spec }) => {
      const { enabled, paused } = spec;
      const columns = { enabled, paused, position, spec: json(spec), updatedAt };
      return tx.logSource.upsert({
        where: { projectId_sourceId: identity },
        create: { ...identity, ...columns },
        update: next(columns),
      });
    },
    move: ({ identity, position }) =>
      tx.logSource.update({ where: { projectId_sourceId: identity }, data: { position } }),
  });
}

const next = <Columns extends object>(columns: Columns) => ({ ...columns, version: { increment: 1 } });

type RowWrites<Row> = {
  remove: (keys: string[], rows: Row[]) => Promise<unknown>;
  put: (row: Row) => Promise<unknown>;
  move: (row: Row) => Promise<unknown>;
};

/** Writes what differs, and that alone: a row that only moved in its list keeps its version. */
async function saveRows<Row extends ListRow>(
  before: Row[],
  after: Row[],
  write: RowWrites<Row>,
): Promise<void> {
  const stored = new Map(before.map((row) => [row.key, row]));
  const kept = new Set(after.map((row) => row.key));
  const gone = before.filter((row) => !kept.has(row.key));
  if (gone.length > 0) {
    await write.remove(
      gone.map((row) => row.key),
      gone,
    );
  }
  for (const row of after) {
    const old = stored.get(row.key);
    if (!old || canonicalJson(old.spec) !== canonicalJson(row.spec)) await write.put(row);
    else if (old.position !== row.position) await write.move(row);
  }
}

function onlyRow(rows: ConfigRow[]): ConfigRow {
  const [row] = rows;
  if (!row) throw new Error("monitor_settings has no row: the migrations have not run on this database");
  return row;
}

function freeze<T>(value: T): T {
  if (value && typeof value === "object") {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}
