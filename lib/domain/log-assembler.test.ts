import { describe, expect, it } from "vitest";
import {
  assembleLog as assemble,
  logAssemblerOf as assemblerOf,
  criLines as cri,
  dockerLines as docker,
  toLogLines,
} from "@/lib/testing/log-lines";
import type { LogLine } from "./log-reading";

const linesOf = (text: string) => toLogLines(text.split("\n"));

/** A trace, the first line of what it says, and how many of its lines belong. */
const traces: Array<[string, string, string]> = [
  [
    "Python, chained",
    `Traceback (most recent call last):
  File "/app/pay.py", line 12, in charge
    raise OutOfStock("sku 12")
shop.errors.OutOfStock: sku 12

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/pay.py", line 20, in retry
RuntimeError: gave up`,
    "RuntimeError: gave up",
  ],
  [
    "Python behind its log line",
    `2026-07-01 11:00:00,123 - shop.pay - ERROR - settle failed
Traceback (most recent call last):
  File "/app/pay.py", line 12, in charge
KeyError: 'amount'`,
    "settle failed",
  ],
  [
    "JavaScript",
    `TypeError: Cannot read properties of undefined (reading 'x')
    at charge (/srv/app/pay.js:12:3)
    at run (/srv/app/run.js:3:9) {
  code: 'EX',
  [cause]: Error: deeper
      at f (/srv/app/f.js:1:1)
}`,
    "TypeError: Cannot read properties of undefined (reading 'x')",
  ],
  [
    "Java behind its log line, the exception on a line of its own",
    `2026-07-01 11:00:00,123 ERROR [main] com.acme.Orders - settle failed
java.lang.IllegalStateException: closed
\tat com.acme.Orders.take(Orders.java:42)
Caused by: java.io.IOException: broken pipe
\t... 12 more`,
    "settle failed",
  ],
  [
    "Kotlin, uncaught",
    `Exception in thread "main" kotlin.KotlinNullPointerException
\tat com.acme.OrdersKt.main(Orders.kt:7)`,
    'Exception in thread "main" kotlin.KotlinNullPointerException',
  ],
  [
    "Go",
    `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x45e5a1]

goroutine 1 [running]:
main.(*Cart).Total(...)
\t/srv/app/cart.go:12
main.main()
\t/srv/app/main.go:8 +0x1d
exit status 2`,
    "panic: runtime error: invalid memory address or nil pointer dereference",
  ],
  [
    "Rust",
    `thread 'main' panicked at src/main.rs:3:5:
index out of bounds: the len is 3 but the index is 5
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a/library/std/src/panicking.rs:645:5
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace`,
    "index out of bounds: the len is 3 but the index is 5",
  ],
  [
    "Ruby",
    `app.rb:3:in 'charge': declined (PaymentError)
\tfrom app.rb:9:in 'block in <main>'
\tfrom app.rb:8:in 'Array#each'`,
    "app.rb:3:in 'charge': declined (PaymentError)",
  ],
  [
    "PHP",
    `PHP Fatal error:  Uncaught RuntimeException: late in /app/x.php:12
Stack trace:
#0 /app/index.php(3): settle()
#1 {main}
  thrown in /app/x.php on line 12`,
    "PHP Fatal error:  Uncaught RuntimeException: late in /app/x.php:12",
  ],
  [
    ".NET",
    `Unhandled exception. System.InvalidOperationException: closed
 ---> System.IO.IOException: broken pipe
   at Shop.Settle.Run() in /src/Settle.cs:line 42
   --- End of inner exception stack trace ---
   at Shop.Program.Main()`,
    "Unhandled exception. System.InvalidOperationException: closed",
  ],
];
const before = "2026-07-01 10:59:59 INFO next batch";
const after = "2026-07-01 11:00:01 INFO next batch";
const written = (trace: string) => trace.split("\n").filter((row) => row.trim() !== "");

