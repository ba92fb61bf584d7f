import { encode } from "next-auth/jwt";
import { afterAll, beforeAll } from "vitest";
import { hashPassword } from "@/lib/auth/password";
import type { Process } from "@/lib/auth/process";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { insertSession } from "@/lib/db/session-store";
import { insertToken, type NewApiToken } from "@/lib/db/token-store";
import { inTransaction } from "@/lib/db/transaction";
import { insertUser } from "@/lib/db/user-store";
import { keyedHash } from "@/lib/digest";
import type { Role } from "@/lib/domain/actor";
import { newId, newRawToken } from "@/lib/ids";
import { testServices } from "./context";
import { createTestDatabase, type TestDatabase } from "./database";

export const testPassword = "correct horse battery";

/** A database for the file with the process that auth asks, and makers of who may come in. */
export function authDatabase() {
  let testDatabase: TestDatabase;
  let db: Database;
  let passwordHash: string;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    db = openDatabase(testDatabase.url, 6);
    passwordHash = await hashPassword(testPassword);
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

    async makeToken(fields: Partial<NewApiToken> & { disabledAt?: Date } = {}): Promise<string> {
      const raw = newRawToken();
      const { disabledAt, ...given } = fields;
      const tokenId = newId.token();
      const token: NewApiToken = {
        ...{ tokenId, name: "ci", kind: "admin", prefix: raw.slice(0, 14), createdAtMs: Date.now() },
        createdBy: { kind: "system", id: "test", name: "test" },
        tokenHash: keyedHash(process().services.pepper, raw),
        ...given,
      };
      await inTransaction(db, (tx) => insertToken(tx, token));
      if (disabledAt) await db.prisma.apiToken.update({ where: { id: token.tokenId }, data: { disabledAt } });
      return raw;
    },

    async makeUser(fields: { email?: string; role?: Role | null; disabledAt?: Date } = {}): Promise<string> {
      const userId = newId.user();
      const { email = `${userId}@example.test`, role = "approver", disabledAt } = fields;
      const user = { userId, email, name: "Ada", role, passwordHash, createdAtMs: Date.now() };
      await inTransaction(db, (tx) => insertUser(tx, user));
      if (disabledAt) await db.prisma.user.update({ where: { id: userId }, data: { disabledAt } });
      return userId;
    },

    /** The row and the cookie a browser would hold. */
    async openSession(
      userId: string,
      lifetimeMs = 3_600_000,
    ): Promise<{ sessionId: string; cookie: string }> {
      const sessionId = newId.session();
      const createdAtMs = Date.now();
      const session = {
        sessionId,
        userId,
        userAgent: null,
        createdAtMs,
        expiresAtMs: createdAtMs + lifetimeMs,
      };
      await inTransaction(db, (tx) => insertSession(tx, session));
      const jwt = await encode({ token: { sid: sessionId }, secret: process().authSecret });
      return { sessionId, cookie: `next-auth.session-token=${jwt}` };
    },

    auditEntries: (where: Prisma.AuditEntryWhereInput) =>
      db.prisma.auditEntry.findMany({ where, orderBy: { at: "asc" } }),
  };
}
