import { describe, expect, it } from "vitest";
import type { TriageSummaryWire } from "@/lib/contracts/triage";
import { changesOf, type FormRow, formOf, inputOf, problemsOf } from "./summary-form";
import { entryText } from "./summary-text";

const gate: TriageSummaryWire["coder_ready_gate"] = {
  ...{ stage: "proposal_to_coder_ready", status: "blocked", passed: false, passed_count: 0, total_count: 0 },
  ...{ gates: [], missing: [], blocked_reason: null, requested_coder_ready: null },
};
const summary: TriageSummaryWire = {
  ...{ draft_id: "d", repo: "acme/shop", triage_run_id: "r", created_at_ms: 1 },
  ...{
    suggested_title: "Total is NaN",
    what_happened: "It broke.",
    why_it_likely_happened: "A guard is gone.",
  },
  ...{ root_cause_confidence: "high", failure_type: "code_defect", risk_level: "low" },
  ...{ affected_components: ["cart"], likely_files_to_edit: ["cart.js"], expected_behavior: "A number." },
  ...{ steps_to_reproduce: ["Add two", "Remove one"], environment: [], logs: ["  at total"] },
  ...{ related_existing_issues: [], related_failure_patterns: [], research_sources: [], file_references: [] },
  fix_points: [{ path: "cart.js", line: 7, why: "the guard" }],
  ...{ recommended_fix: "Put it back.", acceptance_criteria: ["It adds up"], verification_steps: ["Run it"] },
  ...{ required_tool_scopes: [], missing_tool_scopes: [], permissions_available: null, notes: null },
  ...{ coder_ready: true, coder_ready_gate: gate, origins: {}, model_text: [], cut: [] },
};
const rows = (...texts: string[]): FormRow[] => texts.map((text, index) => ({ id: 100 + index, text }));

describe("what a form of a summary sends", () => {
  it("nothing while nothing was changed, also where only blanks were", () => {
    const form = formOf(summary);
    expect(inputOf(form, formOf(summary))).toEqual({});
    expect(inputOf(form, { ...form, environment: rows("", "  "), notes: "  " })).toEqual({});
  });

  it.each<[string, Partial<ReturnType<typeof formOf>>, object]>([
    ["a text, trimmed", { recommended_fix: " Check it. " }, { recommended_fix: "Check it." }],
    ["a text that was cleared", { why_it_likely_happened: "" }, { why_it_likely_happened: "" }],
    [
      "rows in their new order",
      { steps_to_reproduce: rows("Remove one", "Add two") },
      { steps_to_reproduce: ["Remove one", "Add two"] },
    ],
    ["rows without the blank ones", { environment: rows("node 22", "") }, { environment: ["node 22"] }],
    ["a list that was emptied", { logs: [] }, { logs: [] }],
    ["a wish", { coder_ready: "no" }, { coder_ready: false }],
    ["a level", { risk_level: "high" }, { risk_level: "high" }],
  ])("%s", (_, change, expected) => {
    const form = formOf(summary);
    expect(inputOf(form, { ...form, ...change })).toEqual(expected);
  });

  it("an entry of its own shape stays as it was found, beside what somebody adds", () => {
    const form = formOf(summary);
    const fix_points = [...(form.fix_points as FormRow[]), ...rows("tax.js: the same")];
    expect(inputOf(form, { ...form, fix_points })).toEqual({
      fix_points: [{ path: "cart.js", line: 7, why: "the guard" }, "tax.js: the same"],
    });
  });

  it("names what changed by its words", () => {
    const form = formOf(summary);
    const [change] = changesOf(form, { ...form, steps_to_reproduce: rows("Add two") });
    expect(change).toMatchObject({
      field: { label: "Steps to reproduce" },
      before: "Add two\nRemove one",
      after: "Add two",
    });
  });
});

describe("what keeps a form from being saved", () => {
  it.each<[string, Partial<ReturnType<typeof formOf>>, object]>([
    ["nothing", {}, {}],
    ["a title that is gone", { suggested_title: " " }, { suggested_title: "An issue needs a title" }],
    [
      "a text that is too long",
      { notes: "n".repeat(4_003) },
      { notes: "At most 4,000 characters; 3 too many" },
    ],
    [
      "a row that is too long",
      { affected_components: rows("a", "b".repeat(301)) },
      { affected_components: "2: at most 300 characters; 1 too many" },
    ],
    [
      "too many rows",
      { steps_to_reproduce: rows(..."123456789") },
      { steps_to_reproduce: "At most 8; 1 too many" },
    ],
  ])("%s", (_, change, expected) => {
    expect(problemsOf({ ...formOf(summary), ...change })).toEqual(expected);
  });
});

describe("an entry in one line", () => {
  it.each([
    ["text", "text"],
    [{ path: "a.js", line: 3, why: "the guard" }, "a.js:3: the guard"],
    [{ path: "a.js", line: null }, "a.js"],
    [{ id: "i1", title: "It broke", match: "same_exception" }, "It broke: same_exception"],
    [{ hits: 2, open: true }, "hits 2, open true"],
    [7, "7"],
  ])("%j", (entry, expected) => expect(entryText(entry)).toBe(expected));
});
