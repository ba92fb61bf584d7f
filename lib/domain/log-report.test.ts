import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { assembleLog, logRulesOf, readAtMs as now } from "@/lib/testing/log-lines";
import { fingerprintOf } from "./fingerprint";
import type { LogReading } from "./log-reading";
import { logReport, riskOf } from "./log-report";

const day = 86_400_000;
const rulesOf = (reading?: LogReading) => logRulesOf({ reading });
const candidatesOf = (text: string, reading?: LogReading) =>
  assembleLog(text, { reading, minimumLevel: "warn" }).candidates;

const reportsOf = (text: string, reading?: LogReading) =>
  candidatesOf(text, reading).map((candidate) => logReport(candidate, rulesOf(reading), now));
const reportOf = (fields: Record<string, unknown>, reading?: LogReading) =>
  reportsOf(JSON.stringify({ level: "error", msg: "no route", ...fields }), reading)[0];

const origin = { projectId: "shop", logSourceId: "api", repo: "acme/shop" };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const fingerprints = (text: string) => reportsOf(text).map((report) => fingerprintOf(report, origin, sha256));

describe("the report of a failure in a log", () => {
  it("case 50: message and trace are its excerpt, the file its name", () => {
    expect(
      reportOf({ stack: "PaymentError: declined\n    at charge (pay.js:1:2)", service: "api", run_id: "r1" }),
    ).toEqual({
      title: "no route",
      source: "incident_monitor.log.api",
      event: "log.error",
      level: "error",
      component: "api",
      confidence: "high",
      riskLevel: "medium",
      riskCategory: undefined,
      fingerprint: undefined,
      excerpt: ["no route", "PaymentError: declined", "    at charge (pay.js:1:2)"],
      evidenceRefs: [],
      externalCorrelationIds: [],
      attributes: expect.objectContaining({ runId: "r1", process: "api", fileName: "logs/api.log" }),
      occurredAtMs: undefined,
    });
  });

  it("case 51: safety fields are carried over", () => {
    const report = reportOf({
      actor: "bot",
      risk_category: "money",
      external_ids: "a,b",
      event: "order.failed",
      confidence: "low",
    });
    expect(report).toMatchObject({
      ...{
        riskCategory: "money",
        externalCorrelationIds: ["a", "b"],
        event: "order.failed",
        confidence: "low",
      },
      attributes: { actor: "bot" },
    });
    expect(report?.attributes).not.toHaveProperty("riskCategory");
  });

  it("case 59, W-26: a title is cut between characters", () => {
    const [report] = reportsOf(`ERROR ${"ü".repeat(150)}`);
    expect(report?.title).toBe(`${"ü".repeat(100)}...<truncated>`);
    expect(reportsOf(`ERROR a${"😀".repeat(100)}`)[0]?.title).toBe(`a${"😀".repeat(49)}...<truncated>`);
  });

  it("W-09: the line's own fingerprint is the one shown, and what makes it one incident", () => {
    const [one, two] = fingerprints(
      '{"level":"error","msg":"a","fingerprint":"fp-1"}\n{"level":"error","msg":"b","fingerprint":"fp-1"}',
    );
    expect(one).toMatchObject({ wireValue: "fp-1", parts: [{ name: "client", value: "fp-1" }] });
    expect(two?.value).toBe(one?.value);
  });

  it("case 60, W-25: lines before never make the identity", () => {
    const [a, b] = fingerprints("same before\nERROR disk is full\nsame before\nERROR no route to host");
    expect(a?.value).not.toBe(b?.value);
    const [c, d] = fingerprints(
      "one thing\nERROR disk is full\nINFO another\nanother thing\nERROR disk is full",
    );
    expect(c?.value).toBe(d?.value);
    expect(JSON.stringify(reportsOf("secret before\nERROR disk is full"))).not.toContain("secret before");
  });

  it("a long Python trace keeps its beginning and its end", () => {
    const frames = Array.from({ length: 30 }, (_, n) => `  File "a.py", line ${n}, in f${n}`);
    const [report] = reportsOf(
      ["Traceback (most recent call last):", ...frames, "KeyError: 'amount'"].join("\n"),
    );
    expect(report?.excerpt).toHaveLength(21);
    expect([report?.excerpt[0], report?.excerpt[1]]).toEqual([
      "KeyError: 'amount'",
      "Traceback (most recent call last):",
    ]);
    expect(report?.excerpt.slice(-2)).toEqual(['  File "a.py", line 29, in f29', "KeyError: 'amount'"]);
  });

  it("of another trace the first 20 lines", () => {
    const frames = Array.from({ length: 30 }, (_, n) => `\tat a.B.f${n}(B.java:${n})`);
    const [report] = reportsOf(["java.io.IOException: gone", ...frames].join("\n"));
    expect(report?.excerpt).toEqual(["java.io.IOException: gone", ...frames.slice(0, 20)]);
  });
});

describe("when it happened", () => {
  it.each([
    ["the line's time", now - day, now - day],
    ["long ago, too", 1_000_000_000_000, 1_000_000_000_000],
    ["a clock a little ahead is taken for now", now + 60_000, now],
    ["more than a day ahead is no time", now + day + 1, undefined],
  ])("%s", (_, time, expected) => expect(reportOf({ time })?.occurredAtMs).toBe(expected));
});

describe("risk (W-23, D-08)", () => {
  it.each<[string, Parameters<typeof riskOf>[0], LogReading, string]>([
    ["fatal", { level: "fatal", levelRank: 6 }, {}, "high"],
    ["error", { level: "error", levelRank: 5 }, {}, "medium"],
    ["warn", { level: "warn", levelRank: 4 }, {}, "low"],
    ["none said, own trigger", { level: null, levelRank: 5 }, {}, "medium"],
    [
      "the line's own first",
      { level: "error", levelRank: 5, riskLevel: "critical" },
      { riskByLevel: { error: "low" } },
      "critical",
    ],
    [
      "then the source's for its level",
      { level: "error", levelRank: 5 },
      { riskByLevel: { error: "high" } },
      "high",
    ],
    ["a level that is a number", { level: "error", levelRank: 5 }, { riskByLevel: { "50": "high" } }, "high"],
    [
      "never below the floor",
      { level: "error", levelRank: 5, riskLevel: "info" },
      { minimumRiskLevel: "medium" },
      "medium",
    ],
    [
      "never above the ceiling",
      { level: "fatal", levelRank: 6, riskLevel: "critical" },
      { maximumRiskLevel: "high" },
      "high",
    ],
    [
      "between them as it is",
      { level: "fatal", levelRank: 6 },
      { minimumRiskLevel: "low", maximumRiskLevel: "critical" },
      "high",
    ],
  ])("%s", (_, record, reading, risk) => expect(riskOf(record, rulesOf(reading))).toBe(risk));
});
