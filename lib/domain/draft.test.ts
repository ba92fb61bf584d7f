import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { composeDraft } from "./draft";
import { type FailureReport, type ReportOrigin, reportLimits } from "./report";
import { truncationMark } from "./text";

const origin = (fields: Partial<ReportOrigin> = {}): ReportOrigin => ({
  provenance: "report",
  projectId: null,
  logSourceId: null,
  sourceKind: null,
  repo: "acme/shop",
  workspaceRoot: "/workspace/repos/shop",
  routeTags: [],
  allowedDestinationIds: [],
  enforcesAllowlist: false,
  defaultDestinationIds: [],
  sourceApprovalPolicy: null,
  requireApproval: false,
  held: false,
  redactionProfile: "standard",
  ...fields,
});
const keyed = origin({
  provenance: "intake_key",
  projectId: "shop",
  logSourceId: "api",
  sourceKind: "agent_runtime",
});
const compose = (fields: Partial<FailureReport>, from = origin()) =>
  composeDraft(
    { excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {}, ...fields },
    from,
    sha256Hex,
  );

describe("the title", () => {
  const stack = "Traceback\nshop.PaymentError: card declined";
  it.each<[string, Partial<FailureReport>, string]>([
    ["the reporter's", { title: "Settlement stopped", excerpt: ["TypeError: x"] }, "Settlement stopped"],
    ["its first line", { title: "Settlement stopped\nand more" }, "Settlement stopped"],
    ["the exception's", { detail: stack }, "shop.PaymentError: card declined"],
    [
      "the exception's, from several lines in one row",
      { excerpt: [stack] },
      "shop.PaymentError: card declined",
    ],
    ["the first line of evidence", { excerpt: ["it broke", "badly"], detail: "other" }, "it broke"],
    ["the detail's first line", { detail: "it broke\nbadly" }, "it broke"],
    ["the event", { event: "a.failed", component: "c" }, "a.failed"],
    ["the default event, when nothing says anything", {}, "manual.report"],
  ])("%s", (_, fields, title) => {
    expect(compose(fields).content.title).toBe(title);
  });

  it("is cut without breaking a character", () => {
    const { title } = compose({ title: `${"a".repeat(reportLimits.title - 1)}😀` }).content;
    expect(title).toBe("a".repeat(reportLimits.title - 1) + truncationMark);
  });
});

describe("defaults", () => {
  it.each<[string, Partial<FailureReport>, ReportOrigin, Record<string, unknown>]>([
    ["of a manual report", {}, origin(), { eventType: "manual.report", source: "manual" }],
    [
      "of a key's report",
      {},
      keyed,
      { eventType: "incident_monitor.external_report", source: "incident_monitor.intake.api" },
    ],
    [
      "of a key without sources",
      {},
      { ...keyed, logSourceId: null },
      { source: "incident_monitor.intake.external" },
    ],
    [
      "assumed",
      {},
      origin(),
      { riskLevel: "medium", confidence: "medium", expectedDestination: "incident_monitor_issue_draft" },
    ],
    [
      "given beats assumed",
      { event: "e", source: "s", riskLevel: "low", confidence: "high", expectedDestination: "d" },
      keyed,
      { eventType: "e", source: "s", riskLevel: "low", confidence: "high", expectedDestination: "d" },
    ],
  ])("%s", (_, fields, from, content) => {
    expect(compose(fields, from).content).toMatchObject(content);
  });

  it("are not part of the identity: a report that says them itself is another event", () => {
    expect(compose({ title: "x" }).fingerprint.parts.map((part) => part.name)).toEqual(["template"]);
  });
});

it("what is trusted comes from the origin alone", () => {
  const trusted = {
    ...{ routeTags: ["shop"], allowedDestinationIds: ["a"], defaultDestinationIds: ["a"] },
    sourceApprovalPolicy: "always" as const,
  };
  const { content } = compose({ detail: "x" }, { ...keyed, ...trusted });
  expect(content).toMatchObject({ ...trusted, projectId: "shop", logSourceId: "api", repo: "acme/shop" });
});

it("the detail has labelled lines, the reporter's text, then excerpt and evidence (contract 5.7.1)", () => {
  const { content, reportedDetail } = compose({
    detail: "It stopped.\nTwice.",
    level: "error",
    component: "settle",
    excerpt: ["TypeError: x", "    at f"],
    evidenceRefs: ["log:1"],
    externalCorrelationIds: ["a", "b"],
    attributes: { runId: "r-1", policy: "spend\ncap", blastRadius: "one tenant" },
  });
  expect(content.detail).toBe(`source: manual
level: error
component: settle
event: manual.report
confidence: medium
risk_level: medium
policy: spend cap
blast_radius: one tenant
expected_destination: incident_monitor_issue_draft
run_id: r-1
external_correlation_ids: a, b

It stopped.
Twice.

excerpt:
  TypeError: x
      at f

evidence_refs:
  log:1`);
  expect(reportedDetail).toBe("It stopped.\nTwice.");
});

it("the gate judges what was given, with the exception that the text names", () => {
  expect(compose({ excerpt: ["Traceback\nshop.PaymentError: no"] }, keyed).gate.passed).toBe(true);
  expect(compose({ excerpt: ["it broke"] }, keyed).gate.missing).toEqual(["type_classified"]);
});

it.each([
  ["critical", 5],
  ["odd", 0],
  [undefined, 3],
])("risk %s ranks %d", (riskLevel, rank) => {
  expect(compose({ riskLevel }).riskRank).toBe(rank);
});
