import type { ActorRef } from "@/lib/domain/actor";
import {
  type PackOrigin,
  type Scenario,
  type ScenarioCounts,
  type ScenarioResult,
  type ScenarioRun,
  type StoredPack,
  scenarioRunsKept,
} from "@/lib/domain/scenario";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { type Transaction, takeTurn } from "./transaction";

const jsonOf = (value: unknown) => value as Prisma.InputJsonValue;
const ofProjects = (projects: readonly string[] | null) =>
  projects === null ? {} : { projectId: { in: [...projects] } };

/** Packs that somebody wrote, by id; those of these projects alone unless null. */
export async function listStoredPacks(
  db: Database,
  projects: readonly string[] | null,
): Promise<StoredPack[]> {
  const rows = await db.prisma.scenarioPack.findMany({
    where: ofProjects(projects),
    orderBy: { id: "asc" },
  });
  return rows.map(packFromRow);
}

export async function findStoredPack(db: Database | Transaction, packId: string): Promise<StoredPack | null> {
  const client = "prisma" in db ? db.prisma : db;
  const row = await client.scenarioPack.findUnique({ where: { id: packId } });
  return row && packFromRow(row);
}

/** How many there are; nobody else adds one before this transaction ends. */
export async function countStoredPacks(tx: Transaction): Promise<number> {
  await takeTurn(tx, "scenario-packs");
  return tx.scenarioPack.count();
}

/** @throws a unique violation where the id is taken. */
export async function insertStoredPack(tx: Transaction, pack: StoredPack): Promise<void> {
  const at = new Date(pack.updatedAtMs);
  await tx.scenarioPack.create({ data: { id: pack.packId, createdAt: at, ...columns(pack) } });
}

/** Over exactly the revision that was read. false: somebody was first. */
export async function moveStoredPack(tx: Transaction, pack: StoredPack, from: number): Promise<boolean> {
  const moved = await tx.scenarioPack.updateMany({
    where: { id: pack.packId, revision: from },
    data: columns(pack),
  });
  return moved.count === 1;
}

/** false when it is gone already. */
export async function removeStoredPack(tx: Transaction, packId: string): Promise<boolean> {
  return (await tx.scenarioPack.deleteMany({ where: { id: packId } })).count === 1;
}

const columns = (pack: StoredPack) => ({
  version: pack.version,
  description: pack.description,
  projectId: pack.projectId,
  scenarios: jsonOf(pack.scenarios),
  revision: pack.revision,
  updatedBy: jsonOf(pack.updatedBy),
  updatedAt: new Date(pack.updatedAtMs),
});

/** Keeps a run as evidence, and of older ones as many as are kept at all. */
export async function insertScenarioRun(tx: Transaction, run: ScenarioRun): Promise<void> {
  await tx.scenarioRun.create({
    data: {
      id: run.runId,
      packId: run.packId,
      packVersion: run.packVersion,
      packDescription: run.packDescription,
      origin: run.origin,
      projectId: run.projectId,
      actor: jsonOf(run.actor),
      configVersion: BigInt(run.configVersion),
      startedAt: new Date(run.startedAtMs),
      durationMs: run.durationMs,
      counts: jsonOf(run.counts),
      results: jsonOf(run.results),
    },
  });
  await tx.$executeRaw`
    DELETE FROM scenario_runs WHERE id IN (
      SELECT id FROM scenario_runs ORDER BY started_at DESC, id OFFSET ${scenarioRunsKept})`;
}

/** The newest first, without what each scenario showed. */
export async function listScenarioRunRecords(
  db: Database,
  projects: readonly string[] | null,
  limit: number,
): Promise<Array<Omit<ScenarioRun, "results">>> {
  const rows = await db.prisma.scenarioRun.findMany({
    where: ofProjects(projects),
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
    omit: { results: true },
    take: limit,
  });
  return rows.map(runFacts);
}

export async function findScenarioRun(db: Database, runId: string): Promise<ScenarioRun | null> {
  const row = await db.prisma.scenarioRun.findUnique({ where: { id: runId } });
  return row && { ...runFacts(row), results: row.results as unknown as ScenarioResult[] };
}

/** The newest run of a whole pack that is kept; a run of some of it stands in for none. */
export async function findNewestRun(
  db: Database,
  packId: string,
  scenarioCount: number,
): Promise<ScenarioRun | null> {
  const row = await db.prisma.scenarioRun.findFirst({
    where: { packId, origin: "builtin", counts: { path: ["total"], equals: scenarioCount } },
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
  });
  return row && { ...runFacts(row), results: row.results as unknown as ScenarioResult[] };
}

/** A scenario of the deployment's own packs whose newest result is no pass. */
export type ScenarioFailure = {
  packId: string;
  runId: string;
  ranAtMs: number;
  projectId: string | null;
  result: ScenarioResult;
};

/**
 * What the newest run of each scenario left unproved: failed, or blocked. Of the built-in pack and of stored ones that are
 * still there: what somebody only sent along with a run says nothing here.
 */
export async function listLatestScenarioFailures(
  db: Database,
  projects: readonly string[] | null,
): Promise<ScenarioFailure[]> {
  const { rows } = await db.pool.query(
    `SELECT pack_id, run_id, ran_at, project_id, result FROM (
       SELECT DISTINCT ON (r.pack_id, s.result->>'scenarioId') r.pack_id, r.id AS run_id, r.started_at AS ran_at,
         r.project_id, s.result
       FROM scenario_runs r CROSS JOIN LATERAL jsonb_array_elements(r.results) AS s(result)
       WHERE ($1::text[] IS NULL OR r.project_id = ANY($1)) AND (r.origin = 'builtin'
         OR (r.origin = 'stored' AND EXISTS (SELECT 1 FROM scenario_packs p WHERE p.id = r.pack_id
           AND p.scenarios @> jsonb_build_array(jsonb_build_object('scenarioId', s.result->>'scenarioId')))))
       ORDER BY r.pack_id, s.result->>'scenarioId', r.started_at DESC, r.id) newest
     WHERE result->>'status' <> 'pass' ORDER BY ran_at DESC, pack_id, result->>'scenarioId'`,
    [projects],
  );
  return rows.map((row) => ({
    packId: String(row.pack_id),
    runId: String(row.run_id),
    ranAtMs: new Date(row.ran_at).getTime(),
    projectId: row.project_id === null ? null : String(row.project_id),
    result: row.result as ScenarioResult,
  }));
}

type PackRow = Prisma.ScenarioPackGetPayload<object>;
type RunRow = Omit<Prisma.ScenarioRunGetPayload<object>, "results">;

function packFromRow(row: PackRow): StoredPack {
  return {
    packId: row.id,
    version: row.version,
    description: row.description,
    scenarios: row.scenarios as unknown as Scenario[],
    projectId: row.projectId,
    revision: row.revision,
    updatedBy: row.updatedBy as ActorRef,
    updatedAtMs: row.updatedAt.getTime(),
  };
}

function runFacts(row: RunRow): Omit<ScenarioRun, "results"> {
  return {
    runId: row.id,
    packId: row.packId,
    packVersion: row.packVersion,
    packDescription: row.packDescription,
    origin: row.origin as PackOrigin,
    projectId: row.projectId,
    actor: row.actor as ActorRef,
    configVersion: Number(row.configVersion),
    startedAtMs: row.startedAt.getTime(),
    durationMs: row.durationMs,
    counts: row.counts as ScenarioCounts,
  };
}
