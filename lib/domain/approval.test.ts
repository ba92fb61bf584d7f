import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { aConfig, aDestination, aRoute } from "@/lib/testing/configs";
import { aDraftContent } from "@/lib/testing/records";
import { approvalBasis, changesSince, decidable, digestOf, policyVersionOf, publishable } from "./approval";
import type { Destination, MonitorConfig } from "./config";
import { type ApprovalFacet, type DraftContent } from "./draft";
import { routeContextOf } from "./route-context";
import { decideRoute } from "./routing";

const local = aDestination();
const hook = aDestination({ destinationId: "hook", name: "Hook", kind: "webhook" });

type Given = {
  content?: Partial<DraftContent>;
  destinations?: Destination[];
  payloads?: Record<string, string>;
  policy?: string;
};
const basis = ({ content, destinations, payloads, policy }: Given = {}) =>
  approvalBasis(
    aDraftContent(content),
    destinations ?? [local],
    Object.entries(payloads ?? { local: "p1" }).map(([destinationId, digest]) => ({ destinationId, digest })),
    policy ?? "policy-1",
    sha256Hex,
  );

describe("what voids an approval (D-06)", () => {
  it.each<[string, Given, string[], string[]]>([
    ["nothing changed", {}, [], []],
    [
      "renamed, tagged or switched off",
      { destinations: [{ ...local, name: "New", routeTags: ["x"], enabled: false }] },
      [],
      [],
    ],
    [
      "another path",
      { destinations: [{ ...local, telemetryPath: "elsewhere" }] },
      ["destination_changed"],
      ["destination_changed"],
    ],
    ["another payload", { payloads: { local: "p2" } }, ["payload_changed"], []],
    ["the draft's title", { content: { title: "Other" } }, ["draft_changed"], []],
    ["a field that was absent", { content: { riskCategory: "data_loss" } }, ["draft_changed"], []],
    ["a field that is gone", { content: { source: undefined } }, ["draft_changed"], []],
    [
      "two fields, each named",
      { content: { title: "Other", riskLevel: "low" } },
      ["draft_changed", "draft_changed"],
      [],
    ],
    ["the policy", { policy: "policy-2" }, ["policy_changed"], ["policy_changed"]],
    [
      "a destination more",
      { payloads: { local: "p1", hook: "p1" } },
      ["destination_not_approved"],
      ["destination_not_approved"],
    ],
    ["fewer destinations", { destinations: [], payloads: {} }, [], []],
  ])("%s", (_, given, boundToContent, boundToDraft) => {
    const codes = (binding: "content" | "draft") =>
      changesSince(basis(), basis(given), binding).map((each) => each.code);
    expect(codes("content")).toEqual(boundToContent);
    expect(codes("draft")).toEqual(boundToDraft);
  });

  it("names what changed", () => {
    const [change] = changesSince(basis(), basis({ content: { title: "Other" } }), "content");
    expect(change).toEqual({
      code: "draft_changed",
      message: "The draft's title changed",
      fields: { field: "title" },
    });
  });
});

describe("the digest people see", () => {
  it("is one value of everything, whatever the order of destinations", () => {
    const both = { destinations: [local, hook], payloads: { local: "p1", hook: "p2" } };
    const turned = { destinations: [hook, local], payloads: { hook: "p2", local: "p1" } };
    expect(digestOf(basis(both), sha256Hex)).toBe(digestOf(basis(turned), sha256Hex));
    expect(digestOf(basis(both), sha256Hex)).not.toBe(digestOf(basis(), sha256Hex));
  });

  it("holds digests only, no content", () => {
    expect(JSON.stringify(basis({ content: { title: "Settlement stopped" } }))).not.toContain("Settlement");
  });
});

it("case 110: a secret is bound by the hash of its reference, and the reference is nowhere in the basis", () => {
  const signed = (webhookSecretRef: string) => ({ ...hook, webhookSecretRef });
  const bound = basis({ destinations: [signed("env:TANDEM_HOOK_ONE")], payloads: { hook: "p" } });
  const other = basis({ destinations: [signed("env:TANDEM_HOOK_TWO")], payloads: { hook: "p" } });
  expect(changesSince(bound, other, "draft").map((each) => each.code)).toEqual(["destination_changed"]);
  expect(JSON.stringify(bound)).not.toContain("TANDEM_HOOK");
});

describe("policy version: the values that decided, not the configuration's version", () => {
  const route = aRoute({ routeId: "all", destinationIds: ["local"], approvalPolicy: "always" });
  const config = (fields: Partial<MonitorConfig> = {}) =>
    aConfig({ destinations: [local, hook], routes: [route], defaultDestinationIds: ["local"], ...fields });
  const version = (from: MonitorConfig, sourcePolicy: string | null = null) => {
    const decision = decideRoute(routeContextOf(aDraftContent(), from, { nowMs: 0 }), from, new Map());
    return policyVersionOf(decision, sourcePolicy, from, sha256Hex);
  };
  const safety = config().safetyDefaults;

  it.each<[string, MonitorConfig, string | null, boolean]>([
    ["an unrelated setting", config({ labelMode: "reporter_only", version: 99 }), null, false],
    [
      "a route that does not match",
      config({ routes: [route, aRoute({ routeId: "no", matchSources: ["x"], destinationIds: ["hook"] })] }),
      null,
      false,
    ],
    ["retention", config({ safetyDefaults: { ...safety, retentionDays: 3 } }), null, false],
    ["the winner's policy", config({ routes: [{ ...route, approvalPolicy: "high_risk" }] }), null, true],
    ["another winner", config({ routes: [] }), null, true],
    ["the source's policy", config(), "always", true],
    [
      "the global flag",
      config({ requireApprovalForNewIssues: !config().requireApprovalForNewIssues }),
      null,
      true,
    ],
    [
      "what counts as high risk",
      config({ safetyDefaults: { ...safety, highRiskCategories: ["x"] } }),
      null,
      true,
    ],
    [
      "how many people the winner asks for",
      config({ routes: [{ ...route, approvalsRequired: 2 }] }),
      null,
      true,
    ],
    ["its author may not", config({ routes: [{ ...route, authorMayNotApprove: true }] }), null, true],
    [
      "a limit of breaking the glass",
      config({ safetyDefaults: { ...safety, breakGlassPerPerson: 1 } }),
      null,
      false,
    ],
    ["the floor", config({ safetyDefaults: { ...safety, minimumRiskLevel: "high" } }), null, true],
  ])("%s", (_, changed, sourcePolicy, moves) => {
    expect(version(changed, sourcePolicy) !== version(config())).toBe(moves);
  });
});

describe("looking at the facet, never at the wire's word (W-40)", () => {
  it.each<
    [ApprovalFacet, string | null, "yes" | "needs_approval" | "denied", "yes" | "needs_approval" | "denied"]
  >([
    ["not_required", "approval_not_required", "yes", "needs_approval"],
    ["required", null, "needs_approval", "needs_approval"],
    ["voided", null, "needs_approval", "needs_approval"],
    ["expired", null, "needs_approval", "needs_approval"],
    ["granted", "already_approved", "yes", "yes"],
    ["denied", "already_denied", "denied", "denied"],
  ])("%s", (facet, refusal, whenNotRequired, whenRequired) => {
    expect(decidable(facet)?.code ?? null).toBe(refusal);
    expect(publishable(facet, false)).toBe(whenNotRequired);
    expect(publishable(facet, true)).toBe(whenRequired);
  });
});
