import { describe, expect, it } from "vitest";
import { isEvidenceReference, readLogEvidence } from "./read-evidence";

const content = {
  ...{ title: "Shop reported KeyError", log_path: "logs/worker.log", offset_start: 120, offset_end: 340 },
  ...{ raw_excerpt_redacted: ["ERROR KeyError: 'x'"], context: ["starting"], level: "error" },
  ...{
    event: "log.error",
    fingerprint: "abc",
    parser_format: "plaintext",
    detected_at_ms: 7,
    truncated: false,
  },
};

describe("what was kept of a log", () => {
  it("is read with its lines, their context and where they stood", () => {
    expect(readLogEvidence({ kind: "log_source", content })).toMatchObject({
      ...{ path: "logs/worker.log", offsets: { start: 120, end: 340 }, lines: ["ERROR KeyError: 'x'"] },
      ...{ context: ["starting"], detectedAtMs: 7, truncated: false },
    });
  });

  it.each([
    ["a list", []],
    ["a text where lines belong", { raw_excerpt_redacted: "x", context: [1, "two"], offset_start: "0" }],
    ["nothing", {}],
  ])("content that is %s breaks nothing", (_, given) => {
    const read = readLogEvidence({ kind: "log_source", content: given });
    expect(read?.lines).toEqual([]);
    expect(read?.offsets).toBeNull();
  });

  it("is null for evidence of another kind, and for no content", () => {
    expect(readLogEvidence({ kind: "assessment_report", content })).toBeNull();
    expect(readLogEvidence({ kind: "log_source", content: null })).toBeNull();
  });
});

it.each([
  ["tandem://incident-monitor/shop/logs/worker#offset=0-9", true],
  ["https://example.com/tandem://incident-monitor/", false],
  ["tandem://elsewhere/shop", false],
])("%s: ours %s", (reference, ours) => {
  expect(isEvidenceReference(reference)).toBe(ours);
});
