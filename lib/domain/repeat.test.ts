import { expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { aDraft } from "@/lib/testing/drafts";
import { composeDraft } from "./draft";
import type { Draft, Incident } from "./records";
import { addsToRecord } from "./repeat";
import type { FailureReport, ReportOrigin } from "./report";

const origin = {
  provenance: "report",
  projectId: null,
  repo: "acme/shop",
  workspaceRoot: "",
  routeTags: [],
  allowedDestinationIds: [],
  defaultDestinationIds: [],
} as unknown as ReportOrigin;

const reported: Partial<FailureReport> = {
  title: "Payment fails",
  component: "ledger",
  level: "error",
  riskLevel: "medium",
  riskCategory: "billing",
  evidenceRefs: ["a", "b"],
  externalCorrelationIds: ["order-1"],
  attributes: { runId: "run-1" },
};
const candidate = (fields: Partial<FailureReport> = {}) =>
  composeDraft(
    {
      excerpt: [],
      evidenceRefs: [],
      externalCorrelationIds: [],
      attributes: {},
      ...reported,
      ...fields,
    } as FailureReport,
    origin,
    sha256Hex,
  );
const content = candidate().content;

function known(fields: Partial<Draft["content"]> = {}, draft: Partial<Draft> | null = {}) {
  const own = { ...content, ...fields };
  const incident = { ...own, riskCategory: own.riskCategory ?? null } as unknown as Incident;
  return { incident, draft: draft && aDraft({ content: own, approval: "not_required", ...draft }) };
}

const fifty = Array.from({ length: 50 }, (_, index) => `ref-${index}`);

it.each<[string, ReturnType<typeof known>, Partial<FailureReport>, "required" | "not_required", boolean]>([
  ["the same again", known(), {}, "not_required", false],
  ["another title overwrites nothing", known(), { title: "Other" }, "not_required", false],
  ["another run overwrites nothing", known(), { attributes: { runId: "run-2" } }, "not_required", false],
  ["fewer words", known(), { component: undefined, evidenceRefs: ["b"] }, "not_required", false],
  ["a gap filled", known({ component: undefined }), {}, "not_required", true],
  ["a level where there was none", known({ level: undefined }), {}, "not_required", true],
  ["a category where there was none", known({ riskCategory: undefined }), {}, "not_required", true],
  ["more evidence", known(), { evidenceRefs: ["c"] }, "not_required", true],
  [
    "more evidence than is kept",
    known({ evidenceRefs: fifty }),
    { evidenceRefs: ["c"] },
    "not_required",
    false,
  ],
  ["another correlation", known(), { externalCorrelationIds: ["order-2"] }, "not_required", true],
  ["a new attribute", known(), { attributes: { model: "m" } }, "not_required", true],
  ["a higher risk", known(), { riskLevel: "high" }, "not_required", true],
  ["a lower risk", known(), { riskLevel: "low" }, "not_required", false],
  ["a need of approval, open draft", known(), {}, "required", true],
  ["a need that is there", known({}, { approval: "required" }), {}, "required", false],
  ["a need, decided draft", known({}, { approval: "granted" }), {}, "required", false],
  ["no draft", known({}, null), {}, "required", false],
  ["no draft, a gap of the incident", known({ level: undefined }, null), {}, "required", true],
])("a repeat adds: %s", (_, record, fields, approval, expected) => {
  expect(addsToRecord(record, candidate(fields), approval)).toBe(expected);
});

it("a gap of the draft alone counts while the draft takes anything", () => {
  const record = known();
  const gap = { ...content, component: undefined };
  const withDraft = (draft: Partial<Draft>) => ({ ...record, draft: aDraft({ content: gap, ...draft }) });
  expect(addsToRecord(withDraft({ approval: "required" }), candidate(), "not_required")).toBe(true);
  expect(addsToRecord(withDraft({ approval: "denied" }), candidate(), "not_required")).toBe(false);
  const queued = { newestDelivery: { kind: "webhook", state: "due" } } as Partial<Draft>;
  expect(addsToRecord(withDraft({ approval: "not_required", ...queued }), candidate(), "required")).toBe(
    false,
  );
});