describe("a trace is one record, from its first line to its last", () => {
  it.each(traces)("%s", (_, trace, message) => {
    const { candidates, quarantined } = assemble(`${before}\n${trace}\n${after}\n${trace}\n${after}`);
    expect(quarantined).toEqual([]);
    expect(candidates).toHaveLength(2);
    for (const { record, lines } of candidates) {
      expect([record.message, lines]).toEqual([message, written(trace)]);
    }
    const [first] = candidates;
    expect([first?.offsetStart, first?.offsetEnd]).toEqual([
      before.length + 1,
      before.length + trace.length + 2,
    ]);
    expect(first?.context).toEqual([before]);
  });

  it.each(traces)(
    "%s, line by line in a container's file, with another stream's between",
    (_, trace, message) => {
      const rows = trace.split("\n");
      const other = docker(["GET /orders 200"], "stdout");
      const dockerText = rows.map((row) => `${docker([row])}\n${other}`).join("\n");
      const criText = rows.map((row) => `${cri([row])}\n${cri(["GET /orders 200"], "stdout")}`).join("\n");
      for (const [text, format] of [
        [dockerText, "docker"],
        [criText, "cri"],
        [dockerText, "auto"],
        [criText, "auto"],
      ] as const) {
        const { candidates } = assemble(text, { format });
        expect(candidates.map(({ record, lines }) => [record.message, lines])).toEqual([
          [message, written(trace)],
        ]);
        expect(candidates[0]?.record).toMatchObject({ occurredAtMs: Date.UTC(2026, 6, 1, 11) });
      }
    },
  );

  it.each(traces)("%s, over any number of calls", (_, trace) => {
    const whole = assemble(`${trace}\n${after}`).candidates;
    const assembler = assemblerOf();
    const found = linesOf(`${trace}\n${after}`).flatMap((line) => {
      assembler.push(line);
      const taken = assembler.take().candidates;
      expect(taken.length > 0 ? assembler.openStart() : 0).toBe(taken.length > 0 ? null : 0);
      return taken;
    });
    expect(found).toEqual(whole);
  });

  it("one whose every line carries a time", () => {
    const rows = ["panic: boom", "goroutine 1 [running]:", "main.main()", "\t/srv/app/main.go:8 +0x1d"];
    const text = rows.map((row) => `2026-07-01T11:00:00.1234567Z ${row}`).join("\n");
    expect(assemble(`${text}\n2026-07-01T11:00:01Z done`).candidates).toMatchObject([
      { lines: { length: 4 } },
    ]);
  });

  it("a message that goes on, indented deeper than its first line", () => {
    const text = "ERROR could not settle:\n  order 12\n  order 13\nINFO next";
    expect(assemble(text).candidates).toMatchObject([
      { record: { message: "could not settle:", stack: ["  order 12", "  order 13"] } },
    ]);
    expect(assemble("  ERROR a\n  b\n  ERROR c").candidates.map(({ lines }) => lines.length)).toEqual([1, 1]);
  });

  it("two traces after each other are two", () => {
    const one = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1';
    expect(assemble(`${one}\n${one}`).candidates).toHaveLength(2);
    expect(assemble("Error: a\n    at f (a.js:1:2)\nError: b\n    at f (a.js:1:2)").candidates).toHaveLength(
      2,
    );
  });

  it("keeps 200 lines of a long one and reads on to its end", () => {
    const frames = Array.from({ length: 1_024 }, (_, n) => `\tat com.acme.A.f${n}(A.java:${n})`);
    const { candidates } = assemble(["java.lang.StackOverflowError", ...frames, after].join("\n"));
    expect(candidates).toMatchObject([
      { truncated: true, lines: { length: 200 }, record: { stack: { length: 199 } } },
    ]);
    expect(candidates[0]?.offsetEnd).toBe(["java.lang.StackOverflowError", ...frames].join("\n").length + 1);
  });
});

describe("levels", () => {
  const rows = ["WARN slow", "ERROR failed", "INFO fine", "FATAL gone", "0 errors"].join("\n");
  it.each([
    ["error", ["failed", "gone"]],
    ["warn", ["slow", "failed", "gone"]],
  ] as const)("from %s up: %j", (minimumLevel, messages) =>
    expect(assemble(rows, { minimumLevel }).candidates.map(({ record }) => record.message)).toEqual(messages),
  );

  it("case 56: JSON at info, and JSON without a level, produce nothing", () => {
    expect(assemble('{"level":"info","message":"error"}\n{"message":"error"}')).toEqual({
      candidates: [],
      quarantined: [],
    });
  });

  it("case 61, W-18: in the order of the file, whatever the kind", () => {
    const text = 'ERROR first\n{"level":"error","msg":"second"}\nERROR third\nlevel=error msg=fourth';
    const { candidates } = assemble(text);
    expect(candidates.map(({ record }) => [record.message, record.format])).toEqual([
      ["first", "plaintext"],
      ["second", "json"],
      ["third", "plaintext"],
      ["fourth", "logfmt"],
    ]);
    expect(candidates.map(({ offsetStart }) => offsetStart)).toEqual([0, 12, 45, 57]);
  });

  it("an own trigger starts a failure, and a pattern to ignore makes it none", () => {
    const reading = { triggerPatterns: ["disk \\w+ full"], ignorePatterns: ["health.?check"] };
    const text = "disk sda full\nERROR healthcheck failed\nERROR other\n\tfrom the health-check";
    const { candidates } = assemble(text, { reading });
    expect(candidates).toMatchObject([{ record: { message: "disk sda full", level: null, levelRank: 5 } }]);
  });
});

