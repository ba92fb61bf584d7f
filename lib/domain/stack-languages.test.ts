import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/testing/log-corpus";
import { type TraceFailure, traceMakers, traceVariation } from "@/lib/testing/trace-corpus";
import { messageTemplate } from "./message-template";
import { parseFailure } from "./stack-trace";
import { isContinuation } from "./trace-lines";

const read = (text: string) => parseFailure(text.split("\n"));

type Case = {
  trace: string;
  type: string | null;
  message: string | null;
  frames: string[];
  cause?: [string | null, string | null];
};

const traces: Record<string, Case> = {
  "Python: a chain by `from`, comprehensions and the standard library left out": {
    trace: `Traceback (most recent call last):
  File "/srv/releases/20260612093000/shop/rates.py", line 9, in load
    return json.loads(text)
           ^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.12/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/releases/20260612093000/shop/settle.py", line 30, in <listcomp>
    rates = [load(row) for row in rows]
  File "/srv/releases/20260612093000/shop/settle.py", line 31, in settle
    raise RatesMissing("no rates") from error
shop.settle.RatesMissing: no rates`,
    type: "shop.settle.RatesMissing",
    message: "no rates",
    frames: ["load@shop/rates.py"],
    cause: ["json.decoder.JSONDecodeError", "Expecting value: line 1 column 1 (char 0)"],
  },
  "Python: an exception group, and the first of its exceptions": {
    trace: `  + Exception Group Traceback (most recent call last):
  |   File "/app/shop/run.py", line 5, in main
  |     raise ExceptionGroup("jobs failed", errors)
  | ExceptionGroup: jobs failed (2 sub-exceptions)`,
    type: "ExceptionGroup",
    message: "jobs failed (2 sub-exceptions)",
    frames: ["main@shop/run.py"],
  },
  "TypeScript: a cause, async frames, a class, an alias": {
    trace: `SettlementError: batch failed
    at new Batch (/srv/app/src/settle/batch.ts:10:11)
    at Settler.run [as settle] (/srv/app/src/settle/settler.ts:44:7)
    at async Promise.all (index 2)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  [cause]: TypeError [ERR_INVALID_URL]: Invalid URL
      at new URL (node:internal/url:797:36)
      at ratesOf (/srv/app/src/settle/rates.ts:3:9) {
    code: 'ERR_INVALID_URL'
  }
}`,
    type: "SettlementError",
    message: "batch failed",
    frames: ["ratesOf@settle/rates.ts"],
    cause: ["TypeError", "[ERR_INVALID_URL] Invalid URL"],
  },
  "JavaScript in a bundle: minified names give way to the module": {
    trace: `Uncaught (in promise) TypeError: Cannot read properties of null (reading 'id')
    at t (https://shop.example/assets/index-D4kf9_sA.js:1:20441)
    at e.n (https://shop.example/assets/index-D4kf9_sA.js:1:9921)
    at checkout (https://shop.example/assets/checkout-4f3a9c21b7.js?v=3:2:11)`,
    type: "TypeError",
    message: "Cannot read properties of null (reading 'id')",
    frames: ["assets/index.js", "checkout@assets/checkout.js"],
  },
  "JavaScript in Firefox": {
    trace: `ReferenceError: cart is not defined
checkout@https://shop.example/static/app.js:3:11
@https://shop.example/static/main.js:1:1`,
    type: "ReferenceError",
    message: "cart is not defined",
    frames: ["checkout@static/app.js", "<anonymous>@static/main.js"],
  },
  "Java: lambdas, inner classes, proxies, modules; suppressed exceptions do not count": {
    trace: `com.acme.shop.OutOfStock: sku 12
	at app//com.acme.shop.Orders.lambda$take$3(Orders.java:42)
	at com.acme.shop.Orders$$Lambda$214/0x0000000800c8a840.apply(Unknown Source)
	at com.acme.shop.Worker$1.run(Worker.java:7)
	at com.acme.shop.Pay$$EnhancerBySpringCGLIB$$5f3a1b2c.charge(<generated>)
	at java.base/java.lang.Thread.run(Thread.java:840) [?:?]
	Suppressed: java.io.IOException: close failed
		at com.acme.shop.Socket.close(Socket.java:3)
	Caused by: java.lang.Error: inner of the suppressed
Caused by: org.postgresql.util.PSQLException: ERROR: deadlock detected
	at org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2725)
	at com.acme.shop.Store.lock(Store.java:19)
	... 12 more`,
    type: "com.acme.shop.OutOfStock",
    message: "sku 12",
    frames: ["com.acme.shop.Store.lock"],
    cause: ["org.postgresql.util.PSQLException", "ERROR: deadlock detected"],
  },
  "Kotlin: a suspended function": {
    trace: `kotlinx.coroutines.TimeoutCancellationException: Timed out waiting for 500 ms
	at com.acme.shop.Rates$load$2.invokeSuspend(Rates.kt:14)
	at _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:46)
	at com.acme.shop.Settle$Companion.run(Settle.kt:31)`,
    type: "kotlinx.coroutines.TimeoutCancellationException",
    message: "Timed out waiting for 500 ms",
    frames: ["com.acme.shop.Rates$load.invokeSuspend", "com.acme.shop.Settle$Companion.run"],
  },
  "Go: a panic; the first goroutine alone, without its creator": {
    trace: `panic: runtime error: invalid memory address or nil pointer dereference [recovered]
[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x6b2f1a]

goroutine 34 [running]:
testing.tRunner.func1.2({0x7a1e60, 0xa4b3c0})
	/usr/local/go/src/testing/testing.go:1632 +0x230
panic({0x7a1e60?, 0xa4b3c0?})
	/usr/local/go/src/runtime/panic.go:785 +0x132
github.com/acme/shop/v2/pay.(*Client).Charge(0xc0000b2000, {0xc00001c0a8, 0x4})
	/home/ci/build/pay/client.go:88 +0x5a
github.com/acme/shop/v2/pay.Retry[...].func1()
	/home/ci/build/pay/retry.go:21 +0x2d
github.com/hashicorp/go-retry.Do(0xc000112000)
	/root/go/pkg/mod/github.com/hashicorp/go-retry@v1.4.2/do.go:11 +0x40
created by main.serve in goroutine 1
	/home/ci/build/main.go:31 +0x9a

goroutine 1 [chan receive]:
main.main()
	/home/ci/build/main.go:12 +0x1d
exit status 2`,
    type: "panic",
    message: "runtime error: invalid memory address or nil pointer dereference",
    frames: ["github.com/acme/shop/pay.(*Client).Charge", "github.com/acme/shop/pay.Retry"],
  },
  "Go: a stack as an error carries it, calls without arguments": {
    trace: `rates: connection refused
github.com/acme/shop/rates.Load
	/srv/app/rates/load.go:19
main.run
	/srv/app/main.go:40
runtime.main
	/usr/local/go/src/runtime/proc.go:271`,
    type: null,
    message: null,
    frames: ["github.com/acme/shop/rates.Load", "main.run"],
  },
  "Rust: a panic with its backtrace": {
    trace: `thread 'tokio-runtime-worker' panicked at src/settle.rs:41:18:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
             at /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/core/src/panicking.rs:72:14
   2: shop::settle::Batch<T>::run::{{closure}}
             at ./src/settle.rs:41:18
   3: <shop::cart::Cart as core::ops::drop::Drop>::drop::h0123456789abcdef
             at ./src/cart.rs:9:5
   4: tokio::runtime::task::core::Core<T,S>::poll
             at /home/ci/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.36.0/src/runtime/task/core.rs:328:17`,
    type: "panic",
    message: "called `Option::unwrap()` on a `None` value",
    frames: ["shop::settle::Batch::run", "shop::cart::Cart::drop"],
  },
  "Rust: a panic without a backtrace, as it was before 1.73": {
    trace: `thread 'main' panicked at 'index out of bounds: the len is 3 but the index is 5', src/main.rs:3:5`,
    type: "panic",
    message: "index out of bounds: the len is 3 but the index is 5",
    frames: ["src/main.rs"],
  },
  "Rust: an error and its causes": {
    trace: `Error: settlement failed

Caused by:
    0: could not load the rates
    1: Connection refused (os error 111)

Stack backtrace:
   0: shop::rates::load
             at ./src/rates.rs:12:9`,
    type: "Error",
    message: "settlement failed",
    frames: ["shop::rates::load"],
    cause: [null, "Connection refused (os error 111)"],
  },
  "Ruby: a cause, blocks, gems": {
    trace: `/srv/app/lib/shop/pay.rb:12:in 'Shop::Pay#charge': card declined (Shop::PaymentError)
	from /srv/app/lib/shop/pay.rb:9:in 'block (2 levels) in Shop::Pay#all'
	from /usr/lib/ruby/gems/3.3.0/gems/activerecord-7.1.2/lib/active_record/relation.rb:88:in 'each'
	from /usr/lib/ruby/3.3.0/monitor.rb:201:in 'synchronize'
/srv/app/lib/shop/gateway.rb:31:in 'Shop::Gateway#post': execution expired (Net::ReadTimeout)
	from /srv/app/lib/shop/pay.rb:11:in 'Shop::Pay#charge'`,
    type: "Shop::PaymentError",
    message: "card declined",
    frames: ["post@shop/gateway.rb", "charge@shop/pay.rb"],
    cause: ["Net::ReadTimeout", "execution expired"],
  },
  "Ruby on Rails": {
    trace: `ActiveRecord::RecordNotFound (Couldn't find Order with 'id'=4711):
  
app/models/order.rb:31:in \`settle'
app/controllers/orders_controller.rb:12:in \`rescue in update'`,
    type: "ActiveRecord::RecordNotFound",
    message: "Couldn't find Order with 'id'=4711",
    frames: ["settle@models/order.rb", "update@controllers/orders_controller.rb"],
  },
  "PHP: the last of a chain is what was not caught, the first is the root": {
    trace: `PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /srv/app/src/Store.php:12
Stack trace:
#0 /srv/app/src/Store.php(12): PDO->__construct('mysql:host=db', 'shop', Object(SensitiveParameterValue))
#1 /srv/app/vendor/laravel/framework/src/Illuminate/Container/BoundMethod.php(36): App\\Store->open()
#2 [internal function]: App\\Jobs\\Settle->handle()
#3 {main}

Next App\\Errors\\Late: too late in /srv/app/src/Settle.php:44
Stack trace:
#0 /srv/app/src/Run.php(9): App\\Settle->run(Object(App\\Batch), 3)
#1 {main}
  thrown in /srv/app/src/Settle.php on line 44`,
    type: "App\\Errors\\Late",
    message: "too late",
    frames: ["PDO->__construct@src/Store.php"],
    cause: ["PDOException", "SQLSTATE[HY000] [2002] Connection refused"],
  },
  "PHP: a warning and its file": {
    trace: "PHP Warning:  Undefined variable $total in /srv/app/src/cart.php on line 7",
    type: "PHP Warning",
    message: "Undefined variable $total",
    frames: ["src/cart.php"],
  },
  ".NET: an inner exception, async methods, lambdas, generics": {
    trace: `Unhandled exception. System.InvalidOperationException: batch failed
 ---> System.IO.IOException: broken pipe
   at Shop.Store.<WriteAsync>d__12\`1.MoveNext() in /src/Shop/Store.cs:line 88
   at Shop.Store.<>c__DisplayClass5_0.<Flush>b__1(Int32 n) in C:\\src\\Shop\\Store.cs:line 90
   at System.Threading.Tasks.Task.ExecuteWithThreadLocal(Task& currentTaskSlot)
   --- End of inner exception stack trace ---
   at Shop.Settle.Run[T](List\`1 rows) in /src/Shop/Settle.cs:line 42
--- End of stack trace from previous location ---
   at Shop.Program.<Main>(String[] args)`,
    type: "System.InvalidOperationException",
    message: "batch failed",
    frames: ["Shop.Store.WriteAsync", "Shop.Store.Flush"],
    cause: ["System.IO.IOException", "broken pipe"],
  },
  ".NET: the chain on one line": {
    trace: `System.AggregateException: One or more errors occurred. ---> System.TimeoutException: no answer
   at Shop.Gateway.Post(String url) in C:\\src\\Gateway.cs:line 12`,
    type: "System.AggregateException",
    message: "One or more errors occurred.",
    frames: ["Shop.Gateway.Post"],
    cause: ["System.TimeoutException", "no answer"],
  },
};

