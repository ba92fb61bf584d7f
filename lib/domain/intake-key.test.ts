import { describe, expect, it } from "vitest";
import { type IntakeKey, type KeyUse, keyAuditDetail, planRotation, refuseKeyUse } from "./intake-key";

const key: IntakeKey = {
  ...{ keyId: "k", projectId: "shop", name: "CI", prefix: "tim_intake_0123456", enabled: true },
  ...{ scopes: ["incident_monitor:report"], sourceIds: [], ratePerSecond: 1, burst: 1, createdAtMs: 1 },
  ...{ expiresAtMs: null, lastUsedAtMs: null, rejectedCount: 0, disabledAtMs: null },
  ...{ rotatedFromId: null, dailyQuota: null },
};

describe("case 43: a key works for its own project, while enabled, with the report scope", () => {
  it.each<[string, Partial<IntakeKey>, Partial<KeyUse>, string | null]>([
    ["its project", {}, {}, null],
    ["another project", {}, { projectId: "other" }, "key_other_project"],
    ["disabled", { enabled: false }, {}, "key_disabled"],
    ["without the scope", { scopes: [] }, {}, "key_scope_missing"],
    ["with another scope", { scopes: ["incident_monitor:admin"] }, {}, "key_scope_missing"],
    ["expired this moment", { expiresAtMs: 100 }, {}, "key_expired"],
    ["not yet expired", { expiresAtMs: 101 }, {}, null],
    ["any source", {}, { sourceId: "api" }, null],
    ["a source of its own", { sourceIds: ["api"] }, { sourceId: "api" }, null],
    ["another source", { sourceIds: ["api"] }, { sourceId: "worker" }, "key_other_source"],
  ])("%s", (_, fields, use, code) => {
    const refusal = refuseKeyUse({ ...key, ...fields }, { projectId: "shop", nowMs: 100, ...use });
    expect(refusal?.code ?? null).toBe(code);
  });
});

it("the audit is not given the prefix: it is part of the raw key", () => {
  expect(JSON.stringify(keyAuditDetail(key))).not.toContain("tim_intake_");
});

describe("a rotation", () => {
  const ends = (old: Partial<IntakeKey>, overlapMs: number, expiresAtMs?: number | null) =>
    planRotation({ ...key, createdAtMs: 0, ...old }, { overlapMs, expiresAtMs, nowMs: 1_000 });

  it.each<[string, Partial<IntakeKey>, number, number | null | undefined, [number, number | null]]>([
    ["lets both work for the overlap", {}, 500, undefined, [1_500, null]],
    ["ends the old key at once without one", {}, 0, undefined, [1_000, null]],
    ["never gives the old key longer than it had", { expiresAtMs: 1_200 }, 500, undefined, [1_200, 2_200]],
    ["gives the new key the lifetime of the old", { expiresAtMs: 90_000 }, 500, undefined, [1_500, 91_000]],
    ["takes an expiry that is given", {}, 500, 9_000, [1_500, 9_000]],
    ["takes never", { expiresAtMs: 90_000 }, 500, null, [1_500, null]],
  ])("%s", (_, old, overlapMs, expiresAtMs, [previousExpiresAtMs, successorExpiresAtMs]) => {
    expect(ends(old, overlapMs, expiresAtMs)).toEqual({
      ok: true,
      previousExpiresAtMs,
      successorExpiresAtMs,
    });
  });

  it.each<[string, Partial<IntakeKey>, string]>([
    ["a disabled key", { enabled: false }, "key_disabled"],
    ["a key that expires this moment", { expiresAtMs: 1_000 }, "key_expired"],
  ])("is refused for %s", (_, old, code) => {
    expect(ends(old, 500)).toMatchObject({ ok: false, reason: { code } });
  });
});
