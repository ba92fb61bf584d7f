import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exceptionLevel } from "./log-exception";
import { readTextLine } from "./log-text";

const now = Date.UTC(2026, 6, 1, 12);
const read = (line: string) => {
  const { level, message, component } = readTextLine(line, now);
  return [level?.word ?? null, message, component];
};
const colour = (code: number) => `${String.fromCharCode(27)}[${code}m`;

describe("level and words of a line, whoever wrote it", () => {
  it.each<[string, string | null, string, (string | null)?]>([
    ["2026-07-01 12:00:00,123 ERROR [main] com.acme.Foo - no route", "error", "no route", "com.acme.Foo"],
    [
      "2026-07-01T12:00:00.123Z ERROR 1 --- [   main] c.a.shop.Foo    : no route",
      "error",
      "no route",
      "c.a.shop.Foo",
    ],
    ["12:00:00.123 [main] WARN  c.a.Foo - slow", "warn", "slow", "c.a.Foo"],
    ["2026-07-01 12:00:00,123 - my.logger - ERROR - no route", "error", "no route"],
    ["ERROR:root:no route", "error", "no route", "root"],
    ["CRITICAL:django.request:no route", "critical", "no route", "django.request"],
    ["[error] no route", "error", "no route"],
    ["2026/07/01 12:00:00 [error] 123#0: *1 connect() failed", "error", "connect() failed"],
    [
      "[Wed Oct 11 14:32:52.123456 2026] [core:error] [pid 1:tid 2] [client 1.2.3.4:5] AH1: gone",
      "error",
      "AH1: gone",
    ],
    ["E0612 12:34:56.789012 1234 file.go:12] no route", "error", "no route"],
    ["F20260612 12:34:56.789012 1234 file.cc:12] no route", "fatal", "no route"],
    ["E, [2026-07-01T12:00:00.123456 #1234] ERROR -- shop: no route", "error", "no route", "shop"],
    ["[2026-07-01T12:00:00Z ERROR app::x] no route", "error", "no route"],
    ["2026-07-01T12:00:00.123Z ERROR app::x: no route", "error", "no route", "app::x"],
    ["2026-07-01T12:00:00.000Z\tERROR\tfoo/bar.go:12\tno route", "error", "no route"],
    ['2026-07-01 12:00:00 UTC [123] ERROR:  relation "x" is gone', "error", 'relation "x" is gone'],
    ["2026-07-01 12:00:00.000 UTC [123] user@db FATAL:  no entry", "fatal", "no entry"],
    ["mysqld: 2026-07-01T12:00:00.000Z 0 [ERROR] [MY-010119] Aborting", "error", "[MY-010119] Aborting"],
    ["npm ERR! code ELIFECYCLE", "err", "code ELIFECYCLE"],
    ["##[error]Process completed with exit code 1.", "error", "Process completed with exit code 1."],
    ["::error file=a.js,line=1::Missing semicolon", "error", "Missing semicolon"],
    ["2026-07-01T12:00:00.1234567Z ##[error]no route", "error", "no route"],
    ["[2026-07-01 12:00:00] production.ERROR: Undefined variable", "error", "Undefined variable"],
    ["[12-Jul-2026 10:00:00 UTC] PHP Warning:  foo in /x on line 3", "warning", "foo in /x on line 3"],
    ["fail: MyApp.Orders[0]", "fail", "MyApp.Orders[0]"],
    ["crit: Microsoft.Hosting[6]", "crit", "Microsoft.Hosting[6]"],
    ["SEVERE: Servlet threw", "severe", "Servlet threw"],
    ["web_1  | ERROR no route", "error", "no route"],
    ["fatal: not a git repository", "fatal", "not a git repository"],
    ["src/app.ts:12:3: error: bad type", "error", "bad type"],
    ["Jul  1 12:00:00 host app[12]: ERROR no route", "error", "no route"],
    ["1 | 2 | WARN | slow", null, "1 | 2 | WARN | slow"],
    ["something went wrong level=error code=3", "error", "something went wrong level=error code=3"],
    ['{"level":"error", broken', "error", '{"level":"error", broken'],
    [`${colour(31)}ERROR${colour(0)} no route`, "error", "no route"],
    ["ERROR", "error", "ERROR"],
    ['  "level": "error",', "error", '"level": "error",'],
    ["[INFO] error in log", "info", "error in log"],
    ["I0612 12:34:56.789012 1234 file.go:12] error reading", "info", "error reading"],
    ["INFO: ERROR was handled", "info", "ERROR was handled"],
    ["2026-07-01 12:00:00 INFO retrying after ERROR", "info", "retrying after ERROR"],
    ["2026-07-01 12:00:00 ERROR: 404", "error", "404"],
  ])("%s", (line, level, message, component = null) =>
    expect(read(line)).toEqual([level, message, component]),
  );
});

