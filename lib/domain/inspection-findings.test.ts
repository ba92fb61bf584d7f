import { describe, expect, it } from "vitest";
import { type InspectedFacts, inspectionFindings } from "./inspection-findings";
import { readClues } from "./report-clues";
import type { CodeWindow, ReportedFrame } from "./triage";

const frame = (more: Partial<ReportedFrame>): ReportedFrame => ({
  ...{ text: "f", depth: 0, origin: "app", function: "settle", reportedPath: "/app/a.py", line: 7 },
  ...{ state: "resolved", path: "a.py" },
  ...more,
});
const window = (more: Partial<CodeWindow>): CodeWindow => ({
  ...{ path: "a.py", language: "Python", fromLine: 1, focusLine: 7, lines: ["x"] },
  enclosing: { name: "settle", kind: "function", fromLine: 5, toLine: 9 },
  ...more,
});
const facts = (more: Partial<InspectedFacts>): InspectedFacts => ({
  clues: readClues({ title: "", detail: 'File "/app/a.py", line 7, in settle', excerpt: [] }),
  ...{ rootNote: null, frames: [], windows: [], mentions: [], locked: [] },
  ...more,
});
const told = (more: Partial<InspectedFacts>) =>
  inspectionFindings(facts(more)).map(
    ({ rule, confidence, statement }) => `${rule} ${confidence}: ${statement}`,
  );
const top = (more: Partial<InspectedFacts>) => told(more).find((each) => each.startsWith("top_app_frame"));

describe("where it broke: the project's own frame nearest to it", () => {
  const lost = frame({ state: "not_found", path: null });

  it.each<[what: string, more: Partial<InspectedFacts>, confidence: string | undefined]>([
    ["the function is the one of the trace", { frames: [frame({})], windows: [window({})] }, "high"],
    ["nothing tells the function", { frames: [frame({})], windows: [window({ enclosing: null })] }, "high"],
    [
      "a nearer frame was not found",
      { frames: [lost, frame({ depth: 1 })], windows: [window({})] },
      "medium",
    ],
    ["another function", { frames: [frame({ function: "refund" })], windows: [window({})] }, "low"],
    [
      "beyond the file",
      { frames: [frame({ line: 99 })], windows: [window({ focusLine: null, enclosing: null })] },
      "low",
    ],
    [
      "libraries do not count",
      { frames: [frame({ origin: "library", state: "not_looked_for" })] },
      undefined,
    ],
    ["none found", { frames: [lost] }, undefined],
  ])("%s", (_, more, confidence) => expect(top(more)?.split(" ")[1]?.slice(0, -1)).toBe(confidence));

  it("is an inference, the only one, and names the source's function where the trace names none", () => {
    const found = inspectionFindings(
      facts({ frames: [frame({ function: "<listcomp>" })], windows: [window({})] }),
    );
    expect(found.filter((each) => each.certainty === "inference").map((each) => each.statement)).toEqual([
      "It broke in settle at a.py:7.",
    ]);
  });
});

describe("what was read", () => {
  it.each<[what: string, more: Partial<InspectedFacts>, statement: string]>([
    ["no root", { rootNote: "No folder." }, "root_unreadable high: No folder."],
    [
      "no trace",
      { clues: readClues({ title: "t", detail: "", excerpt: [] }) },
      "no_trace high: The report holds no stack trace.",
    ],
    [
      "outside",
      { frames: [frame({ state: "outside_root", path: null })] },
      "frame_outside_root high: 1 frame of the trace outside the project, first /app/a.py.",
    ],
    [
      "several",
      { frames: [frame({ state: "several", path: null }), frame({ state: "several", path: null })] },
      "frame_ambiguous high: 2 frames of the trace that fit several files of the project equally well, first /app/a.py.",
    ],
    [
      "a map",
      { frames: [frame({ mappedFrom: { path: "dist/a.js", line: 1, column: 90 } })] },
      "frame_mapped high: The source map leads from dist/a.js:1:90 to a.py:7.",
    ],
    [
      "the line",
      { frames: [frame({})], windows: [window({})] },
      "function_at_line high: Line 7 of a.py stands in settle, as the trace says.",
    ],
    [
      "the message",
      { mentions: [{ path: "a.py", line: 3, because: "message_literal", text: "x" }] },
      "message_written_here high: The words of the message are written at a.py:3.",
    ],
  ])("%s", (_, more, statement) => expect(told(more)).toContain(statement));

  it("a locked version, and one that ran as another", () => {
    const mention = { path: "Cargo.lock", line: 2, because: "locks_dependency" as const, text: "" };
    const library = { kind: "cargo" as const, name: "tokio", version: "1.36.0" };
    const locked = [{ library, name: "tokio", version: "1.35.0", mention }];
    expect(told({ locked })).toEqual([
      "library_version_locked high: Cargo.lock locks tokio at 1.35.0; the trace runs through it.",
      "library_version_differs high: tokio ran as 1.36.0 by its path, and Cargo.lock locks 1.35.0.",
    ]);
    expect(
      told({
        locked: [{ library: { ...library, version: "v1.35.0" }, name: "tokio", version: "1.35.0", mention }],
      }),
    ).toHaveLength(1);
  });

  it("at most eight frames and five mentions of a kind", () => {
    const frames = Array.from({ length: 30 }, (_, depth) => frame({ depth, line: depth + 1 }));
    const mentions = Array.from({ length: 30 }, (_, at) => ({
      path: "a.py",
      line: at + 1,
      because: "message_literal" as const,
      text: "x",
    }));
    const found = told({ frames, mentions });
    expect(found.filter((each) => each.startsWith("frame_resolved"))).toHaveLength(8);
    expect(found.filter((each) => each.startsWith("message_written_here"))).toHaveLength(5);
  });
});
