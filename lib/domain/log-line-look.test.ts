import { describe, expect, it } from "vitest";
import { aLogSource, aProject } from "@/lib/testing/configs";
import { createLogAssembler } from "./log-assembler";
import { detectFormat, findFields, lookAtLine, verdictOf } from "./log-line-look";
import type { LogFormat, LogReading } from "./log-reading";
import { logRules } from "./log-reading-rules";
import { bindSource } from "./source-binding";

const nowMs = Date.UTC(2026, 5, 29, 12);
const rulesOf = (format: LogFormat = "auto", reading?: LogReading) =>
  logRules(aLogSource({ format, reading }), bindSource(aProject()));

describe("one line by itself", () => {
  it.each<[string, LogFormat, string, object | null]>([
    [
      "JSON",
      "auto",
      '{"level":"error","msg":"no route","service":"pay"}',
      { format: "json", level: "error", message: "no route", component: "pay" },
    ],
    [
      "JSON below the level",
      "auto",
      '{"level":"info","msg":"started"}',
      { format: "json", level: "info", message: "started" },
    ],
    [
      "logfmt",
      "auto",
      'level=warn msg="slow answer"',
      { format: "logfmt", level: "warn", message: "slow answer" },
    ],
    [
      "text with a level",
      "auto",
      "2026-06-29 11:00:00 ERROR ledger: no such account",
      { format: "plaintext", level: "error" },
    ],
    ["text without one", "plaintext", "listening on port 80", { format: "plaintext", level: null }],
    ["a container's line", "cri", "2026-06-29T11:00:00Z stderr F panic: out of memory", { format: "cri" }],
    [
      "JSON in a container's line",
      "docker",
      '{"log":"{\\"level\\":\\"error\\",\\"msg\\":\\"no route\\"}\\n","stream":"stderr","time":"2026-06-29T11:00:00Z"}',
      { format: "docker", level: "error", message: "no route" },
    ],
    ["text in a JSON log", "json", "ERROR not json", null],
    ["text in a container's log", "cri", "ERROR not cri", null],
    ["nothing", "auto", "   ", null],
  ])("%s", (_, format, text, said) => {
    const record = lookAtLine(text, rulesOf(format), nowMs);
    if (said === null) expect(record).toBeNull();
    else expect(record).toMatchObject(said);
  });
});

/** What is said of each line, by what was put together of all of them. */
function verdictsOf(texts: string[], rules = rulesOf()) {
  let offset = 0;
  const lines = texts.map((text) => {
    const offsetStart = offset;
    offset += text.length + 1;
    return { text, offsetStart, offsetEnd: offset, truncated: false };
  });
  const assembler = createLogAssembler(rules, () => nowMs);
  for (const line of lines) assembler.push(line);
  assembler.flush();
  const found = assembler.take();
  return lines.map((line) => verdictOf(line.offsetStart, lookAtLine(line.text, rules, nowMs), found, rules));
}

describe("what became of each line", () => {
  it("a failure, its trace, and what is none", () => {
    const texts = [
      "2026-06-29 11:00:00 INFO started",
      "2026-06-29 11:00:01 ERROR payment failed",
      "    at pay (/srv/pay.js:10:3)",
      "2026-06-29 11:00:02 INFO next",
      "2026-06-29 11:00:03 ERROR refund failed",
    ];
    expect(verdictsOf(texts)).toEqual([
      { verdict: "below_level", candidate: null },
      { verdict: "candidate", candidate: 0 },
      { verdict: "part_of_candidate", candidate: 0 },
      { verdict: "below_level", candidate: null },
      { verdict: "candidate", candidate: 1 },
    ]);
  });

  it("what is ignored by a pattern, what is of another format, and what was set aside", () => {
    const ignoring = rulesOf("auto", { ignorePatterns: ["health"] });
    expect(verdictsOf(['{"level":"error","msg":"health check"}'], ignoring)).toEqual([
      { verdict: "ignored", candidate: null },
    ]);
    const json = rulesOf("json", { requiredFields: ["component"] });
    expect(
      verdictsOf(["just words", '{"level":"error","msg":"x"}', '{"level":"info","msg":"x"}'], json),
    ).toEqual([
      { verdict: "not_a_record", candidate: null },
      { verdict: "quarantined", candidate: null },
      { verdict: "below_level", candidate: null },
    ]);
  });
});

describe("what a log is made of", () => {
  it("its format is that of most lines", () => {
    const rules = rulesOf();
    const records = ['{"level":"info","msg":"a"}', '{"level":"info","msg":"b"}', "words", ""].map((text) =>
      lookAtLine(text, rules, nowMs),
    );
    expect(detectFormat(records)).toBe("json");
    expect(detectFormat([null])).toBeNull();
  });

  it("each field by the first key it was found under, mapped keys first", () => {
    const rules = rulesOf("auto", { fieldMapping: { message: ["what"] } });
    const records = [
      '{"level":"info","msg":"first","what":"told","log":{"logger":"pay"}}',
      '{"lvl":"warn"}',
    ].map((text) => lookAtLine(text, rules, nowMs));
    expect(findFields(records, rules)).toEqual([
      { field: "level", key: "level", example: "info" },
      { field: "message", key: "what", example: "told" },
      { field: "component", key: "log.logger", example: "pay" },
    ]);
  });
});
