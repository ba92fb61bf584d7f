import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClues } from "./report-clues";

const clues = (more: { title?: string; detail?: string; excerpt?: string[] }) =>
  readClues({ title: "", detail: "", excerpt: [], ...more });

const trace = `Traceback (most recent call last):
  File "/app/shop/run.py", line 4, in main
  File "/app/.venv/lib/python3.12/site-packages/celery/app/trace.py", line 9, in call
  File "/app/shop/settle.py", line 7, in settle
ValueError: order 'a-1' could not be settled in time`;

describe("what a report says that can be looked up", () => {
  it("the trace of the detail, with its message and libraries", () => {
    const found = clues({ title: "settle failed", detail: trace, excerpt: trace.split("\n").slice(-2) });
    expect(found.traceField).toBe("detail");
    expect(found.places.map((place) => place.line)).toEqual([7, 9, 4]);
    expect(found.needles).toEqual(["could not be settled in time"]);
    expect(found.keys).toEqual(["a-1"]);
    expect(found.libraries).toEqual([{ kind: "python", name: "celery", version: null }]);
    expect(found.named).toEqual([]);
  });

  it("the excerpt leads where it holds more of the trace", () => {
    const found = clues({ detail: trace.split("\n").slice(-2).join("\n"), excerpt: trace.split("\n") });
    expect(found.traceField).toBe("excerpt");
    expect(found.places).toHaveLength(3);
  });

  it.each([
    ["whole", (rows: string[]) => rows],
    ["indented otherwise", (rows: string[]) => rows.map((row) => `    ${row.trim()}`)],
    ["cut behind the name of a call", (rows: string[]) => rows.slice(0, 4)],
  ])("a trace that both hold is listed once: %s", (_, inExcerpt) => {
    const go = ["panic: x", "", "goroutine 1 [running]:", "main.total(...)", "\t/srv/shop/main.go:12"];
    const rows = [...go, "main.main()", "\t/srv/shop/main.go:20 +0x1d"];
    const found = clues({ detail: rows.join("\n"), excerpt: inExcerpt(rows) });
    expect(found.places.map((place) => [place.function, place.line])).toEqual([
      ["main.total", 12],
      ["main.main", 20],
    ]);
  });

  it("another trace beside it comes behind", () => {
    const found = clues({ detail: trace, excerpt: ["X: y", "\tat a.B.c(B.java:3)"] });
    expect(found.places.map((place) => place.line)).toEqual([7, 9, 4, 3]);
  });

  it.each<[what: string, report: Parameters<typeof clues>[0], needle: string]>([
    [
      "the cause before what wraps it",
      {
        detail:
          "XError: the outer words say little\n\tat a.B.c(B.java:3)\nCaused by: YError: the inner words say more\n\tat a.B.d(B.java:4)",
      },
      "the inner words say more",
    ],
    [
      "no exception: the first row of the excerpt",
      { excerpt: ["rates could not be loaded"], title: "t" },
      "rates could not be loaded",
    ],
    [
      "else the detail",
      { detail: "\nthe worker stopped without warning" },
      "the worker stopped without warning",
    ],
    [
      "else what stands behind the title's colon",
      { title: "pay: card was declined twice" },
      "card was declined twice",
    ],
  ])("%s", (_, report, needle) => expect(clues(report).needles[0]).toBe(needle));

  it("files named beside the trace, not those of it", () => {
    const found = clues({ title: "settle.py fails with config/app.yml", detail: trace });
    expect(found.named).toEqual([{ path: "config/app.yml", line: null }]);
  });

  it("case 99: the failure's own words come before what says that something took too long", () => {
    const found = clues({
      title: "Triage timed out",
      detail: "The run exceeded its deadline of 1800000 ms while it was inspecting the report",
      excerpt: ["RateError: no exchange rate was found for the currency"],
    });
    expect(found.needles[0]).toContain("no exchange rate was found for the currency");
  });

  it("a trace in colours", () => {
    const coloured = trace.split("\n").map((line) => `\u001b[31m${line}\u001b[39m`);
    expect(clues({ detail: coloured.join("\n") }).places).toEqual(clues({ detail: trace }).places);
  });

  it("nothing", () => {
    expect(clues({})).toEqual({
      ...{ places: [], traceField: null, named: [], needles: [], keys: [], libraries: [] },
    });
  });
});

describe("hostile reports", () => {
  const pieces = [
    "at ",
    "a.ts:1 ",
    "'",
    "(",
    ":",
    "/",
    "\\",
    "\n",
    "Error: ",
    'File "',
    "Caused by: ",
    "x=1 ",
    "A_B ",
    "..",
    "\0",
  ];

  it.each([...pieces, "a.b.c(", "aaaa ", "'a' ", "a/b.py:"])("a quarter of a mebibyte of %j", (piece) => {
    const detail = piece.repeat(Math.floor(262_144 / piece.length));
    const lines = detail.match(/[^]{1,1900}/g) ?? [];
    expect(clues({ detail }).places.length).toBeLessThanOrEqual(200);
    expect(clues({ detail: lines.join("\n"), excerpt: lines }).places.length).toBeLessThanOrEqual(400);
  });

  it("total and bounded", () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 80 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (title, detail) => {
        const found = clues({ title, detail, excerpt: [title] });
        expect(found.needles.length).toBeLessThanOrEqual(4);
        expect(found.keys.length).toBeLessThanOrEqual(5);
        expect(found.named.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 500 },
    );
  });
});
