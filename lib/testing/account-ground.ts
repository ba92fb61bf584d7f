import { clearCredentialCaches } from "@/lib/auth/credential-cache";
import { resolveSession } from "@/lib/auth/session-cookie";
import { sealSecret } from "@/lib/credentials/secret-box";
import { newTotpSecret } from "@/lib/credentials/totp";
import type { UserActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/pipeline/errors";
import type { authDatabase } from "./auth-database";
import { testContext } from "./context";

type Auth = ReturnType<typeof authDatabase>;

/** People who are signed in, as their next call would be seen, and what is refused them. */
export function accountGround(auth: Auth) {
  async function signedIn(fields: Parameters<Auth["makeUser"]>[0] = { role: "viewer" }) {
    const email = fields?.email ?? `ada-${crypto.randomUUID()}@example.test`;
    const userId = await auth.makeUser({ ...fields, email });
    const { sessionId } = await auth.openSession(userId);
    const actor = async () => (await resolveSession(auth.process(), sessionId)) as UserActor;
    const context = async (nowMs = Date.now()) => testContext(auth.db(), await actor(), { nowMs });
    /** As it is within ten minutes of a proof. */
    const stepped = async (nowMs = Date.now()) =>
      testContext(auth.db(), { ...(await actor()), stepUpAtMs: nowMs }, { nowMs });
    return { userId, email, sessionId, actor, context, stepped };
  }

  /** Switches codes on behind the product's back. Answers with the secret that the app would hold. */
  async function withTotp(userId: string): Promise<string> {
    const secret = newTotpSecret();
    const totpSecret = sealSecret(auth.process().services.pepper, userId, secret);
    const data = { totpSecret, totpEnabledAt: new Date() };
    await auth.db().prisma.user.update({ where: { id: userId }, data });
    return secret;
  }

  const inForce = async (sessionId: string) => {
    clearCredentialCaches();
    return (await resolveSession(auth.process(), sessionId)) !== null;
  };

  return {
    signedIn,
    withTotp,
    inForce,
    userRow: (id: string) => auth.db().prisma.user.findUniqueOrThrow({ where: { id } }),
  };
}

/** The refusal that a verb ended in; null when it did not. Anything else is a fault of the test. */
export const refusalOf = (promise: Promise<unknown>): Promise<AppError | null> =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error : Promise.reject(error)),
  );
