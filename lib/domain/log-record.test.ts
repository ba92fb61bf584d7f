import { describe, expect, it } from "vitest";
import {
  assembleLog as assemble,
  logAssemblerOf as assemblerOf,
  criLines as cri,
  dockerLines as docker,
} from "@/lib/testing/log-lines";
import type { LogFormat, LogReading } from "./log-reading";

describe("quarantine", () => {
  it.each<[string, LogFormat, string, string[]]>([
    [
      "a trace among JSON",
      "json",
      `{"level":"info"}\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1\n{"level":"info"}`,
      ["KeyError: 1"],
    ],
    ["text among logfmt", "logfmt", "level=info msg=x\nERROR boom", ["ERROR boom"]],
    ["a line without its envelope", "cri", "ERROR boom", ["ERROR boom"]],
    ["broken JSON", "json", '{"level":"error","msg":"bo', ['{"level":"error","msg":"bo']],
  ])("%s is not in the format", (_, format, text, last) => {
    const { candidates, quarantined } = assemble(text, { format });
    expect(candidates).toEqual([]);
    expect(quarantined).toMatchObject([{ reason: "not_in_format", detail: format }]);
    expect(quarantined[0]?.lines.at(-1)).toBe(last[0]);
  });

  it.each<[LogFormat, string]>([
    ["json", "starting up"],
    ["logfmt", "starting up"],
    ["syslog", "0 errors"],
    ["docker", ""],
  ])("in %s, %j does not matter", (format, text) =>
    expect(assemble(text, { format })).toEqual({ candidates: [], quarantined: [] }),
  );

  it("a line without an envelope goes on in the record that is open", () => {
    const text =
      "<11>Jul  1 10:00:00 h app[1]: Error: a\n    at f (a.js:1:2)\n<14>Jul  1 10:00:00 h app[1]: fine";
    const { candidates, quarantined } = assemble(text, { format: "syslog" });
    expect([candidates[0]?.lines, quarantined]).toEqual([["Error: a", "    at f (a.js:1:2)"], []]);
  });

  it("a required field is missing", () => {
    const reading: LogReading = { requiredFields: ["component", "timestamp"] };
    const text = [
      '{"level":"error","service":"api","time":1782900000,"msg":"a"}',
      '{"level":"error","service":"api","msg":"b"}',
      '{"level":"info"}',
      "2026-07-01 11:00:00 ERROR shop.pay: c",
      "ERROR d",
    ].join("\n");
    const { candidates, quarantined } = assemble(text, { reading });
    expect(candidates.map(({ record }) => record.message)).toEqual(["a", "c"]);
    expect(quarantined.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["required_field_missing", "timestamp"],
      ["required_field_missing", "component"],
    ]);
  });

  it("another schema version than the expected one; none is no other", () => {
    const text =
      '{"level":"error","msg":"a","schema_version":"2"}\n{"level":"error","msg":"b","schemaVersion":3}\nERROR c';
    const { candidates, quarantined } = assemble(text, { schema: "3" });
    expect(candidates.map(({ record }) => record.message)).toEqual(["b", "c"]);
    expect(quarantined).toMatchObject([
      { reason: "schema_version_mismatch", detail: "2", offsetStart: 0, lines: { length: 1 } },
    ]);
  });
});

describe("envelopes", () => {
  it("a container's time, syslog's process and severity, structured data's fields", () => {
    const text =
      '<11>1 2026-07-01T11:00:00Z h shop 42 - [s@1 fingerprint="fp" risk_level="high" actor="bot"] no route';
    expect(assemble(text).candidates).toMatchObject([
      {
        record: {
          ...{ format: "syslog", level: "error", message: "no route", component: "shop", process: "shop" },
          ...{
            fingerprint: "fp",
            riskLevel: "high",
            occurredAtMs: Date.UTC(2026, 6, 1, 11),
            attributes: { actor: "bot" },
          },
        },
      },
    ]);
  });

  it.each([
    ['<14>Jul  1 10:00:00 h app: {"level":"error","msg":"a"}', "a"],
    ['<14>Jul  1 10:00:00 h app: @cee: {"level":"error","msg":"a"}', "a"],
    ['<11>Jul  1 10:00:00 h app: {"msg":"a"}', "a"],
    [docker(['{"level":50,"msg":"a"}']), "a"],
    [docker(["level=error msg=a"]), "a"],
    [cri(['{"level":"error","msg":"a"}'], "stdout"), "a"],
    ['api-1  | {"level":"error","msg":"a"}', "a"],
  ])("what is inside is read as what it is: %s", (line, message) =>
    expect(assemble(line).candidates).toMatchObject([{ record: { message, levelRank: 5 } }]),
  );

  it("a line cut by the cap is told of as far as it goes", () => {
    const assembler = assemblerOf({ format: "json" });
    const text = '{"level":"error","ctx":{"a":1},"msg":"a","stack":"E: a\\n  at f (a.js:1';
    assembler.push({ text, offsetStart: 0, offsetEnd: 300_000, truncated: true });
    expect(assembler.take().candidates).toMatchObject([
      { truncated: true, record: { message: "a", stack: ["E: a", "  at f (a.js:1"] } },
    ]);
  });
});