describe("what a trace tells, by language", () => {
  it.each(Object.entries(traces))("%s", (_, { trace, type, message, frames, cause }) => {
    const expected = { exceptionType: type, message, frames };
    expect(read(trace)).toEqual(
      cause ? { ...expected, cause: { exceptionType: cause[0], message: cause[1] } } : expected,
    );
  });
});

/** What of a trace makes the identity. */
function identity(trace: string): string {
  const { exceptionType, message, frames, cause } = read(trace);
  return JSON.stringify([
    ...[exceptionType, message && messageTemplate(message), frames],
    cause && [cause.exceptionType, cause.message && messageTemplate(cause.message)],
  ]);
}

describe("by language: what varies does not matter, what failed does", () => {
  const base: TraceFailure = { type: "Declined", method: "charge", module: "pay" };
  const others: Array<[string, TraceFailure]> = [
    ["another type", { ...base, type: "Expired" }],
    ["another function", { ...base, method: "refund" }],
    ["another module", { ...base, module: "stock" }],
  ];

  for (const [language, make] of Object.entries(traceMakers)) {
    const trace = (failure: TraceFailure, seed: number) => make(failure, traceVariation(seededRandom(seed)));

    it(`${language}: lines, addresses, ids, folders and minified names`, () => {
      const seeds = Array.from({ length: 40 }, (_, seed) => seed);
      expect(new Set(seeds.map((seed) => identity(trace(base, seed)))).size).toBe(1);
      expect(read(trace(base, 1)).frames).not.toEqual([]);
      expect(identity(trace(base, 1))).not.toMatch(/\d{3}|releases|\/tmp|\/home/);
    });

    it.each(others)(`${language}: %s`, (_, other) => {
      expect(identity(trace(other, 1))).not.toBe(identity(trace(base, 1)));
    });

    it(`${language}: every line but the first continues it`, () => {
      const [, ...rest] = trace(base, 3)
        .split("\n")
        .filter((line) => line.trim() !== "");
      const alone = rest.filter((line) => !isContinuation(line));
      // Python names the exception on a line of its own, Rust the message: those take the state of the trace.
      expect(alone.length).toBeLessThanOrEqual(2);
    });
  }
});

describe("hostile traces", () => {
  const piece = fc.constantFrom(
    ...[
      "at ",
      "(",
      ")",
      ":1:1",
      ".",
      "/",
      "\\",
      "<",
      ">",
      "$",
      "@",
      "`",
      "'",
      ":in '",
      "#0 ",
      "(3): ",
      "{closure:",
      "[",
      "]",
    ],
    ...[
      "lambda$",
      "goroutine 1 [",
      "panic: ",
      "Caused by: ",
      "---> ",
      'File "',
      '", line 1',
      "0: ",
      "::",
      "0x1",
      "Traceback (most recent call last):",
    ],
    ...[
      "thread 'a' panicked at ",
      "PHP Warning:  ",
      " in /a.php:1",
      "[object] (",
      "Next A",
      "| ",
      "  ",
      "Error",
      "a",
      "1",
    ],
  );
  const line = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

  it("total: at most three frames, no empty name, whatever the lines", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { frames } = parseFailure(lines);
        expect(frames.length).toBeLessThanOrEqual(3);
        expect(frames.every((frame) => frame !== "")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
