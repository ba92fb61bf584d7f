import { expect, it } from "vitest";
import { rotateIntakeKeyResponseSchema } from "@/lib/contracts/intake-key";
import { findIntakeKey, findIntakeKeyByHash } from "@/lib/db/intake-key-store";
import { keyedHash } from "@/lib/digest";
import { refuseKeyUse } from "@/lib/domain/intake-key";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { rotatedIntakeKeyToWire } from "@/lib/wire/intake-key";
import { createIntakeKey } from "./create-intake-key";
import { disableIntakeKey } from "./disable-intake-key";
import { listIntakeKeys } from "./list-intake-keys";
import { rotateIntakeKey } from "./rotate-intake-key";

const { context, patch, auditEntries, db } = configDatabase();
const dayMs = 86_400_000;

async function madeKey(fields: Partial<Parameters<typeof createIntakeKey>[1]> = {}) {
  const shop = { project_id: "shop", name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos" };
  await patch({ monitored_projects: [{ ...shop, log_sources: [{ source_id: "api", path: "api.log" }] }] });
  return createIntakeKey(context(), { projectId: "shop", name: "CI", ...fields });
}

it("both keys report until the old one's end, the new one with the same scope", async () => {
  const old = await madeKey({ sourceIds: ["api"], ratePerSecond: 7, burst: 9, dailyQuota: 500 });
  const at = context();
  const rotated = await rotateIntakeKey(at, { keyId: old.key.keyId, overlapMs: dayMs });
  expect(rotated.key).toMatchObject({
    ...{ projectId: "shop", name: "CI", sourceIds: ["api"], ratePerSecond: 7, burst: 9, dailyQuota: 500 },
    ...{ enabled: true, expiresAtMs: null, rotatedFromId: old.key.keyId, lastUsedAtMs: null },
  });
  const stored = async (rawKey: string) =>
    (await findIntakeKeyByHash(db(), keyedHash("test-pepper", rawKey))) ?? expect.fail("no such key");
  const use = (nowMs: number) => ({ projectId: "shop", sourceId: "api", nowMs });
  for (const rawKey of [old.rawKey, rotated.rawKey]) {
    expect(refuseKeyUse(await stored(rawKey), use(at.nowMs + dayMs - 1))).toBeNull();
  }
  expect(refuseKeyUse(await stored(old.rawKey), use(at.nowMs + dayMs))?.code).toBe("key_expired");
  expect(refuseKeyUse(await stored(rotated.rawKey), use(at.nowMs + dayMs))).toBeNull();
  const wire = rotatedIntakeKeyToWire(rotated);
  expect(rotateIntakeKeyResponseSchema.parse(wire)).toEqual(wire);
});

it("is on record with both ids and without either key", async () => {
  const old = await madeKey();
  const { key, rawKey } = await rotateIntakeKey(context(), { keyId: old.key.keyId });
  const entries = await auditEntries();
  expect(entries.at(-1)).toMatchObject({
    action: "incident_monitor.intake_key.rotated",
    projectId: "shop",
    subjectId: old.key.keyId,
    detail: { key_id: old.key.keyId, successor_key_id: key.keyId },
  });
  const { rows } = await db().pool.query("SELECT * FROM intake_keys");
  for (const secret of [rawKey, old.rawKey]) {
    expect(JSON.stringify([entries, rows])).not.toContain(secret);
  }
});

it.each([
  ["a viewer", actors.viewer()],
  ["an approver", actors.approver()],
  ["an agent token", actors.agentToken()],
  ["a service token", actors.serviceToken()],
  ["the key itself", actors.intakeKey()],
  ["another project's admin", actors.projectMember({ other: "admin" })],
])("%s may not rotate, and the attempt is on record", async (_, actor) => {
  const { key } = await madeKey();
  const error = await refusal(rotateIntakeKey(context(actor), { keyId: key.keyId }));
  expect(error.kind).toBe("forbidden");
  expect((await listIntakeKeys(context())).keys).toEqual([key]);
  expect((await auditEntries()).at(-1)).toMatchObject({ outcome: "denied", subjectId: key.keyId });
});

it("refuses a key that is gone, ended or unknown, and an expiry in the past", async () => {
  const { key } = await madeKey();
  const past = rotateIntakeKey(context(), { keyId: key.keyId, expiresAtMs: 1 });
  expect(await refusal(past)).toMatchObject({ kind: "invalid", reason: "intake_key_expired" });
  await disableIntakeKey(context(), { keyId: key.keyId });
  const disabled = await refusal(rotateIntakeKey(context(), { keyId: key.keyId }));
  expect(disabled).toMatchObject({ kind: "conflict", reason: "intake_key_not_active" });
  const unknown = await refusal(rotateIntakeKey(context(), { keyId: "nothing" }));
  expect(unknown).toMatchObject({ kind: "not_found", reason: "intake_key_not_found" });
  expect((await listIntakeKeys(context())).keys).toHaveLength(1);
});

it("of two rotations at once one makes a key and the other makes nothing", async () => {
  const { key } = await madeKey();
  const both = await Promise.allSettled(
    [dayMs, 2 * dayMs].map((overlapMs) => rotateIntakeKey(context(), { keyId: key.keyId, overlapMs })),
  );
  const lost = both.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  const won = both.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  expect(lost.map(({ reason }) => reason)).toEqual(["intake_key_changed"]);
  expect((await listIntakeKeys(context())).keys).toHaveLength(2);
  expect(await findIntakeKey(db(), key.keyId)).toEqual(won[0]?.previous);
});