describe("a word that is no level (W-24)", () => {
  it.each([
    "0 errors",
    "error_count=0",
    "errors: 12",
    "ERROR: 0",
    "Error: 0",
    "Tests: 1 ERROR",
    "no ERROR found",
    "12 passed, 0 failed, 0 errors",
    "2026-07-01 12:00:00 Finished with 0 ERRORS",
    "2026-07-01 12:00:00 the error page was shown",
    "user logged error in form",
    "GET /error HTTP/1.1",
    "GET /api/errors/fatal 200",
    "10.0.0.1 - - [01/Jul/2026:12:00:00 +0000] GET /error 200",
    "-- panic room --",
    "[request error handler] ready",
    "terror",
    "ErrorBoundary mounted",
    "warnings are off",
    "exceptional service",
  ])("%s", (line) => {
    const { level, isException } = readTextLine(line, now);
    expect([level, isException]).toEqual([null, false]);
  });
});

describe("what a runtime prints of an exception", () => {
  it.each<[string, number]>([
    ["Traceback (most recent call last):", 5],
    ["  + Exception Group Traceback (most recent call last):", 5],
    ["shop.errors.OutOfStock.Error: sku 12", 5],
    ["KeyboardInterrupt", 5],
    ["TypeError: Cannot read properties of undefined (reading 'x')", 5],
    ["Error [ERR_HTTP_HEADERS_SENT]: Cannot set headers", 5],
    ["Uncaught TypeError: x is not a function", 5],
    ["Uncaught (in promise) refused", 5],
    ["[Error: ENOENT: no such file or directory] {", 5],
    ["(node:123) UnhandledPromiseRejectionWarning: refused", 5],
    ['Exception in thread "main" java.lang.IllegalStateException: closed', 6],
    ["java.lang.OutOfMemoryError: Java heap space", 5],
    ["kotlin.UninitializedPropertyAccessException", 5],
    ["panic: runtime error: index out of range [5] with length 3", 6],
    ["fatal error: all goroutines are asleep - deadlock!", 6],
    ["goroutine 1 [running]:", 6],
    ["thread 'main' panicked at src/main.rs:3:5:", 6],
    ["thread 'tokio-runtime-worker' (12) panicked at src/main.rs:3:5:", 6],
    ["app.rb:3:in 'charge': declined (PaymentDeclined)", 5],
    ["bin/rails:4:in `<main>': unhandled exception (RuntimeError)", 5],
    ["ActiveRecord::RecordNotFoundError (Couldn't find Order):", 5],
    ["PHP Fatal error:  Uncaught RuntimeException: late in /app/x.php:12", 6],
    ["Fatal error: Uncaught Error in /app/x.php", 6],
    ["Unhandled exception. System.InvalidOperationException: closed", 6],
    ["System.IO.IOException: broken pipe", 5],
    ["Segmentation fault (core dumped)", 6],
    ["Out of memory: Killed process 12 (node)", 6],
  ])("%s", (line, rank) => {
    expect(exceptionLevel(line)?.rank).toBe(rank);
    expect(readTextLine(line)).toMatchObject({ level: { rank }, message: line.trim(), isException: true });
  });

  it.each([
    "Caused by: java.io.IOException: broken pipe",
    "    at com.acme.Orders.take(Orders.java:42)",
    "The Error: was found",
    "MyErrors: 3",
    "Exception handling is on",
    "goroutine 7 [select]:",
  ])("not: %s", (line) => expect(exceptionLevel(line)).toBeNull());

  it("behind a time or a logger it is one, too", () => {
    expect(readTextLine("2026-07-01 12:00:00 java.lang.IllegalStateException: closed")).toMatchObject({
      level: { rank: 5 },
      message: "java.lang.IllegalStateException: closed",
      isException: true,
      beginsRecord: true,
    });
    expect(readTextLine("2026-07-01 12:00:00 ERROR java.io.IOException: gone")).toMatchObject({
      message: "java.io.IOException: gone",
      isException: true,
    });
  });
});

it("linear and total over any text", () => {
  const piece = fc.constantFrom(
    "[",
    "]",
    "(",
    "<",
    ":",
    " ",
    "ERROR",
    "error",
    "level=",
    "a.b",
    "12",
    "-",
    "|",
    "Error",
    "::",
    "'",
    '"',
    "\t",
  );
  const line = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(line, (text) => {
      expect(readTextLine(text, now).message.length).toBeLessThanOrEqual(8_192);
    }),
  );
  for (const text of ["[", "a.", "ERROR ", "level=", "a::", "12 ", "((", "at ", "Error"].map((each) =>
    each.repeat(40_000),
  )) {
    const startedAtMs = performance.now();
    readTextLine(text, now);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  }
});