describe("what is open", () => {
  it("a line of JSON never is; a line of text is until one that does not continue it", () => {
    const assembler = assemblerOf();
    const [json, error, frame, info] = linesOf(
      '{"level":"error","msg":"a"}\nError: b\n    at f (a.js:1:2)\nINFO c',
    ) as [LogLine, LogLine, LogLine, LogLine];
    assembler.push(json);
    expect([assembler.openStart(), assembler.take().candidates.length]).toEqual([null, 1]);
    assembler.push(error);
    assembler.push(frame);
    expect([assembler.openStart(), assembler.take().candidates.length]).toEqual([error.offsetStart, 0]);
    assembler.push(info);
    expect([assembler.openStart(), assembler.take().candidates.length]).toEqual([null, 1]);
  });

  it("what began after something open is held back until that is whole", () => {
    const assembler = assemblerOf({ format: "docker" });
    const lines = linesOf(`${docker(["ERROR a"])}\n${docker(['{"level":"error","msg":"b"}'], "stdout")}`);
    for (const line of lines) assembler.push(line);
    expect([assembler.openStart(), assembler.take().candidates]).toEqual([0, []]);
    assembler.flush();
    expect(assembler.take().candidates.map(({ record }) => record.message)).toEqual(["a", "b"]);
  });

  it("a stream that falls silent does not stay open for ever", () => {
    const assembler = assemblerOf({ format: "docker" });
    const other = Array.from({ length: 60 }, () => docker(["GET / 200"], "stdout")).join("\n");
    for (const line of linesOf(`${docker(["ERROR a"])}\n${other}`)) assembler.push(line);
    expect([assembler.openStart(), assembler.take().candidates.length]).toEqual([null, 1]);
  });

  it("a line in pieces is, from its first piece on, and joined without anything between", () => {
    const assembler = assemblerOf();
    const pieces = [
      '{"log":"{\\"level\\":\\"err","stream":"stdout","time":"t"}',
      '{"log":"or\\",\\"msg\\":\\"a\\"}\\n","stream":"stdout","time":"t"}',
    ];
    const [first, second] = linesOf(pieces.join("\n")) as [LogLine, LogLine];
    assembler.push(first);
    expect(assembler.openStart()).toBe(0);
    assembler.push(second);
    expect(assembler.take().candidates).toMatchObject([
      { offsetStart: 0, offsetEnd: second.offsetEnd, record: { message: "a" } },
    ]);
  });

  it("pieces are bounded by the longest line, and marked", () => {
    const piece = (mark: string, text: string) => `2026-07-01T11:00:00Z stdout ${mark} ${text}`;
    const text = [
      piece("P", "ERROR x"),
      ...Array.from({ length: 20 }, () => piece("P", "y".repeat(1_000))),
      piece("F", "z"),
    ].join("\n");
    const { candidates } = assemble(text, { reading: { maxLineBytes: 2_048 } });
    expect(candidates).toMatchObject([{ truncated: true }]);
    expect(candidates[0]?.lines[0]).toHaveLength(2_048);
  });
});

describe("context", () => {
  it("is at most five lines before, without the envelope, and never a line of another failure", () => {
    const rows = ["a", "b", "c", "d", "e", "f", "ERROR g", "h", "ERROR i"];
    expect(assemble(docker(rows)).candidates.map(({ context }) => context)).toEqual([
      ["b", "c", "d", "e", "f"],
      ["h"],
    ]);
  });

  it.each(["lines", "a function"])("is recalled from %s that were left out, once", (kind) => {
    const assembler = assemblerOf();
    const [a, b, error] = linesOf("a\nb\nERROR c") as [LogLine, LogLine, LogLine];
    assembler.push(a);
    if (kind === "lines") assembler.recall([a, b]);
    else assembler.recallIfWanted(() => [a, b]);
    assembler.push(error);
    assembler.flush();
    expect(assembler.take().candidates).toMatchObject([{ context: ["a", "b"] }]);
  });

  it("is asked for only when a failure begins", () => {
    const assembler = assemblerOf();
    const [a, error] = linesOf("INFO a\nERROR b") as [LogLine, LogLine];
    const asked: string[] = [];
    for (const line of [a, error]) {
      assembler.recallIfWanted(() => {
        asked.push(line.text);
        return [];
      });
      assembler.push(line);
    }
    expect(asked).toEqual(["ERROR b"]);
  });
});
