import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "./config";
import { type FieldMapping } from "./log-fields";
import { parseJsonLine, readFields } from "./log-structured";

const read = (fields: JsonObject, mapping: FieldMapping = {}) =>
  readFields(fields, JSON.stringify(fields), "json", { mapping });

describe("what is one JSON record", () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['  {"a":1}  ', { a: 1 }],
    ['{"a":1},', { a: 1 }],
    ["[1]", null],
    ["1", null],
    ["null", null],
    ['{"a":', null],
    ["{}x", null],
    ["", null],
  ])("%j", (text, expected) => expect(parseJsonLine(text)).toEqual(expected));
});

describe("level (W-22)", () => {
  it.each<[string, JsonObject, string | null, number]>([
    ["level", { level: "ERROR" }, "error", 5],
    ["severity", { severity: "CRITICAL" }, "critical", 6],
    ["log.level nested", { log: { level: "error" } }, "error", 5],
    ["log.level flat", { "log.level": "error" }, "error", 5],
    ["lvl", { lvl: "eror" }, "eror", 0],
    ["the contract's order", { lvl: "error", severity: "info" }, "info", 3],
    ["pino and bunyan", { level: 50, msg: "x" }, "error", 5],
    ["as text", { level: "60" }, "fatal", 6],
    ["syslog", { severity: 3 }, "error", 5],
    ["OpenTelemetry's text first", { severity_text: "WARN", severity_number: 17 }, "warn", 4],
    ["OpenTelemetry's number", { severityNumber: 17 }, "error", 5],
    ["CLEF", { "@l": "Error" }, "error", 5],
    ["a number under a key that is not named for it", { "@l": 3 }, null, 0],
    ["hclog", { "@level": "error" }, "error", 5],
    ["Python", { levelname: "ERROR" }, "error", 5],
    [".NET", { LogLevel: "Error" }, "error", 5],
    ["loguru", { record: { level: { name: "ERROR", no: 40 } } }, "error", 5],
    ["journald", { PRIORITY: "3", MESSAGE: "x" }, "error", 5],
    ["a priority is no level elsewhere", { priority: 1, message: "queued" }, null, 0],
    ["none", { message: "x" }, null, 0],
    ["an object is none", { level: { a: 1 } }, null, 0],
    ["one that is unknown gives way to one that is not", { level: "loud", severity: "error" }, "error", 5],
    ["inferred from a trace", { message: "x", stack: "Error: x\n    at f (a.js:1:2)" }, null, 5],
    ["inferred from an exception's type", { message: "x", exception: { type: "KeyError" } }, null, 5],
    ["a level said is not overruled", { level: "info", stack: "Error: x" }, "info", 3],
    ["an error that is null says nothing", { message: "x", error: null, stack: "" }, null, 0],
    ["an error beside no level says too little", { message: "x", error: "refused" }, null, 0],
  ])("%s", (_, fields, level, rank) => expect(read(fields)).toMatchObject({ level, levelRank: rank }));

  it("a mapped key comes first, and may hold a number or a letter", () => {
    expect(read({ sev: "E", level: "info" }, { level: ["sev"] })).toMatchObject({
      level: "error",
      levelRank: 5,
    });
    expect(read({ a: { b: 50 } }, { level: ["a.b"] }).levelRank).toBe(5);
    expect(read({ level: "error" }, { level: ["sev"] }).levelRank).toBe(5);
  });
});

describe("message and trace", () => {
  it.each<[string, JsonObject, string, string[]]>([
    ["message", { message: "m", msg: "n" }, "m", []],
    ["msg", { msg: "m" }, "m", []],
    ["error as text", { error: "refused" }, "refused", []],
    ["exception.message", { exception: { message: "m" } }, "m", []],
    ["a number", { message: 12 }, "12", []],
    ["missing: the line", { level: "error" }, '{"level":"error"}', []],
    [
      "an error beside the message is told",
      { msg: "no connection", error: "dial tcp: refused" },
      "no connection",
      ["dial tcp: refused"],
    ],
    [
      "the same one is not told twice",
      { msg: "x", error: "boom", stack: "boom\n  at f (a.js:1:2)" },
      "x",
      ["boom", "  at f (a.js:1:2)"],
    ],
    ["a flag is no error", { msg: "x", error: true }, "x", []],
    ["structlog's message is its event", { event: "could not settle order" }, "could not settle order", []],
    ["lines after the first", { message: "a\nb\n\nc" }, "a", ["b", "c"]],
    [
      "a trace that begins with the message",
      { message: "Error: x", stack: "Error: x\n  at f (a.js:1:2)" },
      "Error: x",
      ["  at f (a.js:1:2)"],
    ],
    [
      "pino",
      { msg: "m", err: { type: "E", message: "m", stack: "E: m\n  at f (a.js:1:2)" } },
      "m",
      ["E: m", "  at f (a.js:1:2)"],
    ],
    ["ECS", { message: "m", "error.stack_trace": "E: m" }, "m", ["E: m"]],
    ["CLEF", { "@mt": "m {x}", "@m": "m 1", "@x": "E: m" }, "m 1", ["E: m"]],
    ["zap", { msg: "m", stacktrace: "main.f\n\t/a.go:1" }, "m", ["main.f", "\t/a.go:1"]],
    ["lines as a list", { msg: "m", exception: { stacktrace: ["a", "b"] } }, "m", ["a", "b"]],
    [
      "frames as objects",
      {
        msg: "m",
        stack: [
          { func: "inner", line: "20", source: "errors.go" },
          { method: "run", className: "a.B", fileName: "B.java", lineNumber: 3 },
        ],
      },
      "m",
      ["    at inner (errors.go:20:0)", "    at a.B.run(B.java:3)"],
    ],
    [
      "structlog's traceback",
      {
        event: "m n",
        exception: [
          { exc_type: "KeyError", exc_value: "k", frames: [{ filename: "a.py", lineno: 3, name: "f" }] },
        ],
      },
      "m n",
      ["KeyError: k", "    at f (a.py:3:0)"],
    ],
    ["no words at all", {}, "{}", []],
  ])("%s", (_, fields, message, stack) => expect(read(fields)).toMatchObject({ message, stack }));
});

