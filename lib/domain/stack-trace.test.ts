import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFailure } from "./stack-trace";

const node = `TypeError: Cannot read properties of undefined (reading 'amount')
    at settleBatch (/srv/app/src/settle/batch.ts:118:41)
    at async run (file:///srv/app/src/jobs/run.js:9:3)
    at Layer.handle (/srv/app/node_modules/express/lib/router.js:95:5)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;

const browser = `Uncaught ReferenceError: cart is not defined
    at checkout (https://shop.example/assets/index-4f3a9c21b7.js:1:2044)
    at https://shop.example/assets/vendor.js:3:11`;

const python = `Traceback (most recent call last):
  File "/app/shop/views.py", line 31, in post
    charge(order)
  File "/usr/lib/python3.12/site-packages/stripe/api.py", line 5, in call
    raise
  File "/app/shop/pay.py", line 12, in charge
    raise PaymentError("card declined")
shop.errors.PaymentError: card declined`;

const chained = `ValueError: bad amount
During handling of the above exception, another exception occurred:
Traceback (most recent call last):
  File "/app/shop/pay.py", line 20, in retry
RuntimeError: gave up`;

const java = `Exception in thread "main" java.lang.IllegalStateException: queue closed
	at com.acme.shop.Orders.take(Orders.java:42)
	at com.acme.shop.Worker$1.run(Worker.java:7)
	at java.base/java.lang.Thread.run(Thread.java:840)
	at org.springframework.boot.SpringApplication.run(SpringApplication.java:3)
Caused by: java.io.IOException: broken pipe`;

describe("what a failure's text tells", () => {
  it.each<[string, string, string | null, string | null, string[], string?]>([
    [
      "Node: own frames innermost first, libraries and Node itself left out",
      node,
      "TypeError",
      "Cannot read properties of undefined (reading 'amount')",
      ["settleBatch@settle/batch.ts", "run@jobs/run.js"],
    ],
    [
      "a browser: without host and build hash",
      browser,
      "ReferenceError",
      "cart is not defined",
      ["checkout@assets/index.js", "<anonymous>@assets/vendor.js"],
    ],
    [
      "Python: innermost first, site-packages left out",
      python,
      "shop.errors.PaymentError",
      "card declined",
      ["charge@shop/pay.py", "post@shop/views.py"],
    ],
    [
      "Python, chained: the last one raised, and what began it",
      chained,
      "RuntimeError",
      "gave up",
      ["retry@shop/pay.py"],
      "ValueError: bad amount",
    ],
    [
      "Java: the outer exception, own methods, the root cause",
      java,
      "java.lang.IllegalStateException",
      "queue closed",
      ["com.acme.shop.Orders.take", "com.acme.shop.Worker.run"],
      "java.io.IOException: broken pipe",
    ],
    ["a type without a message", "DeadlockError", "DeadlockError", null, []],
    ["a sentence is no type", "The settlement stopped: no reason given", null, null, []],
    ["a label is no type", "source: payments", null, null, []],
    [
      "Windows paths, libraries left out",
      "Error: x\n    at run (C:\\app\\src\\run.js:1:2)\n    at lib (C:\\app\\node_modules\\p\\i.js:1:2)",
      "Error",
      "x",
      ["run@src/run.js"],
    ],
    ["nothing", "", null, null, []],
  ])("%s", (_, text, exceptionType, message, frames, cause) => {
    const { cause: root, ...parsed } = parseFailure(text.split("\n"));
    expect(parsed).toEqual({ exceptionType, message, frames });
    expect(root && `${root.exceptionType}: ${root.message}`).toBe(cause);
  });

  it("keeps the innermost three frames", () => {
    const lines = ["Error: deep", ...[1, 2, 3, 4, 5].map((n) => `    at f${n} (/app/src/f.js:${n}:1)`)];
    expect(parseFailure(lines).frames).toEqual(["f1@src/f.js", "f2@src/f.js", "f3@src/f.js"]);
  });

  it("lines and columns do not matter", () => {
    const moved = node.replaceAll(/:\d+:\d+/g, ":7:7");
    expect(parseFailure(moved.split("\n"))).toEqual(parseFailure(node.split("\n")));
  });

  it("never throws, whatever the text", () => {
    const word = fc.constantFrom(
      "at ",
      "Error",
      ": ",
      'File "',
      '"',
      ", line 1",
      "(",
      ")",
      ":1:1",
      "Caused by: ",
      ".",
      "/",
      "a",
      " ",
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.array(word).map((words) => words.join("")),
          ),
        ),
        (lines) => {
          const parsed = parseFailure(lines);
          expect(parsed.frames.length).toBeLessThanOrEqual(3);
        },
      ),
    );
  });

  it.each([
    ["dots", `${"a.".repeat(490)}Error`],
    ["opened parentheses", `at ${"a (".repeat(600)}`],
    ["colons and digits", `at x${":1".repeat(900)}`],
    ["digits", `at x:${"1".repeat(1_900)}`],
    ["colons", "a:".repeat(499)],
    ["quotes", `File "${"a".repeat(1_900)}`],
  ])("is quick on a line of %s", (_, line) => {
    const startedAt = performance.now();
    parseFailure(Array.from({ length: 400 }, () => line));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
