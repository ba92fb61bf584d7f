import { describe, expect, it } from "vitest";
import { intakeKeySchema } from "@/lib/contracts/intake-key";
import { countRejectedIntakeKey, findIntakeKeyByHash, touchIntakeKey } from "@/lib/db/intake-key-store";
import { keyedHash } from "@/lib/digest";
import { refuseKeyUse } from "@/lib/domain/intake-key";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { intakeKeyToWire } from "@/lib/wire/intake-key";
import { createIntakeKey } from "./create-intake-key";
import { disableIntakeKey } from "./disable-intake-key";
import { listIntakeKeys } from "./list-intake-keys";

const { context, patch, auditEntries, db, requestId } = configDatabase();

const project = (project_id: string, sources: string[] = []) => ({
  ...{ project_id, name: project_id, repo: "acme/shop", workspace_root: "/workspace/repos" },
  log_sources: sources.map((source_id) => ({ source_id, path: `${source_id}.log` })),
});

const hashOf = (rawKey: string) => keyedHash("test-pepper", rawKey);

async function createdFor(projectId: string, fields: Partial<Parameters<typeof createIntakeKey>[1]> = {}) {
  return createIntakeKey(context(), { projectId, name: "CI", ...fields });
}

describe("creating", () => {
  it("answers the raw key once and stores a keyed hash of it (W-14)", async () => {
    await patch({ monitored_projects: [project("shop")] });
    const { key, rawKey } = await createdFor("shop");
    expect(rawKey).toMatch(/^tim_intake_[0-9a-f]{64}$/);
    expect(key).toMatchObject({
      ...{ projectId: "shop", name: "CI", enabled: true, scopes: ["incident_monitor:report"] },
      ...{ prefix: rawKey.slice(0, 18), ratePerSecond: 1000, burst: 10_000, lastUsedAtMs: null },
    });
    const wire = intakeKeyToWire(key);
    expect(intakeKeySchema.parse(wire)).toEqual(wire);
    expect(wire.key_hash).toBe("[redacted]");

    const { rows } = await db().pool.query("SELECT * FROM intake_keys");
    expect(rows[0].key_hash).toBe(hashOf(rawKey));
    const stored = JSON.stringify([rows, await auditEntries()]);
    expect(stored).not.toContain(rawKey);
    expect(JSON.stringify(await auditEntries())).not.toContain(rows[0].key_hash);
  });

  it("is on record, with what the key may do", async () => {
    await patch({ monitored_projects: [project("shop", ["api"])] });
    const { key } = await createdFor("shop", { sourceIds: ["api"], expiresAtMs: Date.UTC(2030, 0) });
    const entries = await auditEntries();
    expect(entries.at(-1)).toMatchObject({
      action: "incident_monitor.intake_key.created",
      projectId: "shop",
      subjectId: key.keyId,
      requestId: requestId(),
      detail: { key_id: key.keyId, name: "CI", source_ids: ["api"], scopes: ["incident_monitor:report"] },
    });
  });

  it.each([
    [{ projectId: "nowhere" }, "intake_project_unknown"],
    [{ name: "  " }, "intake_key_name_required"],
    [{ scopes: ["incident_monitor:admin"] }, "intake_key_scope_unknown"],
    [{ sourceIds: ["worker"] }, "intake_source_unknown"],
    [{ expiresAtMs: 1 }, "intake_key_expired"],
  ])("refuses %o", async (fields, reason) => {
    await patch({ monitored_projects: [project("shop", ["api"])] });
    const error = await refusal(createdFor("shop", fields));
    expect(error).toMatchObject({ kind: "invalid", reason });
    expect((await listIntakeKeys(context())).keys).toEqual([]);
  });

  it("scopes are trimmed, blank ones dropped, and none means the one there is", async () => {
    await patch({ monitored_projects: [project("shop")] });
    const { key } = await createdFor("shop", { scopes: ["  ", " incident_monitor:report "] });
    expect(key.scopes).toEqual(["incident_monitor:report"]);
  });

  it.each([
    ["a viewer", actors.viewer()],
    ["an approver", actors.approver()],
    ["an agent token", actors.agentToken()],
    ["a service token", actors.serviceToken()],
    ["a scoped key of that project", actors.intakeKey()],
    ["another project's admin", actors.projectMember({ other: "admin" })],
  ])("%s may not create or disable", async (_, actor) => {
    await patch({ monitored_projects: [project("shop")] });
    const { key } = await createdFor("shop");
    const created = createIntakeKey(context(actor), { projectId: "shop", name: "Mine" });
    expect((await refusal(created)).kind).toBe("forbidden");
    const disabled = disableIntakeKey(context(actor), { keyId: key.keyId });
    expect((await refusal(disabled)).kind).toBe("forbidden");
    const denied = (await auditEntries()).filter((entry) => entry.outcome === "denied");
    expect(denied).toHaveLength(2);
  });

  it("a project's own admin may", async () => {
    await patch({ monitored_projects: [project("shop")] });
    const actor = actors.projectMember({ shop: "admin" });
    const { key } = await createIntakeKey(context(actor), { projectId: "shop", name: "Mine" });
    expect(await disableIntakeKey(context(actor), { keyId: key.keyId })).toMatchObject({ enabled: false });
  });
});

