import { describe, expect, it } from "vitest";
import { levelOfNumber, levelOfOtelNumber, levelOfWord, passesThreshold, syslogLevel } from "./log-level";

describe("words", () => {
  it.each<[number, string[]]>([
    [6, ["fatal", "critical", "panic", "alert", "emergency", "dpanic", "F", "ERROR_FATAL", "kernel panic"]],
    [5, ["error", "ERR", " Error ", "severe", "exception", "fail", "E", "level.error"]],
    [4, ["warn", "WARNING", "wrn", "w", "warn2"]],
    [3, ["info", "notice", "inf", "success", "config"]],
    [2, ["debug", "dbg", "fine"]],
    [1, ["trace", "verbose", "silly"]],
    [0, ["critical-path", "constructor", "x", "08", "1e2"]],
  ])("rank %i", (rank, words) => {
    for (const word of words) expect([word, levelOfWord(word)?.rank]).toEqual([word, rank]);
  });

  it.each(["", "  ", "x".repeat(41)])("%j names none", (word) => expect(levelOfWord(word)).toBeNull());

  it("is shown in lower case", () => expect(levelOfWord("ERROR")).toEqual({ word: "error", rank: 5 }));
});

describe("numbers", () => {
  it.each([
    ...[
      [0, "emergency", 6],
      [2, "critical", 6],
      [3, "error", 5],
      [4, "warning", 4],
      [6, "info", 3],
      [7, "debug", 2],
    ],
    ...[
      [10, "trace", 1],
      [20, "debug", 2],
      [30, "info", 3],
      [40, "warn", 4],
      [50, "error", 5],
      [60, "fatal", 6],
    ],
    ...[
      [35, "info", 3],
      [55, "error", 5],
      [100, "fatal", 6],
    ],
  ] as Array<[number, string, number]>)("%i is %s", (number, word, rank) => {
    expect(levelOfNumber(number)).toEqual({ word, rank });
    expect(levelOfWord(String(number))).toEqual({ word, rank });
  });

  it.each([8, 9, 101, 500, -1, 3.5, Number.NaN, Number.POSITIVE_INFINITY])("%d is none", (number) =>
    expect(levelOfNumber(number)).toBeNull(),
  );

  it.each([
    [1, "trace", 1],
    [9, "info", 3],
    [13, "warn", 4],
    [17, "error", 5],
    [20, "error", 5],
    [24, "fatal", 6],
  ] as Array<[number, string, number]>)("OpenTelemetry's %i is %s", (number, word, rank) =>
    expect(levelOfOtelNumber(number)).toEqual({ word, rank }),
  );
  it.each([0, 25, 9.5])("OpenTelemetry has no %d", (number) => expect(levelOfOtelNumber(number)).toBeNull());

  it("syslog's 3 is an error", () => expect(syslogLevel(3)).toEqual({ word: "error", rank: 5 }));
});

describe("threshold", () => {
  it.each([
    ["error", 6, true],
    ["error", 5, true],
    ["error", 4, false],
    ["warn", 4, true],
    ["warn", 3, false],
    ["warn", 0, false],
  ] as const)("%s lets rank %i pass: %s", (threshold, rank, passes) =>
    expect(passesThreshold(rank, threshold)).toBe(passes),
  );
});
