import { describe, expect, it } from "vitest";
import { type FailureReport, normaliseReport, reportLimits } from "./report";

const normalise = (fields: Partial<FailureReport>) =>
  normaliseReport({ excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {}, ...fields });

describe("trimmed and bounded, never defaulted", () => {
  it.each<[string, Partial<FailureReport>, Partial<FailureReport>]>([
    ["text is trimmed", { title: "  a \n" }, { title: "a" }],
    ["a blank field is absent", { title: " ", component: "" }, {}],
    ["an excerpt keeps its indentation", { excerpt: ["    at f  ", "  "] }, { excerpt: ["    at f"] }],
    ["an excerpt may repeat a row", { excerpt: ["a", "a"] }, { excerpt: ["a", "a"] }],
    ["references may not", { evidenceRefs: [" a", "a"] }, { evidenceRefs: ["a"] }],
    ["what no database holds is replaced", { detail: "a\u0000\ud83d" }, { detail: "a\uFFFD\uFFFD" }],
    ["attributes too", { attributes: { runId: " r ", actor: " " } }, { attributes: { runId: "r" } }],
    ["attributes it does not know are dropped", { attributes: { secret: "x" } as never }, { attributes: {} }],
    ["the time stays", { occurredAtMs: 5 }, { occurredAtMs: 5 }],
  ])("%s", (_, given, expected) => {
    const nothing = { excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {} };
    expect(normalise(given)).toEqual({ ...nothing, occurredAtMs: undefined, ...expected });
  });

  it("keeps the first fifty rows", () => {
    const rows = Array.from({ length: 60 }, (_, at) => `row ${at}`);
    const { excerpt, evidenceRefs, externalCorrelationIds } = normalise({
      excerpt: rows,
      evidenceRefs: rows,
      externalCorrelationIds: rows,
    });
    for (const kept of [excerpt, evidenceRefs, externalCorrelationIds]) {
      expect(kept).toEqual(rows.slice(0, reportLimits.listRows));
    }
  });

  it("doing it again changes nothing", () => {
    const once = normalise({
      title: " a\u0000 ",
      excerpt: [" x "],
      evidenceRefs: [" b "],
      attributes: { actor: " c " },
    });
    expect(normaliseReport(once)).toEqual(once);
  });
});
