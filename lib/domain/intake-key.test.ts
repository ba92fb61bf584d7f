import { describe, expect, it } from "vitest";
import { type IntakeKey, type KeyUse, keyAuditDetail, refuseKeyUse } from "./intake-key";

const key: IntakeKey = {
  ...{ keyId: "k", projectId: "shop", name: "CI", prefix: "tim_intake_0123456", enabled: true },
  ...{ scopes: ["incident_monitor:report"], sourceIds: [], ratePerSecond: 1, burst: 1, createdAtMs: 1 },
  ...{ expiresAtMs: null, lastUsedAtMs: null, rejectedCount: 0, disabledAtMs: null },
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
