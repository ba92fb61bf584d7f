import { encode } from "next-auth/jwt";
import type { Process } from "@/lib/auth/process";
import { hashPassword } from "@/lib/credentials/password";
import { insertSession } from "@/lib/db/session-store";
import { insertToken, type NewApiToken } from "@/lib/db/token-store";
import { inTransaction } from "@/lib/db/transaction";
import { insertUser } from "@/lib/db/user-store";
import { keyedHash } from "@/lib/digest";
import type { Role } from "@/lib/domain/actor";
import { newId, newRawToken } from "@/lib/ids";

export const testPassword = "correct horse battery";

type TokenFields = Partial<NewApiToken> & { disabledAt?: Date };
type UserFields = {
  email?: string;
  role?: Role | null;
  projectRoles?: Record<string, Role>;
  disabledAt?: Date;
};

/** Makers of who may come in, for the process that auth asks. */
export function credentialsOf(process: () => Process) {
  let passwordHash: Promise<string> | undefined;

  return {
    async makeToken(fields: TokenFields = {}): Promise<string> {
      const { db, services } = process();
      const raw = newRawToken();
      const { disabledAt, ...given } = fields;
      const tokenId = newId.token();
      const token: NewApiToken = {
        ...{ tokenId, name: "ci", kind: "admin", prefix: raw.slice(0, 14), createdAtMs: Date.now() },
        createdBy: { kind: "system", id: "test", name: "test" },
        tokenHash: keyedHash(services.pepper, raw),
        ...given,
      };
      await inTransaction(db, (tx) => insertToken(tx, token));
      if (disabledAt) await db.prisma.apiToken.update({ where: { id: token.tokenId }, data: { disabledAt } });
      return raw;
    },

    async makeUser(fields: UserFields = {}): Promise<string> {
      const { db } = process();
      const userId = newId.user();
      const { email = `${userId}@example.test`, role = "approver", projectRoles = {}, disabledAt } = fields;
      passwordHash ??= hashPassword(testPassword);
      const hash = await passwordHash;
      const user = { userId, email, name: "Ada", role, passwordHash: hash, createdAtMs: Date.now() };
      await inTransaction(db, (tx) => insertUser(tx, user));
      const rows = Object.entries(projectRoles).map(([projectId, each]) => ({
        userId,
        projectId,
        role: each,
      }));
      await db.prisma.userProjectRole.createMany({ data: rows });
      if (disabledAt) await db.prisma.user.update({ where: { id: userId }, data: { disabledAt } });
      return userId;
    },

    /** The row and the cookie a browser would hold. */
    async openSession(
      userId: string,
      lifetimeMs = 3_600_000,
    ): Promise<{ sessionId: string; cookie: string }> {
      const { db, authSecret } = process();
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
      const jwt = await encode({ token: { sid: sessionId }, secret: authSecret });
      return { sessionId, cookie: `next-auth.session-token=${jwt}` };
    },
  };
}
