import { describe, expect, it } from "vitest";
import type { LogPreviewWire, PreviewedLineWire } from "@/lib/contracts/log-source";
import { foldQuiet, foldWords, groupLines, previewSentence, verdictWords } from "./preview-words";

const line = (offset_start: number, verdict: PreviewedLineWire["verdict"], candidate: number | null = null) =>
  ({ offset_start, verdict, candidate }) as PreviewedLineWire;
const candidate = (occurrences: number, incident_id: string | null) =>
  ({ occurrences, incident_id }) as LogPreviewWire["candidates"][number];
const lines = Array.from({ length: 50 }, (_, at) => line(at, "below_level"));

describe("what would have become an incident", () => {
  it.each([
    [[], [], "The file is empty."],
    [lines.slice(0, 1), [], "No failure in the last line."],
    [lines, [], "No failure in the last 50 lines."],
    [lines, [candidate(1, null)], "1 failure in the last 50 lines would have become 1 new incident."],
    [
      lines,
      [candidate(2, "inc_1")],
      "2 failures in the last 50 lines would have been counted on 1 incident that exists.",
    ],
    [
      lines,
      [candidate(2, null), candidate(1, null), candidate(1, "inc_1")],
      "4 failures in the last 50 lines would have become 3 incidents, 2 of them new.",
    ],
  ])("%#", (of, candidates, sentence) => {
    expect(previewSentence({ lines: of, candidates })).toBe(sentence);
  });
});

it("a trace stands together, and the same failure again begins anew", () => {
  const groups = groupLines([
    line(0, "below_level"),
    line(10, "candidate", 0),
    line(20, "part_of_candidate", 0),
    line(30, "part_of_candidate", 0),
    line(40, "candidate", 0),
    line(50, "candidate", 1),
    line(60, "not_a_record"),
  ]);
  expect(groups.map((group) => [group.candidate, group.lines.length])).toEqual([
    [null, 1],
    [0, 3],
    [0, 1],
    [1, 1],
    [null, 1],
  ]);
});

describe("lines that mean nothing", () => {
  const quiet = Array.from({ length: 20 }, (_, at) => line(at, at === 3 ? "ignored" : "below_level"));

  it("are folded before a failure, but for the two that lead to it", () => {
    const folds = foldQuiet(groupLines([...quiet, line(90, "candidate", 0), line(91, "below_level")]));
    expect(folds.map((fold) => ("folded" in fold ? fold.folded.length : fold.group.key))).toEqual([
      ...[18, "18", "19", "90", "91"],
    ]);
    const [first] = folds;
    expect(first && "folded" in first && foldWords(first.folded)).toBe("18 lines: 17 below level, 1 ignored");
  });

  it("stay where there is nothing else, and where they are few", () => {
    expect(foldQuiet(groupLines(quiet)).every((fold) => "group" in fold)).toBe(true);
    const few = foldQuiet(groupLines([...quiet.slice(0, 5), line(90, "quarantined")]));
    expect(few).toHaveLength(6);
  });
});

it.each([
  ["candidate", 0, "incident 1"],
  ["part_of_candidate", 2, "part of 3"],
  ["quarantined", null, "set aside"],
] as const)("%s of %s reads %s", (verdict, of, words) => {
  expect(verdictWords(line(0, verdict, of))).toBe(words);
});
