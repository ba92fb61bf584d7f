import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/testing/log-corpus";
import { traceMakers, traceVariation } from "@/lib/testing/trace-corpus";
import { readTracePlaces } from "./trace-places";

/** `function path:line[:column]`, those of others marked. */
const shown = (text: string) =>
  readTracePlaces(text.split("\n")).map((place) => {
    const where =
      place.path === null ? "-" : [place.path, place.line, place.column].filter((x) => x !== null).join(":");
    return `${place.function ?? "?"} ${where}${place.origin === "app" ? "" : ` (${place.origin})`}`;
  });

const traces: Record<string, [trace: string, places: string[]]> = {
  "Python: the last call first, comprehensions are code like any other": [
    `Traceback (most recent call last):
  File "/srv/app/shop/run.py", line 31, in <module>
    main()
  File "/srv/app/shop/settle.py", line 9, in <listcomp>
    rates = [load(row) for row in rows]
  File "/usr/lib/python3.12/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
  File "/srv/app/.venv/lib/python3.12/site-packages/yaml/loader.py", line 3, in load
    raise
  File "<string>", line 1, in f
ValueError: x`,
    [
      "f -",
      "load /srv/app/.venv/lib/python3.12/site-packages/yaml/loader.py:3 (library)",
      "loads /usr/lib/python3.12/json/__init__.py:346 (runtime)",
      "<listcomp> /srv/app/shop/settle.py:9",
      "? /srv/app/shop/run.py:31",
    ],
  ],
  "Python: the cause before what wraps it": [
    `Traceback (most recent call last):
  File "/a/rates.py", line 9, in load
KeyError: 'x'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/a/settle.py", line 30, in settle
RatesMissing: no rates`,
    ["load /a/rates.py:9", "settle /a/settle.py:30"],
  ],
  "Python: as pytest tells it": [
    "tests/test_shop.py:12: in test_settles\n    settle(None)\nshop/settle.py:7: ValueError",
    ["? shop/settle.py:7", "test_settles tests/test_shop.py:12"],
  ],
  "Ruby: as RSpec tells it": [
    "# ./lib/pay.rb:4:in `charge'\n# ./spec/pay_spec.rb:9:in `block (2 levels) in <top (required)>'",
    ["charge ./lib/pay.rb:4", "? ./spec/pay_spec.rb:9"],
  ],
  "JavaScript: classes, aliases, async, eval, a cause": [
    `SettlementError: batch failed
    at new Batch (/srv/app/src/settle/batch.ts:10:11)
    at Settler.run [as settle] (C:\\app\\src\\settler.ts:44:7)
    at async Promise.all (index 2)
    at async file:///srv/app/run.mjs:9:3
    at eval (eval at <anonymous> (/srv/app/x.js:1:2), <anonymous>:1:1)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  [cause]: TypeError: Invalid URL
      at ratesOf (webpack:///./src/settle/rates.ts?a1b2:3:9) {`,
    [
      "ratesOf webpack:///./src/settle/rates.ts?a1b2:3:9",
      "Batch /srv/app/src/settle/batch.ts:10:11",
      "Settler.run C:\\app\\src\\settler.ts:44:7",
      "? file:///srv/app/run.mjs:9:3",
      "eval /srv/app/x.js:1:2",
      "process.processTicksAndRejections node:internal/process/task_queues:95:5 (runtime)",
    ],
  ],
  "JavaScript: what node prints above an exception counts once, above a syntax error it is all there is": [
    `/srv/app/x.js:3
  throw new Error("x");
  ^

Error: x
    at f (/srv/app/x.js:3:9)`,
    ["f /srv/app/x.js:3:9"],
  ],
  "JavaScript: a syntax error": [
    "/srv/app/x.js:3\n  retrn\n\nSyntaxError: Unexpected",
    ["? /srv/app/x.js:3"],
  ],
  "JavaScript in Firefox": [
    "checkout@https://shop.example/static/app.js:3:11\n@https://shop.example/static/main.js:1:1",
    ["checkout https://shop.example/static/app.js:3:11", "? https://shop.example/static/main.js:1:1"],
  ],
  "Java: the root first, the file's folder from its package, suppressed ones left out": [
    `com.acme.shop.OutOfStock: sku 12
	at app//com.acme.shop.Orders.lambda$take$3(Orders.java:42)
	at com.acme.shop.Orders$$Lambda$214/0x0000000800c8a840.apply(Unknown Source)
	at java.base/java.lang.Thread.run(Thread.java:840) [?:?]
	Suppressed: java.io.IOException: close failed
		at com.acme.shop.Socket.close(Socket.java:3)
		Caused by: java.lang.Error: inner
			at com.acme.shop.Socket.inner(Socket.java:4)
Caused by: org.postgresql.util.PSQLException: ERROR
	at org.postgresql.core.v3.QueryExecutorImpl.receive(QueryExecutorImpl.java:2725)
	at com.acme.shop.Store$1.lock(Store.java:19)
	... 12 more`,
    [
      "org.postgresql.core.v3.QueryExecutorImpl.receive org/postgresql/core/v3/QueryExecutorImpl.java:2725 (library)",
      "com.acme.shop.Store.lock com/acme/shop/Store.java:19",
      "com.acme.shop.Orders.take com/acme/shop/Orders.java:42",
      "java.base/java.lang.Thread.run java/lang/Thread.java:840 (runtime)",
    ],
  ],
  "Kotlin: top-level functions": [
    "	at com.acme.shop.SettleKt.run(Settle.kt:31)\n	at MainKt.main(Main.kt:3)",
    ["com.acme.shop.SettleKt.run com/acme/shop/Settle.kt:31", "MainKt.main Main.kt:3"],
  ],
  "Go: what came before the panic comes after it; one goroutine, without its creator": [
    `goroutine 34 [running]:
runtime/debug.Stack()
	/usr/local/go/src/runtime/debug/stack.go:26 +0x5e
main.recovered.func1()
	/home/ci/build/middleware.go:14 +0x2c
panic({0x7a1e60?, 0xa4b3c0?})
	/usr/local/go/src/runtime/panic.go:785 +0x132
github.com/acme/shop/v2/pay.(*Client).Charge(0xc0000b2000, {0xc00001c0a8, 0x4})
	/home/ci/build/pay/client.go:88 +0x5a
github.com/hashicorp/go-retry.Do(0xc000112000)
	/root/go/pkg/mod/github.com/hashicorp/go-retry@v1.4.2/do.go:11 +0x40
created by main.serve in goroutine 1
	/home/ci/build/main.go:31 +0x9a

goroutine 1 [chan receive]:
main.main()
	/home/ci/build/main.go:12 +0x1d`,
    [
      "panic /usr/local/go/src/runtime/panic.go:785 (runtime)",
      "github.com/acme/shop/pay.(*Client).Charge /home/ci/build/pay/client.go:88",
      "github.com/hashicorp/go-retry.Do /root/go/pkg/mod/github.com/hashicorp/go-retry@v1.4.2/do.go:11 (library)",
      "runtime/debug.Stack /usr/local/go/src/runtime/debug/stack.go:26 (runtime)",
      "main.recovered /home/ci/build/middleware.go:14",
    ],
  ],
  "Go: a stack as an error carries it": [
    "rates: refused\ngithub.com/acme/shop/rates.Load\n	/srv/app/rates/load.go:19\nmain.run\n	/srv/app/main.go:40",
    ["github.com/acme/shop/rates.Load /srv/app/rates/load.go:19", "main.run /srv/app/main.go:40"],
  ],
  "Rust: the place of the panic counts once": [
    `thread 'main' panicked at src/settle.rs:41:18:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6239c3d8bd/library/std/src/panicking.rs:645:5
   2: shop::settle::Batch<T>::run::{{closure}}
             at ./src/settle.rs:41:18
   4: tokio::runtime::poll
             at /home/ci/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.36.0/src/core.rs:328:17`,
    [
      "rust_begin_unwind /rustc/90b35a6239c3d8bd/library/std/src/panicking.rs:645:5 (runtime)",
      "shop::settle::Batch::run ./src/settle.rs:41:18",
      "tokio::runtime::poll /home/ci/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.36.0/src/core.rs:328:17 (library)",
    ],
  ],
  "Rust: before 1.73, no backtrace": [
    "thread 'main' panicked at 'index out of bounds: the len is 3', src/main.rs:3:5",
    ["? src/main.rs:3:5"],
  ],
  "Ruby: the cause stands last, its own lines first": [
    `/srv/app/lib/pay.rb:12:in 'Shop::Pay#charge': card declined (Shop::PaymentError)
	from /srv/app/lib/pay.rb:9:in 'block (2 levels) in Shop::Pay#all'
	from /usr/lib/ruby/gems/3.3.0/gems/activerecord-7.1.2/lib/relation.rb:88:in 'each'
/srv/app/lib/gateway.rb:31:in 'post': execution expired (Net::ReadTimeout)
	from /usr/lib/ruby/3.3.0/monitor.rb:201:in 'synchronize'
	from bin/run:3:in '<main>'`,
    [
      "post /srv/app/lib/gateway.rb:31",
      "synchronize /usr/lib/ruby/3.3.0/monitor.rb:201 (runtime)",
      "? bin/run:3",
      "Shop::Pay#charge /srv/app/lib/pay.rb:12",
      "Shop::Pay#all /srv/app/lib/pay.rb:9",
      "each /usr/lib/ruby/gems/3.3.0/gems/activerecord-7.1.2/lib/relation.rb:88 (library)",
    ],
  ],
  "Ruby: what it brings along has the place of its caller, blocks are code like any other": [
    `/a/pay.rb:5:in \`fetch': key not found: :total (KeyError)
	from /a/pay.rb:5:in \`block in charge'
	from /a/pay.rb:5:in \`map'
	from /a/pay.rb:5:in \`charge'
	from /a/pay.rb:5:in \`charge'
	from run.rb:2:in \`<main>'`,
    [
      "fetch - (runtime)",
      "charge /a/pay.rb:5",
      "map - (runtime)",
      "charge /a/pay.rb:5",
      "charge /a/pay.rb:5",
      "? run.rb:2",
    ],
  ],
  "PHP: a place lies in the function of the frame behind it": [
    `PHP Fatal error:  Uncaught PDOException: refused in /srv/app/src/Store.php:12
Stack trace:
#0 /srv/app/src/Store.php(12): PDO->__construct('mysql:host=db', 'shop')
#1 /srv/app/vendor/laravel/BoundMethod.php(36): App\\Store->open()
#2 [internal function]: App\\Jobs\\Settle->handle()
#3 {main}

Next App\\Errors\\Late: too late in /srv/app/src/Settle.php:44
Stack trace:
#0 /srv/app/src/Run.php(9): App\\Settle->run(Object(App\\Batch), 3)
#1 {main}
  thrown in /srv/app/src/Settle.php on line 44`,
    [
      "App\\Store->open /srv/app/src/Store.php:12",
      "App\\Jobs\\Settle->handle /srv/app/vendor/laravel/BoundMethod.php:36 (library)",
      "? - (runtime)",
      "App\\Settle->run /srv/app/src/Settle.php:44",
      "? /srv/app/src/Run.php:9",
    ],
  ],
  "PHP: a warning": [
    "PHP Warning:  Undefined $total in /srv/app/src/cart.php on line 7",
    ["? /srv/app/src/cart.php:7"],
  ],
  ".NET: the inner exception first": [
    `Unhandled exception. System.InvalidOperationException: batch failed
 ---> System.IO.IOException: broken pipe
   at Shop.Store.<WriteAsync>d__12\`1.MoveNext() in /src/Shop/Store.cs:line 88
   at System.Threading.Tasks.Task.Execute(Task& currentTaskSlot)
   --- End of inner exception stack trace ---
   at Shop.Settle.Run[T](List\`1 rows) in C:\\a b\\Shop\\Settle.cs:line 42`,
    [
      "Shop.Store.WriteAsync /src/Shop/Store.cs:88",
      "System.Threading.Tasks.Task.Execute - (library)",
      "Shop.Settle.Run C:\\a b\\Shop\\Settle.cs:42",
    ],
  ],
};