describe("the other fields", () => {
  it("nested, flat and in any spelling", () => {
    expect(
      read({
        ...{
          event: { name: "order.settle" },
          service: "api",
          process: { name: "worker" },
          fingerprint: "fp-1",
        },
        ...{ "risk.level": "CRITICAL", confidence: "low", schemaVersion: 3, time: 1_782_734_401_123 },
        ...{
          agentID: "a1",
          "llm.model": "m1",
          toolName: "t1",
          action: { tool: "unused" },
          operation: "refund",
        },
        ...{ approval: { policy: "p1", status: "granted" }, riskType: "money", impact: "all shops" },
        ...{
          external: { correlation_ids: "x, y,x" },
          externalId: "z",
          runId: "r1",
          session_id: "s1",
          traceId: "c1",
        },
      }),
    ).toMatchObject({
      ...{
        event: "order.settle",
        component: "api",
        process: "worker",
        fingerprint: "fp-1",
        riskLevel: "critical",
      },
      ...{ confidence: "low", schemaVersion: "3", occurredAtMs: 1_782_734_401_123 },
      attributes: {
        ...{
          actor: "a1",
          model: "m1",
          toolName: "t1",
          action: "refund",
          policy: "p1",
          approvalState: "granted",
        },
        ...{
          riskCategory: "money",
          blastRadius: "all shops",
          runId: "r1",
          sessionId: "s1",
          correlationId: "c1",
        },
      },
      externalCorrelationIds: ["x", "y", "z"],
    });
  });

  it.each([
    ["plain", { release: "checkout@4.2.0", environment: "prod" }],
    ["OpenTelemetry", { resource: { "service.version": "4.2.0", "deployment.environment.name": "eu" } }],
    ["Elastic", { service: { name: "api", version: "4.2.0", environment: "eu" } }],
    ["Datadog", { dd: { version: "4.2.0", env: "eu" } }],
  ])("the release that failed and where it ran, as %s has them", (_, fields) => {
    expect(read(fields).attributes).toMatchObject({
      release: expect.stringMatching(/4\.2\.0$/),
      environment: expect.stringMatching(/^(?:prod|eu)$/),
    });
  });

  it("a bare version is no release, and an object is no environment", () => {
    const { attributes } = read({ version: "1.1", "@version": "1", env: { HOME: "/root" } });
    expect([attributes.release, attributes.environment]).toEqual([undefined, undefined]);
  });

  it("case 51: a value is cut on a character's boundary, and says so", () => {
    const { attributes } = read({
      actor: "ü".repeat(100),
      approval_state: "ü".repeat(100),
      blast_radius: "b".repeat(300),
    });
    expect(attributes.actor).toBe(`${"ü".repeat(80)}...<truncated>`);
    expect(attributes.approvalState).toBe(`${"ü".repeat(60)}...<truncated>`);
    expect(attributes.blastRadius).toBe(`${"b".repeat(240)}...<truncated>`);
  });

  it("at most 20 ids of 160 bytes", () => {
    const ids = read({
      external_ids: Array.from({ length: 30 }, (_, n) => `${n}${"x".repeat(200)}`),
    }).externalCorrelationIds;
    expect(ids).toHaveLength(20);
    expect(ids[0]).toBe(`0${"x".repeat(159)}...<truncated>`);
  });

  it("a risk or confidence nobody knows is left out, and so is a fingerprint that is too long", () => {
    const record = read({ risk: "spicy", confidence: "sure", fingerprint: "f".repeat(513) });
    expect(record).toMatchObject({ riskLevel: undefined, confidence: undefined, fingerprint: undefined });
  });

  it("a mapped key is asked first", () => {
    const mapping = { message: ["ctx.what"], fingerprint: ["ctx.id"], timestamp: ["ctx.at"] };
    const fields = { message: "m", fingerprint: "f", ctx: { what: "w", id: 7, at: "2026-06-29T12:00:01Z" } };
    expect(read(fields, mapping)).toMatchObject({
      message: "w",
      fingerprint: "7",
      occurredAtMs: 1_782_734_401_000,
    });
  });

  it("a key of the prototype is no field", () => {
    expect(read(JSON.parse('{"__proto__":{"level":"error","message":"x"}}'))).toMatchObject({ level: null });
    expect(read({ constructor: { name: "x" } }).event).toBeUndefined();
  });
});

it("total over any object", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (fields, value) => {
      for (const key of ["level", "message", "stack", "exception", "time", "fingerprint", "external_ids"]) {
        const record = read({ ...fields, [key]: value });
        expect(typeof record.message).toBe("string");
        expect(record.stack.every((row) => typeof row === "string" && !row.includes("\n"))).toBe(true);
      }
    }),
  );
});
