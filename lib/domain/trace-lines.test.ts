import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  continueTrace,
  isContinuation,
  isFrame,
  type TraceState,
  traceLineOf,
  traceStateAfter,
} from "./trace-lines";

const frames: Array<[string, string[]]> = [
  [
    "Python",
    [
      '  File "/app/shop/pay.py", line 12, in charge',
      '  File "<stdin>", line 1',
      'File "C:\\app\\x.py", line 3, in f',
    ],
  ],
  [
    "JavaScript and TypeScript",
    [
      "    at settleBatch (/srv/app/src/settle/batch.ts:118:41)",
      "    at async run (file:///srv/app/src/jobs/run.js:9:3)",
      "    at new Promise (<anonymous>)",
      "    at /srv/app/index.js:1:1",
      "at Object.<anonymous> (/srv/app/index.js:1:1)",
      "at Layer.handle [as handle_request] (/srv/app/node_modules/express/lib/router.js:95:5)",
      "at async Promise.all (index 0)",
      "checkout@https://shop.example/assets/index-4f3a9c21b7.js:1:2044",
      "@https://shop.example/a.js:1:1",
    ],
  ],
  [
    "Java and Kotlin",
    [
      "\tat com.acme.shop.Orders.take(Orders.java:42)",
      "\tat java.base/java.lang.Thread.run(Thread.java:840) ~[?:?]",
      "at com.acme.shop.Orders$Companion.of(Orders.kt:7)",
      "at com.acme.Native.call(Native Method)",
      "\tat _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:46)",
    ],
  ],
  [
    "Go",
    [
      "main.main()",
      "main.run",
      "github.com/acme/shop/rates.Load",
      "http.(*conn).serve",
      "main.(*Server).handle(0xc0000b2000, {0x1, 0x2})",
      "net/http.HandlerFunc.ServeHTTP(...)",
      "github.com/acme/shop/pay.charge.func1(0x0?, {0x5b1b40?, 0xc000012345?})",
      "panic({0x4a5d60?, 0x4e3a10?})",
      "\t/srv/app/main.go:42 +0x1d",
      "/usr/local/go/src/runtime/panic.go:884 +0x212",
    ],
  ],
  [
    "Rust",
    [
      "   0: rust_begin_unwind",
      "   3: <alloc::boxed::Box<F> as core::ops::function::FnOnce<Args>>::call_once",
      "  12: shop::settle::{{closure}}",
      "             at /rustc/90b35a623/library/std/src/panicking.rs:645:5",
    ],
  ],
  [
    "Ruby",
    [
      "\tfrom app.rb:3:in `run'",
      "from /srv/app/lib/shop/pay.rb:12:in 'Shop::Pay#charge'",
      "app/models/order.rb:31:in `block in settle'",
      "\t 1: from app.rb:9:in `<main>'",
    ],
  ],
  [
    "PHP",
    [
      "#0 /app/x.php(12): f()",
      "#1 /app/vendor/laravel/framework/src/Illuminate/Pipeline.php(83): Illuminate\\Pipeline\\Pipeline->then(Object(Closure))",
      "#2 [internal function]: App\\Jobs\\Settle->handle()",
      "#3 {main}",
      "PHP   1. {main}() /app/index.php:0",
    ],
  ],
  [
    ".NET",
    [
      "   at Shop.Settle.Run(String id, Int32 n) in /src/Shop/Settle.cs:line 42",
      "   at Shop.Settle.<RunAsync>d__3.MoveNext()",
      "at System.Threading.Tasks.Task.Execute()",
    ],
  ],
];

describe("a call frame is one, whatever its indent", () => {
  for (const [language, lines] of frames) {
    it.each(lines)(`${language}: %s`, (line) => expect(traceLineOf(line)).toBe("frame"));
  }
});

describe("what else belongs to a trace", () => {
  it.each([
    ...[
      "Traceback (most recent call last):",
      "During handling of the above exception, another exception occurred:",
    ],
    "The above exception was the direct cause of the following exception:",
    ...["Caused by: java.io.IOException: broken pipe", "Caused by:", "\tSuppressed: java.io.IOException: x"],
    ...["Wrapped by: com.acme.X: y", "  [cause]: Error: x {", "goroutine 1 [running]:"],
    ...["goroutine 34 [chan receive, 2 minutes]:", "created by net/http.(*Server).Serve in goroutine 1"],
    "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x45]",
    ...[
      "stack backtrace:",
      "Stack trace:",
      "Next App\\Errors\\Late: too late in /app/x.php:3",
      "[stacktrace]",
    ],
    ...["   --- End of inner exception stack trace ---", "--- End of stack trace from previous location ---"],
    " ---> System.IO.IOException: x",
  ])("announces more: %s", (line) => expect(traceLineOf(line)).toBe("link"));

  it.each([
    ...["\t... 12 more", "... 3 common frames omitted", "    ... 3 lines matching cause stack trace ..."],
    ...[
      "  [Previous line repeated 995 more times]",
      "note: run with `RUST_BACKTRACE=1` environment variable",
    ],
    ...["  thrown in /app/x.php on line 12", "exit status 2", "Node.js v20.19.0", "}", '"} ', "    ^^^^"],
  ])("is a note: %s", (line) => expect(traceLineOf(line)).toBe("note"));

  it.each([
    ...[
      "    charge(order)",
      "    raise PaymentError(",
      "  | ValueError: x",
      "\tmore of the message",
      "  code: 'ENOENT',",
    ],
  ])("is indented: %s", (line) => expect(traceLineOf(line)).toBe("indented"));

  it.each([
    ...["", "   ", "\t", "shop.errors.PaymentError: card declined", "at noon (local time) the batch stopped"],
    ...["at 10:00 the batch stopped", "2026-06-29T12:00:01Z ERROR x", "  2026-06-29 12:00:01 INFO x"],
    ...[
      "   [12:00:01] next",
      '  {"level":"error"}',
      "from alice to bob",
      "#general: hello",
      "+ docker build .",
      "- item",
    ],
    ...[
      "created by alice",
      "GET /a/b.go",
      "mail to root@acme.example: refused",
      "retry.after(soon)",
      "Next steps: none",
    ],
    ...[
      "it's over'",
      "example.com",
      "worker.failed",
      "done.",
      "File not found",
      "exit status unknown",
      "12: 5",
    ],
  ])("is of its own: %j", (line) => expect(traceLineOf(line)).toBeNull());
});

