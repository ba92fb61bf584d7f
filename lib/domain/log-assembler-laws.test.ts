import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logAssemblerOf, logRulesOf, readAtMs, toLogLines as toLines } from "@/lib/testing/log-lines";
import { openEnvelope } from "./log-envelope";
import { type LogFormat, type LogLine, logFormats } from "./log-reading";
import { logReport } from "./log-report";

const assemblerOf = (format: LogFormat) => logAssemblerOf({ format, minimumLevel: "warn" });

/** Lines as logs have them, in pieces that fit together and pieces that don't. */
const rows = fc.constantFrom(
  ...[
    "INFO fine",
    "ERROR failed",
    "WARN slow",
    "2026-07-01 11:00:00 ERROR x.y: failed",
    "2026-07-01 11:00:00 INFO fine",
    "",
  ],
  ...[
    "Traceback (most recent call last):",
    '  File "a.py", line 1, in f',
    "    raise E",
    "KeyError: 1",
    "  ",
    "Caused by: a.B: c",
  ],
  ...[
    "java.lang.IllegalStateException: closed",
    "\tat a.B.c(B.java:1)",
    "\t... 12 more",
    "panic: x",
    "goroutine 1 [running]:",
  ],
  ...[
    "main.main()",
    "\t/a.go:1 +0x1d",
    "thread 'main' panicked at a.rs:1:2:",
    "index out of bounds",
    "stack backtrace:",
    "}",
  ],
  ...[
    '{"level":"error","msg":"a"}',
    '{"level":"info","msg":"a"}',
    '{"level":',
    '{"a":1}',
    "level=error msg=x",
    "level=info msg=x",
  ],
  ...[
    "During handling of the above exception, another exception occurred:",
    "#0 /a.php(1): f()",
    "exit status 2",
  ],
);
const wrapped = fc
  .tuple(rows, fc.constantFrom("docker", "cri", "syslog"), fc.constantFrom("stdout", "stderr"), fc.boolean())
  .map(([row, kind, stream, isPart]) => {
    if (kind === "syslog") return `<${isPart ? 11 : 14}>Jul  1 10:00:00 h ${stream}[1]: ${row}`;
    if (kind === "cri") return `2026-07-01T11:00:00.1Z ${stream} ${isPart ? "P" : "F"} ${row}`;
    return JSON.stringify({ log: isPart ? row : `${row}\n`, stream, time: "2026-07-01T11:00:00Z" });
  });
const bytes = fc
  .uint8Array({ maxLength: 60 })
  .map((each) => new TextDecoder().decode(each).replace(/[\r\n]/g, " "));
const texts = fc.array(
  fc.oneof({ weight: 6, arbitrary: rows }, { weight: 6, arbitrary: wrapped }, bytes, fc.string()),
  {
    maxLength: 40,
  },
);

/** What comes after a piece of a line is the rest of it, whatever it would be by itself. */
const isPiece = (text: string) => openEnvelope(text, "auto")?.isPart === true;

type Range = { offsetStart: number; offsetEnd: number };

/** Everything found in the lines, taken after each of those that `takesAfter` names. */
function findIn(
  lines: readonly LogLine[],
  format: LogFormat,
  takesAfter: (index: number) => boolean = () => false,
) {
  const assembler = assemblerOf(format);
  const takes: Range[][] = [];
  const take = () => {
    const { candidates, quarantined } = assembler.take();
    takes.push([...candidates, ...quarantined].sort((a, b) => a.offsetStart - b.offsetStart));
  };
  lines.forEach((line, index) => {
    assembler.push(line);
    if (takesAfter(index)) take();
  });
  assembler.flush();
  take();
  return takes.flat();
}

const anyFormat = fc.constantFrom(...logFormats);

describe("whatever is written", () => {
  it("nothing throws, and what is found lies in the file, in its order, each line in one record", () => {
    fc.assert(
      fc.property(texts, anyFormat, fc.func(fc.boolean()), (given, format, takesAfter) => {
        const lines = toLines(given);
        const starts = new Set(lines.map(({ offsetStart }) => offsetStart));
        const ends = new Set(lines.map(({ offsetEnd }) => offsetEnd));
        const found = findIn(lines, format, (index) => takesAfter(index));
        for (const [index, range] of found.entries()) {
          expect([starts.has(range.offsetStart), ends.has(range.offsetEnd)]).toEqual([true, true]);
          expect(range.offsetEnd).toBeGreaterThan(range.offsetStart);
          if (index > 0) expect(range.offsetStart).toBeGreaterThan(found[index - 1]?.offsetStart ?? -1);
        }
        const oneStream = format === "json" || format === "logfmt" || format === "plaintext";
        if (!oneStream) return;
        for (const [index, range] of found.entries()) {
          if (index > 0) expect(range.offsetStart).toBeGreaterThanOrEqual(found[index - 1]?.offsetEnd ?? 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("no line that is a failure by itself is lost", () => {
    fc.assert(
      fc.property(texts, anyFormat, (given, format) => {
        const lines = toLines(given.filter((text) => !isPiece(text)));
        const found = findIn(lines, format);
        for (const line of lines) {
          if (findIn([line], format).length === 0) continue;
          const holds = ({ offsetStart, offsetEnd }: Range) =>
            line.offsetStart >= offsetStart && line.offsetEnd <= offsetEnd;
          expect([line.text, found.some(holds)]).toEqual([line.text, true]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("how often it is taken changes nothing", () => {
    fc.assert(
      fc.property(texts, anyFormat, fc.func(fc.boolean()), (given, format, takesAfter) => {
        const lines = toLines(given);
        expect(findIn(lines, format, (index) => takesAfter(index))).toEqual(findIn(lines, format));
      }),
      { numRuns: 300 },
    );
  });

  it("reading again from where it was open finds the rest, as if it had never stopped", () => {
    fc.assert(
      fc.property(texts, anyFormat, fc.nat(40), (given, format, stop) => {
        const lines = toLines(given);
        const assembler = assemblerOf(format);
        for (const line of lines.slice(0, stop)) assembler.push(line);
        const { candidates, quarantined } = assembler.take();
        const resume = assembler.openStart() ?? lines[Math.min(stop, lines.length) - 1]?.offsetEnd ?? 0;
        const rest = findIn(
          lines.filter(({ offsetStart }) => offsetStart >= resume),
          format,
        );
        const ranges = (found: readonly Range[]) =>
          found.map(({ offsetStart, offsetEnd }) => [offsetStart, offsetEnd]);
        const before = [...candidates, ...quarantined].sort((a, b) => a.offsetStart - b.offsetStart);
        expect([...ranges(before), ...ranges(rest)]).toEqual(ranges(findIn(lines, format)));
      }),
      { numRuns: 500 },
    );
  });

  it("a report can be made of all that is found, within its bounds", () => {
    fc.assert(
      fc.property(texts, anyFormat, (given, format) => {
        const assembler = assemblerOf(format);
        for (const line of toLines(given)) assembler.push(line);
        assembler.flush();
        for (const candidate of assembler.take().candidates) {
          const report = logReport(candidate, logRulesOf({ format }), readAtMs);
          expect(report.excerpt.length).toBeLessThanOrEqual(21);
          expect(Buffer.byteLength(report.title ?? "")).toBeLessThanOrEqual(214);
          expect(candidate.lines.length).toBeLessThanOrEqual(200);
          expect(candidate.context.length).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 300 },
    );
  });
});