describe("the places of a trace, by language", () => {
  it.each(Object.entries(traces))("%s", (_, [trace, places]) => expect(shown(trace)).toEqual(places));

  it.each(Object.keys(traceMakers))("%s: the corpus gives a place of the app, with its line", (language) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const failure = { type: "Declined", method: "charge", module: "pay" };
      const trace = traceMakers[language]?.(failure, traceVariation(seededRandom(seed))) ?? "";
      const place = readTracePlaces(trace.split("\n")).find((each) => each.origin === "app" && each.path);
      expect(place?.line, trace).toBeGreaterThan(0);
    }
  });
});

describe("bounded and total", () => {
  it("ten thousand frames: the 200 nearest, in either order", () => {
    const python = Array.from({ length: 10_000 }, (_, at) => `  File "/a/x.py", line ${at + 1}, in f`);
    const places = readTracePlaces(["Traceback (most recent call last):", ...python]);
    expect(places).toHaveLength(200);
    expect(places[0]?.line).toBe(10_000);
    const java = Array.from({ length: 10_000 }, (_, at) => `\tat a.B.c(B.java:${at + 1})`);
    expect(readTracePlaces(java).map((place) => place.line)).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 1),
    );
  });

  const pieces = [
    ...["at ", "(", ")", ":1:1", ".", "/", "\\", "<", "$", "@", "`", "'", ":in '", "#0 ", "(3): ", "[as "],
    ...[
      "goroutine 1 [",
      "panic(",
      "Caused by: ",
      "---> ",
      'File "',
      '", line 1',
      "0: ",
      "::",
      " +0x1",
      ".go:3",
    ],
    ...[
      "thread 'a' panicked at ",
      " in /a.php:1",
      ".php",
      "Next A: ",
      "| ",
      "from ",
      ") in ",
      ":line 3",
      "Error",
      "a",
      "1",
    ],
  ];

  it.each([...pieces, "a.", "a/", "1:", "(a", "'in ", "{0x1, ", " in /a"])("long lines of %s", (piece) => {
    const starts = ["", "at ", 'File "', "#0 ", "from a:1:in '", "thread 'a' panicked at ", "0: ", "Next "];
    const lines = starts.map((start) => start + piece.repeat(Math.floor(1_900 / piece.length)));
    const places = readTracePlaces(Array.from({ length: 500 }, () => lines).flat());
    expect(places.length).toBeLessThanOrEqual(200);
  });

  it("never throws, and names no empty function or path", () => {
    const line = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        for (const place of readTracePlaces(lines)) {
          expect(place.function).not.toBe("");
          expect(place.path).not.toBe("");
        }
      }),
      { numRuns: 500 },
    );
  });
});
