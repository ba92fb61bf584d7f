import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BootstrapOptions, bootstrap, readEnv } from "./bootstrap";
import { hashPassword, verifyPassword } from "./credentials/password";
import { type Database, openDatabase } from "./db/client";
import { loadConfig } from "./db/config-store";
import { insertToken } from "./db/token-store";
import { inTransaction } from "./db/transaction";
import { insertUser } from "./db/user-store";
import { keyedHash } from "./digest";
import { createTestDatabase, type TestDatabase } from "./testing/database";

const pepper = "a pepper of this test, long enough to be one".replaceAll(" ", "-");
let testDatabase: TestDatabase;
let db: Database;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url, 3);
});
afterEach(async () => {
  await db.close();
  await testDatabase.drop();
});

function options(
  fields: Partial<BootstrapOptions> = {},
  source: Record<string, string> = {},
): BootstrapOptions {
  return {
    databaseUrl: testDatabase.url,
    token: "tim_token_0123456789",
    adminEmail: "Admin@Example.test",
    adminPassword: "first password",
    env: readEnv({ INCIDENT_MONITOR_KEY_PEPPER: pepper, ...source }),
    ...fields,
  };
}

const entries = () =>
  db.prisma.auditEntry.findMany({
    where: { action: "incident_monitor.bootstrap.completed" },
    orderBy: { at: "asc" },
  });

describe("a first start", () => {
  it("makes an admin, the token and a configuration that works without any setting", async () => {
    expect(await bootstrap(options())).toEqual({ createdAdmin: true });

    const [user] = await db.prisma.user.findMany();
    expect(user).toMatchObject({ email: "admin@example.test", role: "admin" });
    expect(await verifyPassword("first password", user?.passwordHash ?? null)).toMatchObject({
      matches: true,
    });
    expect(await db.prisma.apiToken.findMany()).toMatchObject([
      {
        kind: "admin",
        bootstrap: true,
        prefix: "tim_token_0123",
        tokenHash: keyedHash(pepper, "tim_token_0123456789"),
      },
    ]);
    expect(await loadConfig(db)).toMatchObject({
      enabled: true,
      paused: false,
      defaultDestinationIds: ["local-telemetry"],
      destinations: [
        {
          destinationId: "local-telemetry",
          name: "Local telemetry",
          kind: "telemetry",
          enabled: true,
          requireApproval: false,
        },
      ],
    });
    expect(await entries()).toMatchObject([
      {
        actorKey: "system:bootstrap",
        detail: { token: "created", seeded_config: true, admin_user_id: user?.id },
      },
    ]);
  });

  it("takes the first-boot values of the host", async () => {
    const source = {
      TANDEM_INCIDENT_MONITOR_ENABLED: "false",
      TANDEM_INCIDENT_MONITOR_REPO: "acme/shop",
      TANDEM_INCIDENT_MONITOR_TRIAGE_TIMEOUT_MS: "none",
      TANDEM_INCIDENT_MONITOR_PROVIDER_ID: "provider",
      TANDEM_INCIDENT_MONITOR_MODEL_ID: "model",
      TANDEM_INCIDENT_MONITOR_REQUIRE_APPROVAL_FOR_NEW_ISSUES: "1",
    };
    await bootstrap(options({}, source));
    expect(await loadConfig(db)).toMatchObject({
      enabled: false,
      repo: "acme/shop",
      triageTimeoutMs: null,
      modelPolicy: { default_model: { provider_id: "provider", model_id: "model" } },
      requireApprovalForNewIssues: true,
      destinations: [{ destinationId: "local-telemetry" }],
    });
  });

  it("says what is wrong with a first-boot value, leaves nothing behind and works once it is corrected", async () => {
    const half = options({}, { TANDEM_INCIDENT_MONITOR_PROVIDER_ID: "provider" });
    await expect(bootstrap(half)).rejects.toThrow(/TANDEM_INCIDENT_MONITOR_\*.*model_id.*Correct or unset/);
    expect(await db.prisma.user.count()).toBe(0);
    expect(await db.prisma.apiToken.count()).toBe(0);
    expect(await bootstrap(options())).toEqual({ createdAdmin: true });
  });

  it("happens once when processes start together", async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => bootstrap(options())));
    expect(outcomes.filter(({ createdAdmin }) => createdAdmin)).toHaveLength(1);
    expect(await db.prisma.user.count()).toBe(1);
    expect(await db.prisma.apiToken.count()).toBe(1);
    expect(await db.prisma.configRevision.count()).toBe(1);
    expect(await entries()).toHaveLength(1);
  });
});

describe("a later start", () => {
  it("changes nothing and writes nothing", async () => {
    await bootstrap(options());
    const before = await loadConfig(db);
    expect(await bootstrap(options({ adminPassword: "another password" }))).toEqual({ createdAdmin: false });
    expect((await loadConfig(db)).version).toBe(before.version);
    const [user] = await db.prisma.user.findMany();
    expect(await verifyPassword("first password", user?.passwordHash ?? null)).toMatchObject({
      matches: true,
    });
    expect(await entries()).toHaveLength(1);
  });

  it("does not bring back what a person removed", async () => {
    await bootstrap(options());
    await db.prisma.destination.deleteMany();
    await db.pool.query("UPDATE monitor_settings SET version = version + 1");
    await bootstrap(options({}, { TANDEM_INCIDENT_MONITOR_REPO: "acme/shop" }));
    expect(await db.prisma.destination.count()).toBe(0);
    expect(await loadConfig(db)).not.toHaveProperty("repo", "acme/shop");
  });

  it("replaces the token by one that was given", async () => {
    await bootstrap(options());
    await bootstrap(options({ token: "chosen-by-the-host" }));
    expect(await db.prisma.apiToken.findMany()).toMatchObject([
      { prefix: "given", tokenHash: keyedHash(pepper, "chosen-by-the-host") },
    ]);
    expect(await entries()).toMatchObject([{}, { detail: { token: "replaced", admin_user_id: null } }]);
  });

  it("leaves a token alone that somebody disabled", async () => {
    await bootstrap(options());
    await db.prisma.apiToken.updateMany({ data: { disabledAt: new Date() } });
    await bootstrap(options());
    expect((await db.prisma.apiToken.findFirstOrThrow()).disabledAt).not.toBeNull();
  });

  it("refuses a token that is another's already", async () => {
    await inTransaction(db, (tx) =>
      insertToken(tx, {
        ...{ tokenId: "token-agent", name: "coder", kind: "agent", prefix: "given", createdAtMs: Date.now() },
        tokenHash: keyedHash(pepper, "an-agents-token"),
        createdBy: { kind: "system", id: "test", name: "test" },
      }),
    );
    await expect(bootstrap(options({ token: "an-agents-token" }))).rejects.toThrow(/already in use/);
  });

  it("makes no admin where people are", async () => {
    const passwordHash = await hashPassword("hers alone");
    const person = { userId: "user-1", email: "ada@example.test", name: "Ada", role: null };
    await inTransaction(db, (tx) => insertUser(tx, { ...person, passwordHash, createdAtMs: Date.now() }));
    expect(await bootstrap(options())).toEqual({ createdAdmin: false });
    expect(await db.prisma.user.count()).toBe(1);
  });
});
