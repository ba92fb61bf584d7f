import { describe, expect, it } from "vitest";
import { judgeReport } from "./quality-gate";
import type { FailureReport, Provenance } from "./report";

const bare: FailureReport = { excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {} };
const judge = (
  fields: Partial<FailureReport>,
  provenance: Provenance = "report",
  exception: string | null = null,
) => judgeReport({ ...bare, ...fields }, provenance, exception);

describe("judged as given, before any default (W-11)", () => {
  it.each<[string, Partial<FailureReport>, Provenance, string[]]>([
    ["detail is enough from a person", { detail: "it broke" }, "report", []],
    ["a title alone is no evidence", { title: "it broke" }, "report", ["evidence_present"]],
    ["nothing at all", {}, "report", ["evidence_present"]],
    ["a file name is evidence", { attributes: { fileName: "a.ts" } }, "operator", []],
    ["an excerpt is evidence", { excerpt: ["x"], level: "error" }, "intake_key", []],
    ["a reference is evidence", { evidenceRefs: ["log:1"], event: "a.failed" }, "intake_key", []],
    ["a key must say what it was", { detail: "it broke" }, "intake_key", ["type_classified"]],
    ["a level says it", { detail: "it broke", level: "error" }, "intake_key", []],
    [
      "a runtime event must name its source",
      { detail: "x", level: "error" },
      "runtime_event",
      ["source_known"],
    ],
    [
      "any of its names will do",
      { detail: "x", level: "error", attributes: { process: "p" } },
      "runtime_event",
      [],
    ],
    ["routine progress", { detail: "x", event: "upload.progress" }, "report", ["not_routine_noise"]],
    ["both are missing", { event: "job.started" }, "report", ["evidence_present", "not_routine_noise"]],
  ])("%s", (_, fields, provenance, missing) => {
    const gate = judge(fields, provenance);
    expect(gate.missing).toEqual(missing);
    expect(gate.status).toBe(missing.length === 0 ? "passed" : "blocked");
    expect(gate.passedCount).toBe(8 - missing.length);
  });

  it("an exception classifies what nobody did", () => {
    const gate = judge({ detail: "x" }, "intake_key", "TypeError");
    expect(gate.passed).toBe(true);
    expect(gate.gates.find((each) => each.key === "type_classified")?.detail).toBe("exception TypeError");
  });

  it("says what it assumed", () => {
    const details = Object.fromEntries(judge({ detail: "x" }).gates.map((each) => [each.key, each.detail]));
    expect(details).toMatchObject({
      source_known: "named by the credential",
      confidence_recorded: "assumed medium",
      risk_known: "assumed medium",
      destination_clear: "assumed from routing",
      type_classified: "manual report",
    });
    const given = judge({ detail: "x", source: "s", riskLevel: "low", confidence: "high", event: "a.b" });
    expect(given.gates.filter((each) => each.key !== "destination_clear" && each.detail)).toEqual([]);
  });

  it("says why it blocked, in one sentence", () => {
    expect(judge({ event: "job.queued" }).blockedReason).toBe(
      "Not enough to open a draft: evidence is present (give detail, an excerpt, evidence_refs or file_name); not routine noise (the event says queued)",
    );
    expect(judge({ detail: "x" }).blockedReason).toBeUndefined();
  });
});

describe("routine noise is a word, not a piece of one", () => {
  it.each<[string, string | null]>([
    ["upload.progress", "progress"],
    ["UPLOAD_PROGRESS", "progress"],
    ["progress", "progress"],
    ["attempt.started", "started"],
    ["heartbeat-7", "heartbeat"],
    ["minor_retry", "minor_retry"],
    ["job.retrying.again", "retrying"],
    ["inprogress.progress", "progress"],
    ["progressive.tax.failed", null],
    ["restarted.badly", null],
    ["settlement.failed", null],
  ])("%s: %s", (event, word) => {
    const gate = judge({ detail: "x", event }).gates.find((each) => each.key === "not_routine_noise");
    expect(gate?.detail).toBe(word === null ? undefined : `the event says ${word}`);
    expect(gate?.passed).toBe(word === null);
  });
});