describe("listing and disabling", () => {
  it("lists by project, then name; people with project roles see their projects' keys", async () => {
    await patch({ monitored_projects: [project("b"), project("a")] });
    for (const [projectId, name] of [
      ["b", "x"],
      ["a", "z"],
      ["a", "y"],
    ] as const) {
      await createIntakeKey(context(), { projectId, name });
    }
    const names = (keys: { projectId: string; name: string }[]) =>
      keys.map((key) => `${key.projectId}/${key.name}`);
    expect(names((await listIntakeKeys(context())).keys)).toEqual(["a/y", "a/z", "b/x"]);
    const member = context(actors.projectMember({ b: "viewer" }));
    expect(names((await listIntakeKeys(member)).keys)).toEqual(["b/x"]);
    expect((await refusal(listIntakeKeys(context(actors.intakeKey())))).kind).toBe("forbidden");
  });

  it("narrows by project, state and words, and pages without losing or repeating a key", async () => {
    await patch({ monitored_projects: [project("a"), project("b")] });
    for (const name of ["one", "two", "two", "three"])
      await createIntakeKey(context(), { projectId: "a", name });
    const other = await createIntakeKey(context(), { projectId: "b", name: "one" });
    await disableIntakeKey(context(), { keyId: other.key.keyId });
    const ids = async (filter: object) =>
      (await listIntakeKeys(context(), { filter })).keys.map((key) => `${key.projectId}/${key.name}`);
    expect(await ids({ enabled: false })).toEqual(["b/one"]);
    expect(await ids({ projectId: "a", search: "TWO" })).toEqual(["a/two", "a/two"]);
    expect(await ids({ sinceMs: other.key.createdAtMs })).toEqual(["b/one"]);
    expect(await ids({ untilMs: other.key.createdAtMs, search: "one" })).toEqual(["a/one"]);

    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 3; page++) {
      const list = await listIntakeKeys(context(), { page: { limit: 2, cursor } });
      seen.push(...list.keys.map((key) => key.keyId));
      cursor = list.nextCursor ?? undefined;
      if (page === 0) await createIntakeKey(context(), { projectId: "a", name: "before them" });
    }
    expect([seen.length, new Set(seen).size, cursor]).toEqual([5, 5, undefined]);
  });

  it("disabling is idempotent, and recorded once however many ask", async () => {
    await patch({ monitored_projects: [project("shop")] });
    const { key } = await createdFor("shop");
    const both = await Promise.all([1, 2].map(() => disableIntakeKey(context(), { keyId: key.keyId })));
    const again = await disableIntakeKey(context(), { keyId: key.keyId });
    for (const answer of [...both, again]) expect(answer).toMatchObject({ enabled: false });
    const actions = (await auditEntries()).map((entry) => entry.action);
    expect(actions.filter((action) => action === "incident_monitor.intake_key.disabled")).toHaveLength(1);
    const unknown = await refusal(disableIntakeKey(context(), { keyId: "nothing" }));
    expect(unknown).toMatchObject({ kind: "not_found", reason: "intake_key_not_found" });
  });
});

describe("use", () => {
  it("case 43: a stored key works for its project while enabled; last use is recorded, not for each use", async () => {
    await patch({ monitored_projects: [project("shop"), project("other")] });
    const { key, rawKey } = await createdFor("shop");
    const found = async () => (await findIntakeKeyByHash(db(), hashOf(rawKey))) ?? expect.fail("no such key");
    const nowMs = 1_800_000_000_000;
    expect(await found()).toEqual(key);
    expect(refuseKeyUse(await found(), { projectId: "shop", nowMs })).toBeNull();
    expect(refuseKeyUse(await found(), { projectId: "other", nowMs })?.code).toBe("key_other_project");

    await touchIntakeKey(db(), key.keyId, nowMs);
    await touchIntakeKey(db(), key.keyId, nowMs + 9_999);
    expect((await found()).lastUsedAtMs).toBe(nowMs);
    await touchIntakeKey(db(), key.keyId, nowMs + 10_000);
    expect((await found()).lastUsedAtMs).toBe(nowMs + 10_000);

    await disableIntakeKey(context(), { keyId: key.keyId });
    expect(refuseKeyUse(await found(), { projectId: "shop", nowMs })?.code).toBe("key_disabled");
    await countRejectedIntakeKey(db(), key.keyId);
    expect((await found()).rejectedCount).toBe(1);
    expect(await findIntakeKeyByHash(db(), hashOf(`${rawKey}0`))).toBeNull();
  });
});