/** How many of the lines belong to what the first one begins; blank ones are passed over. */
function reach(text: string): number {
  const lines = text.split("\n");
  let state: TraceState | null = traceStateAfter(lines[0] ?? "");
  let count = 1;
  for (const line of lines.slice(1)) {
    if (line.trim() !== "") state = continueTrace(state, line);
    if (state === null) return count;
    count += 1;
  }
  return count;
}

describe("line by line, the whole trace belongs and the line after it does not", () => {
  const next = "2026-06-29 12:00:02 INFO next batch";
  it.each([
    [
      "Python, chained: both exceptions are found, unindented as they are",
      `Traceback (most recent call last):
  File "/app/pay.py", line 12, in charge
    raise OutOfStock("sku 12")
    ^^^^^^^^^^^^^^^^^^^^^^^^^^
shop.errors.OutOfStock: sku 12

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/pay.py", line 20, in retry
RuntimeError: gave up`,
    ],
    [
      "Python behind a log line",
      `ERROR settle failed
Traceback (most recent call last):
  File "/app/pay.py", line 12, in charge
KeyError: 'amount'`,
    ],
    [
      "Node, uncaught: the source line comes first",
      `/srv/app/index.js:3
    throw new Error("x");
    ^

Error: x
    at run (/srv/app/index.js:3:9) {
  code: 'EX'
}

Node.js v20.19.0`,
    ],
    [
      "Java",
      `Exception in thread "main" java.lang.IllegalStateException: closed
	at com.acme.Orders.take(Orders.java:42)
Caused by: java.io.IOException: broken pipe
	... 12 more`,
    ],
    [
      "Go",
      `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x45e5a1]

goroutine 1 [running]:
main.(*Cart).Total(...)
	/srv/app/cart.go:12
main.main()
	/srv/app/main.go:8 +0x1d
exit status 2`,
    ],
    [
      "Rust: the message is a line of its own",
      `thread 'main' panicked at src/main.rs:3:5:
index out of bounds: the len is 3 but the index is 5
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a/library/std/src/panicking.rs:645:5
note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.`,
    ],
    [
      "Ruby",
      `app.rb:3:in 'charge': declined (PaymentError)
	from app.rb:9:in 'block in <main>'
	from app.rb:8:in 'Array#each'`,
    ],
    [
      "Ruby, oldest first",
      `Traceback (most recent call last):
	1: from app.rb:9:in \`<main>'
app.rb:3:in \`charge': declined (PaymentError)`,
    ],
    [
      "PHP",
      `PHP Fatal error:  Uncaught RuntimeException: late in /app/x.php:12
Stack trace:
#0 /app/index.php(3): settle()
#1 {main}

Next LogicException: later in /app/x.php:20
Stack trace:
#0 {main}
  thrown in /app/x.php on line 20`,
    ],
    [
      ".NET",
      `Unhandled exception. System.InvalidOperationException: closed
 ---> System.IO.IOException: broken pipe
   at Shop.Settle.Run() in /src/Settle.cs:line 42
   --- End of inner exception stack trace ---
   at Shop.Program.Main()`,
    ],
  ])("%s", (_, trace) => expect(reach(`${trace}\n${next}`)).toBe(trace.split("\n").length));

  it("a word after a finished Python trace is not its exception", () => {
    const trace = 'Traceback (most recent call last):\n  File "x.py", line 1, in f\nKeyError: 1';
    expect(reach(`${trace}\nworker: restarting`)).toBe(3);
  });

  it("a Rust panic's message does not reach over a record's time", () => {
    expect(reach("thread 'main' panicked at src/main.rs:3:5:\n2026-06-29 12:00:02 INFO x")).toBe(1);
  });
});

describe("laws", () => {
  const piece = fc.constantFrom(
    ...[
      "at ",
      "from ",
      "(",
      ")",
      ":1",
      ".",
      "/",
      "#0 ",
      "'",
      "@https://",
      "0x1",
      " ",
      'File "',
      "{",
      "a",
      "::",
      "|",
    ],
  );
  const line = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  );

  it("total; a frame continues; only blank lines are never anything", () => {
    fc.assert(
      fc.property(line, (text) => {
        const kind = traceLineOf(text);
        expect(isContinuation(text)).toBe(kind !== null);
        expect(isFrame(text)).toBe(kind === "frame");
        if (text.trim() === "") expect(kind).toBeNull();
        for (const state of ["open", "awaits exception", "awaits message"] as const) {
          if (kind !== null) expect(continueTrace(state, text)).not.toBeNull();
        }
      }),
    );
  });

  it("a line is read to its 2,000th character", () => {
    const long = `    at run (/srv/app/index.js:3:9)${" x".repeat(2_000)}`;
    expect(traceLineOf(long)).toBe("frame");
    expect(traceLineOf(`${"x".repeat(2_000)}\n    at run (/srv/app/index.js:3:9)`)).toBeNull();
  });
});
