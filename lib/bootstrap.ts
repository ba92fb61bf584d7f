import { hashPassword } from "./credentials/password";
import { insertAuditEntries } from "./db/audit-store";
import { isUntouched, withBootstrapLock } from "./db/bootstrap-store";
import { openDatabase } from "./db/client";
import { putBootstrapToken } from "./db/token-store";
import { inTransaction, isUniqueViolation } from "./db/transaction";
import { hasUsers, insertUser } from "./db/user-store";
import { keyedHash } from "./digest";
import { actorRef, type SystemActor } from "./domain/actor";
import type { ConfigPatch } from "./domain/config-merge";
import { type Env, readEnv } from "./env";
import { newId } from "./ids";
import type { Context } from "./pipeline/context";
import { AppError } from "./pipeline/errors";
import { patchConfig } from "./pipeline/settings/patch-config";
import { buildServices } from "./services";

export { readEnv };

export type BootstrapOptions = {
  databaseUrl: string;
  token: string;
  adminEmail: string;
  adminPassword: string;
  env: Env;
};

const bootstrapActor: SystemActor = { kind: "system", name: "bootstrap" };
const localTelemetryId = "local-telemetry";

/**
 * What a database needs before anybody can use it: a configuration that works, an admin, the host's own token. Runs at
 * every start and changes only what is missing.
 *
 * @throws Error that says what to correct: a first-boot value that is not valid, a token that is another's.
 */
export async function bootstrap(options: BootstrapOptions): Promise<{ createdAdmin: boolean }> {
  const services = buildServices(options.env);
  const db = openDatabase(options.databaseUrl, 3);
  try {
    return await withBootstrapLock(db, async () => {
      const ctx = { actor: bootstrapActor, db, nowMs: Date.now(), requestId: null, services };
      const seededConfig = await seedConfig(ctx, options.env.firstBoot);
      return await createAccess(ctx, options, seededConfig);
    });
  } finally {
    await services.fetch.close();
    await db.close();
  }
}

/** Only where nobody has written one, so that what a person removed stays removed. */
async function seedConfig(ctx: Context, firstBoot: Env["firstBoot"]): Promise<boolean> {
  if (!(await isUntouched(ctx.db))) return false;
  try {
    await patchConfig(ctx, { patch: firstConfig(firstBoot) });
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== "invalid") throw error;
    const detail = String(error.context.detail ?? error.message);
    throw new Error(
      `TANDEM_INCIDENT_MONITOR_* settings of this first start: ${detail}. Correct or unset them.`,
    );
  }
}

/** A start that works without any setting (D-30): on, and everything kept in a local record. */
export function firstConfig(firstBoot: Env["firstBoot"]): ConfigPatch {
  const { providerId, modelId, providerPreference, ...settings } = firstBoot;
  return {
    enabled: true,
    ...settings,
    ...(providerPreference && {
      providerPreference: providerPreference as ConfigPatch["providerPreference"],
    }),
    ...((providerId || modelId) && {
      modelPolicy: { default_model: { provider_id: providerId ?? "", model_id: modelId ?? "" } },
    }),
    destinations: [{ destinationId: localTelemetryId, name: "Local telemetry", kind: "telemetry" }],
    defaultDestinationIds: [localTelemetryId],
  };
}

async function createAccess(
  ctx: Context,
  options: BootstrapOptions,
  seededConfig: boolean,
): Promise<{ createdAdmin: boolean }> {
  const passwordHash = (await hasUsers(ctx.db)) ? null : await hashPassword(options.adminPassword);
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const createdAdmin = passwordHash !== null && !(await hasUsers(tx));
      const userId = newId.user();
      const createdAtMs = ctx.nowMs;
      if (createdAdmin) {
        const admin = {
          userId,
          email: options.adminEmail,
          name: "Admin",
          role: "admin",
          createdAtMs,
        } as const;
        await insertUser(tx, { ...admin, passwordHash });
      }
      const token = await putBootstrapToken(tx, {
        tokenId: newId.token(),
        name: "Bootstrap token",
        prefix: tokenPrefix(options.token),
        tokenHash: keyedHash(ctx.services.pepper, options.token),
        createdBy: actorRef(bootstrapActor),
        createdAtMs,
      });
      if (createdAdmin || seededConfig || token !== "kept") {
        const detail = { admin_user_id: createdAdmin ? userId : null, token, seeded_config: seededConfig };
        await insertAuditEntries(tx, [
          {
            ...{
              id: newId.audit(),
              at: new Date(ctx.nowMs),
              actor: actorRef(bootstrapActor),
              requestId: null,
            },
            action: "incident_monitor.bootstrap.completed",
            outcome: "done",
            subject: { kind: "installation", id: "incident_monitor" },
            detail,
          },
        ]);
      }
      return { createdAdmin };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Error(
      "INCIDENT_MONITOR_TOKEN is already in use as another token of this database; give another one.",
    );
  }
}

/** Enough to tell tokens apart. Of one that a person chose, which may be short, nothing is shown. */
function tokenPrefix(token: string): string {
  return token.startsWith("tim_token_") ? token.slice(0, 14) : "given";
}
