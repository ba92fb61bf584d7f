import { afterAll, beforeAll } from "vitest";
import type { Process } from "@/lib/auth/process";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { testServices } from "./context";
import { credentialsOf } from "./credentials";
import { createTestDatabase, type TestDatabase } from "./database";

export { testPassword } from "./credentials";

/** A database for the file with the process that auth asks, and makers of who may come in. */
export function authDatabase() {
  let testDatabase: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    db = openDatabase(testDatabase.url, 6);
  });
  afterAll(async () => {
    await db?.close();
    await testDatabase?.drop();
  });

  const process = (): Process => ({
    db,
    services: testServices(),
    authSecret: "a secret of this test that is long enough",
    publicUrl: "http://localhost:39731",
  });

  return {
    db: () => db,
    url: () => testDatabase.url,
    process,

    ...credentialsOf(process),

    auditEntries: (where: Prisma.AuditEntryWhereInput) =>
      db.prisma.auditEntry.findMany({ where, orderBy: { at: "asc" } }),
  };
}
