import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { insertIntakeKey, type NewIntakeKey } from "@/lib/db/intake-key-store";
import { inTransaction } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import { reportScope } from "@/lib/domain/intake-key";
import { newRawIntakeKey } from "@/lib/ids";
import { authDatabase } from "@/lib/testing/auth-database";
import { clearCredentialCaches, resolveIntakeKey } from "./intake-key";

const auth = authDatabase();

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

async function makeKey(fields: Partial<NewIntakeKey> = {}) {
  const raw = newRawIntakeKey();
  const key = await inTransaction(auth.db(), (tx) =>
    insertIntakeKey(tx, {
      ...{ keyId: `key-${randomUUID()}`, projectId: "shop", name: "checkout", prefix: raw.slice(0, 18) },
      ...{ scopes: [reportScope], sourceIds: [], ratePerSecond: 50, burst: 100, expiresAtMs: null },
      keyHash: keyedHash(auth.process().services.pepper, raw),
      createdBy: { kind: "system", id: "test", name: "test" },
      createdAtMs: Date.now(),
      ...fields,
    }),
  );
  return { raw, keyId: key.keyId };
}

const resolve = (raw: string, projectId = "shop", sourceId: string | null = null) =>
  resolveIntakeKey(auth.process(), raw, { projectId, sourceId, requestId: "req-1" });

it("lets a key report for its project, and records its use", async () => {
  const { raw, keyId } = await makeKey({ sourceIds: ["api"] });
  expect(await resolve(raw, "shop", "api")).toMatchObject({
    ok: true,
    actor: { kind: "intakeKey", keyId, name: "checkout", projectId: "shop", sourceIds: ["api"] },
    key: { ratePerSecond: 50, burst: 100 },
  });
  const row = await auth.db().prisma.intakeKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(row.lastUsedAt?.getTime()).toBe(Date.now());
});

it.each([
  ["key_other_project", {}, "billing", null],
  ["key_other_source", { sourceIds: ["api"] }, "shop", "web"],
  ["key_expired", { expiresAtMs: Date.now() - 60_000 }, "shop", null],
  ["key_scope_missing", { scopes: ["other"] }, "shop", null],
] as const)("refuses with %s, counts it and tells the audit", async (code, fields, project, source) => {
  const { raw, keyId } = await makeKey({ ...fields } as Partial<NewIntakeKey>);
  expect(await resolve(raw, project, source)).toMatchObject({ ok: false, reason: { code } });
  const row = await auth.db().prisma.intakeKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(row).toMatchObject({ rejectedCount: 1, lastUsedAt: null });
  expect(await auth.auditEntries({ subjectId: keyId })).toMatchObject([
    {
      action: "incident_monitor.intake_key.rejected",
      outcome: "denied",
      actorKey: `intakeKey:${keyId}`,
      requestId: "req-1",
      detail: { reason: code },
    },
  ]);
});

it("tells the audit once a minute for a key and reason, however often it is refused", async () => {
  const { raw, keyId } = await makeKey({ sourceIds: ["api"] });
  for (let i = 0; i < 20; i++) await resolve(raw, "billing");
  expect(await auth.auditEntries({ subjectId: keyId })).toHaveLength(1);
  await resolve(raw, "shop", "web");
  expect(await auth.auditEntries({ subjectId: keyId })).toHaveLength(2);
  vi.setSystemTime(Date.now() + 60_000);
  await resolve(raw, "billing");
  expect(await auth.auditEntries({ subjectId: keyId })).toHaveLength(3);
  const row = await auth.db().prisma.intakeKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(row.rejectedCount).toBe(22);
});

it("does not know a key that is not there, and writes nothing about it", async () => {
  for (const raw of [newRawIntakeKey(), await auth.makeToken(), "x".repeat(10_000)]) {
    expect(await resolve(raw)).toMatchObject({ ok: false, reason: { code: "key_unknown" } });
  }
  expect(await auth.auditEntries({ subjectId: "key_unknown" })).toEqual([]);
});

it("stops a key that was disabled within two seconds, or at once when it is heard", async () => {
  const [one, other] = [await makeKey(), await makeKey()];
  for (const { raw } of [one, other]) expect(await resolve(raw)).toMatchObject({ ok: true });
  await auth.db().prisma.intakeKey.updateMany({ data: { enabled: false } });
  expect(await resolve(one.raw)).toMatchObject({ ok: true });
  clearCredentialCaches();
  expect(await resolve(one.raw)).toMatchObject({ ok: false, reason: { code: "key_disabled" } });
  await auth.db().prisma.intakeKey.updateMany({ data: { enabled: true } });
  vi.setSystemTime(Date.now() + 2_000);
  expect(await resolve(one.raw)).toMatchObject({ ok: true });
});
