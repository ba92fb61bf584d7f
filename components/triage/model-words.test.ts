import { describe, expect, it } from "vitest";
import type { ModelReportWire } from "@/lib/contracts/triage-review";
import { disagreementWords, modelStanding, modelUsage, unsupportedWords } from "./model-words";

const usage = { call_count: 2, input_tokens: 900, output_tokens: 70, duration_ms: 1_240, cost: 0.0123 };
const report = (fields: Partial<ModelReportWire>): ModelReportWire => ({
  ...{ outcome: "analysed", model_id: "coder-7b", host: "models.example.com", usage },
  ...fields,
});

describe("what a model came to", () => {
  it.each<[Partial<ModelReportWire>, RegExp]>([
    [{}, /^coder-7b at models\.example\.com gave its opinion\.$/],
    [{ outcome: "stopped", used_up: "money" }, /stopped: its cost was reached/],
    [{ outcome: "stopped", used_up: "else" }, /its budget was used up/],
    [{ outcome: "failed", reason: { code: "x", message: "It answered in prose." } }, /It answered in prose/],
    [{ outcome: "refused", reasons: [{ code: "x", message: "No key." }] }, /^No model was asked: No key\./],
  ])("%j", (fields, words) => {
    expect(modelStanding(report(fields))).toMatch(words);
  });

  it("says what it took", () => {
    expect(modelUsage(report({}))).toBe(
      "2 calls, 900 tokens read, 70 written, 1.2 s, 0.0123 of the prices' currency",
    );
    expect(modelUsage(report({ usage: { ...usage, call_count: 1, cost: 0 } }))).toBe(
      "1 call, 900 tokens read, 70 written, 1.2 s",
    );
  });

  it("says where it and the rules differ, and why a statement was set aside", () => {
    expect(disagreementWords({ about: "file", deterministic: "a.py", model: "b.py" })).toBe(
      "On the file to change: the rules say a.py, the model says b.py.",
    );
    expect(unsupportedWords([{ code: "path_not_read" }, { code: "path_not_read" }, { code: "new" }])).toBe(
      "it cites a file that it never read; its evidence does not hold",
    );
  });
});
