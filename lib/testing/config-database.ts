import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { configPatchSchema } from "@/lib/contracts/config";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import type { Context } from "@/lib/pipeline/context";
import { AppError } from "@/lib/pipeline/errors";
import { getConfig } from "@/lib/pipeline/settings/get-config";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { configPatchFromWire, configToWire } from "@/lib/wire/config";
import { actors, testContext } from "./context";
import { createTestDatabase, type TestDatabase } from "./database";

type PatchOptions = { actor?: Actor; ifMatch?: string; dryRun?: boolean };

/** A database for the file, its configuration as after the migrations before each test. */
export function configDatabase() {
  let testDatabase: TestDatabase;
  let db: Database;
  // The audit log cannot be emptied, so each test reads what carries its own request id.
  let requestId = "";

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    db = openDatabase(testDatabase.url, 6);
  });
  afterAll(async () => {
    await db?.close();
    await testDatabase?.drop();
  });
  beforeEach(async () => {
    requestId = newId.request();
    await db.pool.query(
      "TRUNCATE destinations, routes, monitored_projects, log_sources, config_revisions, intake_keys",
    );
    await db.pool.query("DELETE FROM monitor_settings");
    await db.pool.query(
      "INSERT INTO monitor_settings (id, version) VALUES (1, 1000 + (random() * 1e9)::bigint)",
    );
  });

  // A millisecond a call, so that what was recorded can be put in order.
  let nowMs = Date.UTC(2026, 5, 29, 12);
  const context = (actor: Actor = actors.admin(), fields: Partial<Context> = {}) =>
    testContext(db, actor, { requestId, nowMs: nowMs++, ...fields });

  return {
    db: () => db,
    url: () => testDatabase.url,
    requestId: () => requestId,
    context,
    read: async () => configToWire(await getConfig(context())),
    /** As the API does it: schema, then mapping, then the verb. */
    patch: async (body: unknown, { actor, ...options }: PatchOptions = {}) => {
      const wire = configPatchSchema.parse(body);
      const outcome = await patchConfig(context(actor), {
        patch: configPatchFromWire(wire),
        expectedUpdatedAtMs: wire.updated_at_ms,
        ...options,
      });
      return { ...outcome, wire: configToWire(outcome.config) };
    },
    auditEntries: () => db.prisma.auditEntry.findMany({ where: { requestId }, orderBy: { at: "asc" } }),
  };
}

/** The AppError that work ends with. */
export async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}
