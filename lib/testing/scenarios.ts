import type { Database } from "@/lib/db/client";
import type { Scenario, ScenarioExpectation, ScenarioInput, ScenarioPack } from "@/lib/domain/scenario";

const lists = {
  routeTags: [],
  requestedDestinationIds: [],
  unreadyDestinationIds: [],
  foreignDestinationIds: [],
};

/** A scenario that cares about a few fields. */
export const aScenario = (
  input: Partial<ScenarioInput> = {},
  expect: ScenarioExpectation = {},
  fields: Partial<Scenario> = {},
): Scenario => ({
  ...{ scenarioId: "one", category: "own", description: "A scenario of a test." },
  ...{ input: { ...lists, riskLevel: "high", eventType: "test.scenario", ...input }, expect },
  ...fields,
});

export const aPack = (scenarios: Scenario[], fields: Partial<ScenarioPack> = {}): ScenarioPack => ({
  ...{ packId: "own-pack", version: "1", description: "A pack of a test.", scenarios },
  ...fields,
});

/**
 * Everything that the database holds: each table's rows as count and digest, and where each sequence stands. `but` names
 * tables that a test expects to change.
 */
export async function everyTrace(db: Database, but: readonly string[] = []): Promise<Record<string, string>> {
  const { rows: tables } = await db.pool.query(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  );
  const found: Record<string, string> = {};
  for (const { tablename } of tables) {
    if (but.includes(tablename)) continue;
    const { rows } = await db.pool.query(
      `SELECT count(*) || ' ' || COALESCE(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS trace
       FROM "${tablename}" t`,
    );
    found[tablename] = rows[0].trace;
  }
  const { rows: sequences } = await db.pool.query(
    "SELECT sequencename, COALESCE(last_value, 0) AS at FROM pg_sequences WHERE schemaname = 'public'",
  );
  for (const { sequencename, at } of sequences) found[`sequence ${sequencename}`] = String(at);
  return found;
}
