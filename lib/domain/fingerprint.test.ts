import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { fingerprintOf, messageTemplate, scopeKeyOf } from "./fingerprint";
import type { FailureReport } from "./report";

const unbound = { projectId: null, logSourceId: null, repo: "acme/shop" };
const report = (fields: Partial<FailureReport> = {}): FailureReport => ({
  title: "TypeError: Cannot read properties of undefined (reading 'amount')",
  event: "settlement.failed",
  component: "settle",
  excerpt: ["    at settleBatch (/srv/app/src/settle/batch.ts:118:41)"],
  evidenceRefs: [],
  externalCorrelationIds: [],
  attributes: {},
  ...fields,
});
const of = (fields: Partial<FailureReport> = {}, origin = unbound) =>
  fingerprintOf(report(fields), origin, sha256Hex);

describe("messageTemplate: what varies between sightings is replaced by its kind", () => {
  it.each([
    [
      "case 18: a reason without ids stays as it is",
      "connection refused by upstream",
      "connection refused by upstream",
    ],
    ["a run's UUID", "run 7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11 failed", "run <uuid> failed"],
    ["a UUID in capitals", "7F9C1A52-3D10-4A53-9F6E-0D2B7A1C9E11", "<uuid>"],
    ["a time", "at 2026-06-29T12:01:02.345Z", "at <time>"],
    ["an address with its port", "connect 10.0.3.7:5432", "connect <host>"],
    ["a URL", "GET https://shop.example/a?b=1 failed", "GET <url> failed"],
    ["a path", "ENOENT /var/lib/shop/a.json", "ENOENT <path>"],
    ["a commit", "build deadbeef12 broke", "build <n> broke"],
    ["a word of hexadecimal letters only", "facade deadbeef", "facade <n>"],
    ["numbers", "took 1,024.5 ms of 30", "took <n> of <n>"],
    ["a redaction, whatever was there", "token [redacted:bearer] refused", "token <redacted> refused"],
    ["space", "  a \n\t b  ", "a b"],
    ["nothing", "", ""],
  ])("%s", (_, message, template) => {
    expect(messageTemplate(message)).toBe(template);
  });

  it("is idempotent, bounded and can be stored", () => {
    const variable = fc.constantFrom(
      ...[
        "7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11",
        "/srv/app/a.ts",
        "http://x/1",
        "0xff",
        "12,5",
        "10.0.0.1:80",
      ],
      ...["[redacted:bearer]", "2026-06-29T12:01:02Z", "deadbeef12", "<n>", "v2", "(7)", "a=1;", "\u0000"],
    );
    const words = fc.array(
      fc.oneof(variable, fc.lorem({ maxCount: 1 }), fc.constantFrom("😀", "é", "\ud83d")),
    );
    fc.assert(
      fc.property(words, (all) => {
        const template = messageTemplate(all.join(" "));
        expect(messageTemplate(template)).toBe(template);
        expect(template.length).toBeLessThanOrEqual(300);
        expect(template.isWellFormed()).toBe(true);
      }),
    );
  });

  it("a cut never leaves space or half a character at the end", () => {
    expect(messageTemplate(`${"a".repeat(299)} b`)).toBe("a".repeat(299));
    expect(messageTemplate(`${"a".repeat(299)}😀`).isWellFormed()).toBe(true);
  });
});

