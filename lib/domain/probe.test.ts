import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { aDestinationRow, anInventory } from "@/lib/testing/inventories";
import { type IntakeKey, reportScope } from "./intake-key";
import { catchesUnapprovedTool } from "./posture-canary";
import { checkPosture } from "./posture-checks";
import {
  boundOutcomes,
  countResults,
  type ProbeOutcome,
  probeIds,
  probePolicy,
  probeResults,
  resultsOfProbeMax,
} from "./probe";
import {
  highRiskOutcomes,
  keyOutcomes,
  mcpOutcomes,
  readinessOutcomes,
  toolPolicyOutcomes,
  webhookOutcomes,
} from "./probe-outcomes";

const { findings } = checkPosture(
  anInventory({ destinations: [aDestinationRow({ requireApproval: false })] }),
  {},
  sha256Hex,
);
const statuses = (outcomes: readonly ProbeOutcome[]) => outcomes.map((each) => each.status);
const target = { kind: "route_preview", id: "synthetic_high_risk" };
const place = (kind: "webhook" | "telemetry") => ({ destinationId: "d", name: "Desk", kind });
const answer = { destinationId: "d", name: "D", ready: true, missing: [] as string[], refused: false };
const unready = { ...answer, ready: false, missing: ["secret_unset"] };
const key = (fields: Partial<IntakeKey> = {}) =>
  ({
    ...{ keyId: "k", projectId: "shop", name: "ci", enabled: true, scopes: [reportScope], sourceIds: [] },
    ...{ expiresAtMs: null },
    ...fields,
  }) as IntakeKey;
const server = { destinationId: "m", name: "M", missing: [] as string[], opensUnnamed: false };
const hook = { destinationId: "w", name: "W", missing: [] as string[], tried: 5, letThrough: [] as string[] };

describe("what a probe concludes", () => {
  it("the rule of tools is tried on a made-up agent, and catches it", () => {
    expect(catchesUnapprovedTool()).toBe(true);
  });

  it.each<[string, ProbeOutcome[], string[]]>([
    ["tools: nothing is found", toolPolicyOutcomes([], true), ["pass"]],
    ["tools: each finding", toolPolicyOutcomes(findings, true), ["fail"]],
    ["tools: the rule lets the made-up agent through", toolPolicyOutcomes([], false), ["fail"]],
    [
      "route: nothing takes it",
      highRiskOutcomes([{ target, destinations: [], approvalRequired: true }]),
      ["blocked"],
    ],
    [
      "route: with a person",
      highRiskOutcomes([{ target, destinations: [place("webhook")], approvalRequired: true }]),
      ["pass"],
    ],
    [
      "route: nowhere outside",
      highRiskOutcomes([{ target, destinations: [place("telemetry")], approvalRequired: false }]),
      ["pass"],
    ],
    [
      "route: outside without a person",
      highRiskOutcomes([
        { target, destinations: [place("telemetry"), place("webhook")], approvalRequired: false },
      ]),
      ["fail"],
    ],
    ["readiness: none", readinessOutcomes([], true), ["blocked"]],
    ["readiness: ready", readinessOutcomes([answer], false), ["pass"]],
    ["readiness: unready and refused", readinessOutcomes([{ ...unready, refused: true }], true), ["pass"]],
    [
      "readiness: unready, refused and not stopped at",
      readinessOutcomes([{ ...unready, refused: true }], false),
      ["fail"],
    ],
    ["readiness: unready and not refused", readinessOutcomes([unready], true), ["fail"]],
    ["keys: none", keyOutcomes([], 0), ["blocked"]],
    [
      "keys: disabled or expired",
      keyOutcomes([key({ enabled: false }), key({ expiresAtMs: 5 })], 5),
      ["blocked"],
    ],
    ["keys: may report", keyOutcomes([key()], 0), ["pass"]],
    ["keys: another scope", keyOutcomes([key({ scopes: [reportScope, "admin"] })], 0), ["fail"]],
    ["keys: no scope", keyOutcomes([key({ scopes: [] })], 0), ["fail"]],
    ["mcp: none", mcpOutcomes([], []), ["blocked"]],
    ["mcp: ready", mcpOutcomes([], [server]), ["pass"]],
    ["mcp: not ready", mcpOutcomes([], [{ ...server, missing: ["mcp_tool_missing"] }]), ["fail"]],
    ["mcp: opens what nobody named", mcpOutcomes([], [{ ...server, opensUnnamed: true }]), ["fail"]],
    ["mcp: a finding alone", mcpOutcomes(findings, []), ["fail"]],
    ["webhook: none", webhookOutcomes([]), ["blocked"]],
    ["webhook: ready", webhookOutcomes([hook]), ["pass"]],
    ["webhook: not ready", webhookOutcomes([{ ...hook, missing: ["url_insecure"] }]), ["fail"]],
    [
      "webhook: lets a dangerous address through",
      webhookOutcomes([{ ...hook, letThrough: ["a file"] }]),
      ["fail"],
    ],
  ])("%s", (_, outcomes, expected) => {
    expect(statuses(outcomes)).toEqual(expected);
  });
});

describe("a run", () => {
  const wanted = { includeDraftSuggestions: true };

  it.each<[Parameters<typeof probePolicy>[0], string, readonly string[]]>([
    [{}, "dry_run", [...probeIds].sort()],
    [{ probes: [] }, "dry_run", [...probeIds].sort()],
    [{ probes: ["unknown"] }, "dry_run", [...probeIds].sort()],
    [
      { mode: "enabled", probes: ["webhook_url_policy", "no", "mcp_tool_allowlist"] },
      "dry_run",
      ["mcp_tool_allowlist", "webhook_url_policy"],
    ],
    [{ mode: "OFF" }, "disabled", []],
  ])("%o is %s over %o", (ask, mode, selected) => {
    expect(probePolicy(ask)).toMatchObject({
      mode,
      selectedProbeIds: selected,
      includeDraftSuggestions: true,
    });
  });

  it("only what failed has a finding id and, when wanted, a suggestion", () => {
    const outcomes = [
      ...webhookOutcomes([hook]),
      ...webhookOutcomes([{ ...hook, missing: ["url_insecure"] }]),
    ];
    const [passed, failed] = probeResults(outcomes, wanted, sha256Hex);
    expect([passed?.findingId, passed?.draftSuggestion]).toEqual([null, null]);
    expect(failed?.findingId).toMatch(/^bap_[0-9a-f]{16}$/);
    expect(failed?.draftSuggestion).toMatchObject({
      eventType: "security.assessment_probe.failed",
      riskLevel: "high",
    });
    expect(
      probeResults(outcomes, { includeDraftSuggestions: false }, sha256Hex)[1]?.draftSuggestion,
    ).toBeNull();
    expect(passed?.fingerprint).toBe(failed?.fingerprint);
  });

  it("keeps a bounded number of results, failures before what passed", () => {
    const passes = Array.from({ length: resultsOfProbeMax }, () => key());
    const { kept, leftOut } = boundOutcomes(keyOutcomes([...passes, key({ scopes: [] })], 0));
    expect([kept.length, kept[0]?.status, leftOut]).toEqual([resultsOfProbeMax, "fail", 1]);
    expect(countResults(probeResults(kept, wanted, sha256Hex), leftOut)).toEqual({
      ...{ results: resultsOfProbeMax, pass: resultsOfProbeMax - 1, fail: 1, blocked: 0 },
      ...{ draftSuggestions: 1, leftOut: 1 },
    });
  });
});
