import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldMapping } from "./log-fields";
import { levelPeek } from "./log-peek";
import { parseJsonLine, readFields } from "./log-structured";

describe("the level of a line that is not parsed", () => {
  it.each<[string, number | null]>([
    ['{"level":"info","msg":"error"}', 3],
    ['{"time":1,"level":30,"msg":"x"}', 3],
    ['{"severity" : "DEBUG"}', 2],
    ['{"level":"error"}', 5],
    ['{"Level":"Information"}', 3],
    ['{"msg":"a, \\"level\\":\\"error\\"","level":"info"}', 3],
    // Only parsing can tell:
    ['{"ctx":{"level":"info"},"severity":"error"}', null],
    ['{"severity":"info","level":"error"}', null],
    ['{"level":"info","level":"error"}', null],
    ['{"level":"info","l\\u0065vel":"error"}', null],
    ['{"level":{"name":"info"}}', null],
    ['{"level":"loud"}', null],
    ['{"level":3.5}', null],
    ['{"msg":"x"}', null],
    ["", null],
  ])("%s", (text, rank) => expect(levelPeek({})(text)).toBe(rank));

  it("an own key comes first, and one that is nested can only be parsed", () => {
    expect(levelPeek({ level: ["sev"] })('{"sev":"info","level":"error"}')).toBe(3);
    expect(levelPeek({ level: ["sev"] })('{"level":"info","sev":"error"}')).toBeNull();
    expect(levelPeek({ level: ["ctx.sev"] })('{"level":"info"}')).toBeNull();
  });

  it("never tells another level than parsing does", () => {
    const key = fc.constantFrom(
      "level",
      "Level",
      "severity",
      "lvl",
      "log.level",
      "sev",
      "SEV",
      "msg",
      "log",
      'a,"level',
      "{",
    );
    const value = fc.oneof(
      fc.constantFrom(
        "info",
        "error",
        "debug",
        30,
        50,
        "50",
        3,
        3.5,
        null,
        "loud",
        ',"level":"info"',
        '{"level":30,',
      ),
      fc.record({ level: fc.constantFrom("info", "error", 30) }),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const mapping = fc.constantFrom<FieldMapping>({}, { level: ["sev"] }, { level: ["msg.level"] });
    const pair = fc
      .tuple(key, value)
      .map(([name, said]) => `${JSON.stringify(name)}:${JSON.stringify(said)}`);
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 5 }),
        mapping,
        fc.constantFrom("", " "),
        (pairs, own, space) => {
          const text = `{${pairs.join(`,${space}`)}}`;
          const rank = levelPeek(own)(text);
          const fields = parseJsonLine(text);
          if (rank !== null && fields)
            expect(readFields(fields, text, "json", { mapping: own }).levelRank).toBe(rank);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