describe("identity (D-13)", () => {
  it.each<[string, Partial<FailureReport>]>([
    ["ids of the run (W-08)", { attributes: { runId: "r-2", sessionId: "s-2", correlationId: "c-2" } }],
    ["a UUID inside the message", { title: "TypeError: run 11111111-2222-4333-8444-555555555555 stopped" }],
    ["line and column", { excerpt: ["    at settleBatch (/srv/app/src/settle/batch.ts:9:1)"] }],
    ["where the app lies", { excerpt: ["    at settleBatch (/home/ci/build/src/settle/batch.ts:118:41)"] }],
    ["risk, confidence and evidence", { riskLevel: "high", confidence: "low", evidenceRefs: ["log:1"] }],
    ["when it happened", { occurredAtMs: 5 }],
    ["the case of the event", { event: "Settlement.Failed" }],
  ])("does not depend on %s", (_, fields) => {
    const base = fields.title ? { title: "TypeError: run 99999999-2222-4333-8444-555555555555 stopped" } : {};
    expect(of(fields).value).toBe(of(base).value);
  });

  it.each<[string, Partial<FailureReport>]>([
    ["the exception's type", { title: "RangeError: Cannot read properties of undefined (reading 'amount')" }],
    ["the message's words", { title: "TypeError: amount is not a function" }],
    ["the frame", { excerpt: ["    at refundBatch (/srv/app/src/settle/batch.ts:118:41)"] }],
    ["the event", { event: "refund.failed" }],
    ["the component", { component: "refund" }],
  ])("depends on %s", (_, fields) => {
    expect(of(fields).value).not.toBe(of().value);
  });

  it("the root cause tells the same wrapper's failures apart, and is named", () => {
    const failed = (cause: string) =>
      of({ excerpt: ["    at settleBatch (/srv/app/src/settle/batch.ts:118:41)", `  [cause]: ${cause}`] });
    const refused = failed("Error: connect ECONNREFUSED 10.0.0.7:5432");
    expect(failed("Error: connect ECONNREFUSED 10.0.0.9:5432").value).toBe(refused.value);
    expect(failed("Error: connect ETIMEDOUT 10.0.0.7:5432").value).not.toBe(refused.value);
    expect(refused.parts[2]).toEqual({ name: "cause", value: "Error: connect ECONNREFUSED <host>" });
  });

  it("is of version 2 (decision 014)", () => expect(of().version).toBe(2));

  it("case 60: the line before does not matter, the error does (W-25)", () => {
    const lines = (error: string) => ({ title: undefined, excerpt: ["worker picked job", error] });
    expect(of(lines("TypeError: a is not a function")).value).not.toBe(
      of(lines("RangeError: too deep")).value,
    );
  });

  it("names what made it, for 'why grouped'", () => {
    expect(of().parts).toEqual([
      { name: "type", value: "TypeError" },
      { name: "template", value: "Cannot read properties of undefined (reading 'amount')" },
      { name: "frames", value: "settleBatch@settle/batch.ts" },
      { name: "event", value: "settlement.failed" },
      { name: "component", value: "settle" },
    ]);
    expect(of({ title: "It stopped", excerpt: [], attributes: { fileName: "batch.ts" } }).parts).toEqual([
      { name: "template", value: "It stopped" },
      { name: "event", value: "settlement.failed" },
      { name: "component", value: "settle" },
      { name: "file", value: "batch.ts" },
    ]);
  });

  it("reads the stack wherever it was put", () => {
    const stack = "TypeError: x\n    at run (/app/src/run.js:1:1)";
    const bare = { title: undefined, excerpt: [], detail: undefined };
    expect(of({ ...bare, excerpt: [stack] }).value).toBe(of({ ...bare, detail: stack }).value);
    expect(of({ ...bare, excerpt: stack.split("\n") }).value).toBe(of({ ...bare, detail: stack }).value);
  });
});

describe("a client's fingerprint", () => {
  it("decides, inside the scope, and is what the wire shows", () => {
    const mine = of({ fingerprint: "mine" });
    expect(mine).toMatchObject({ wireValue: "mine", parts: [{ name: "client", value: "mine" }] });
    expect(mine.value).toMatch(/^[0-9a-f]{64}$/);
    expect(of({ fingerprint: "mine", title: "Something else" }).value).toBe(mine.value);
  });

  it("cannot pose as a computed one (W-07)", () => {
    expect(of({ fingerprint: of().value }).value).not.toBe(of().value);
  });

  it("without one the wire shows the computed value", () => {
    expect(of().wireValue).toBe(of().value);
  });
});

it.each([
  [
    "a project's source",
    { projectId: "shop", logSourceId: "api", repo: "acme/shop" },
    "project:shop/source:api",
  ],
  [
    "a project without sources",
    { projectId: "shop", logSourceId: null, repo: "acme/shop" },
    "project:shop/source:-",
  ],
  [
    "no project: the repository, however written",
    { projectId: null, logSourceId: null, repo: "Acme/Shop" },
    "repo:acme/shop",
  ],
])("scope of %s", (_, origin, scope) => {
  expect(scopeKeyOf(origin)).toBe(scope);
});
