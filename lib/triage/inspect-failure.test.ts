import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Inspection, TriageSubject } from "@/lib/domain/triage";
import { inspectFailure } from "./inspect-failure";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-inspected-")));
const repos = join(folder, "repos");
const root = join(repos, "shop");
const write = (path: string, content: string | Buffer) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

const subject = (more: Partial<TriageSubject>): TriageSubject => ({
  ...{ draftId: "draft-1", incidentId: "incident-1", fingerprint: "f", repo: "acme/shop", projectId: null },
  ...{ title: "A failure", detail: "", excerpt: [], evidenceRefs: [], eventType: "report", component: null },
  ...{ source: null, level: "error", riskLevel: null, environment: {}, firstSeenAtMs: 0, lastSeenAtMs: 0 },
  lastGoodAtMs: null,
  ...more,
});
const limits = () => ({ deadlineMs: 30_000, signal: new AbortController().signal });
const inspect = (more: Partial<TriageSubject>, input: Partial<Parameters<typeof inspectFailure>[0]> = {}) =>
  inspectFailure(
    { subject: subject(more), root, allowedRoots: [repos], logNeighbours: [], ...input },
    limits(),
  );

const framesOf = (found: Inspection) =>
  found.frames.map(({ state, path, line }) => (path === null ? state : `${path}:${line}`));
const rulesOf = (found: Inspection) => [...new Set(found.findings.map((each) => each.rule))].sort();
const topOf = (found: Inspection) => found.findings.find((each) => each.rule === "top_app_frame");

const python = `import json


class Settler:
    def settle(self, order):
        if order is None:
            raise ValueError("the order has already been settled elsewhere")
        return order["total"]
`;

beforeAll(() => {
  write("shop/settle.py", python);
  write("shop/run.py", "from shop.settle import Settler\n\ndef main():\n    Settler().settle(None)\n");
  write("services/a/src/pay.py", "def pay():\n    pass\n");
  write("services/b/src/pay.py", "def refund():\n    pass\n");
  write(
    "core/src/main/java/com/acme/Orders.java",
    "package com.acme;\npublic class Orders {\n  void take() {\n    throw new X();\n  }\n}\n",
  );
  write("kotlin/Rates.kt", "package com.acme.rates\n\nfun load() {\n  throw X()\n}\n");
  write("pay/client.go", "package pay\n\nfunc (c *Client) Charge() {\n\tpanic(1)\n}\n");
  write("lib/pay.rb", "module Shop\n  class Pay\n    def charge\n      raise 'x'\n    end\n  end\nend\n");
  write("src/Shop/Store.cs", "class Store {\n  void Flush() {\n    throw;\n  }\n}\n");
  write("src/settle.rs", "fn run() {\n    None::<u8>.unwrap();\n}\n");
  write("src/Settle.php", "<?php\nfunction run() {\n  throw new X();\n}\n");
  write("web/cart.tsx", "export const Cart = () => {\n  return null.x;\n};\n");
  write("config/app.yml", "workers:\n  payments-worker:\n    password: hunter2\n    max_retries: 3\n");
  write("poetry.lock", '[[package]]\nname = "celery"\nversion = "5.3.1"\n');
  write("Gemfile.lock", "GEM\n  specs:\n    rack (3.0.8)\n");
  write("src/large.py", "x");
  truncateSync(join(root, "src/large.py"), 60 * 1024 * 1024);
  write("src/binary.py", Buffer.alloc(100));
  write("src/latin.py", Buffer.from("def f():\n    x = '\xe9'\n", "latin1"));
  execFileSync("mkfifo", [join(root, "src/pipe.py")]);
  mkdirSync(join(folder, "secret"));
  writeFileSync(join(folder, "secret/keys.py"), "SECRET = 'the key of the whole house'\n");
  symlinkSync(join(folder, "secret/keys.py"), join(root, "src/keys.py"));
  symlinkSync("loop.py", join(root, "src/loop.py"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trace = (path: string, line = 1, name = "f") =>
  `Traceback (most recent call last):\n  File "${path}", line ${line}, in ${name}\nValueError: x`;

describe("a trace and the project it came from", () => {
  it("frames, windows, the place of the message, and what follows", async () => {
    const found = await inspect({
      detail: `Traceback (most recent call last):
  File "/app/shop/run.py", line 4, in main
    Settler().settle(None)
  File "/app/.venv/lib/python3.12/site-packages/celery/app/trace.py", line 9, in call
  File "/app/shop/settle.py", line 7, in settle
    raise ValueError
ValueError: the order has already been settled elsewhere`,
    });
    expect(framesOf(found)).toEqual(["shop/settle.py:7", "not_looked_for", "shop/run.py:4"]);
    const [window] = found.windows;
    expect(window).toMatchObject({ path: "shop/settle.py", language: "Python", fromLine: 1, focusLine: 7 });
    expect(window?.enclosing).toEqual({ name: "settle", kind: "function", fromLine: 5, toLine: 8 });
    expect(window?.lines[6]).toContain("raise ValueError");
    expect(topOf(found)).toMatchObject({
      certainty: "inference",
      confidence: "high",
      statement: "It broke in settle at shop/settle.py:7.",
      evidence: [
        { kind: "report", field: "detail" },
        { kind: "code", path: "shop/settle.py", fromLine: 7, toLine: 7 },
      ],
    });
    expect(found.mentions).toEqual([
      expect.objectContaining({ path: "shop/settle.py", line: 7, because: "message_literal" }),
      { path: "poetry.lock", line: 2, because: "locks_dependency", text: 'name = "celery"' },
    ]);
    expect(rulesOf(found)).toEqual([
      "frame_resolved",
      "function_at_line",
      "library_version_locked",
      "message_written_here",
      "top_app_frame",
    ]);
    expect(found.findings.every((each) => each.rule === "top_app_frame" || each.certainty === "fact")).toBe(
      true,
    );
  });

  it.each<[language: string, detail: string, place: string, block: string]>([
    [
      "Java",
      "X: y\n\tat com.acme.Orders.take(Orders.java:4)",
      "core/src/main/java/com/acme/Orders.java:4",
      "take",
    ],
    [
      "Go",
      "goroutine 1 [running]:\npanic(0x1)\n\t/usr/local/go/src/runtime/panic.go:7 +0x1\nshop/pay.(*Client).Charge(0xc0)\n\t/home/ci/build/pay/client.go:4 +0x5a",
      "pay/client.go:4",
      "Charge",
    ],
    [
      "Ruby",
      "/srv/releases/20260612/lib/pay.rb:4:in 'Shop::Pay#charge': x (RuntimeError)",
      "lib/pay.rb:4",
      "charge",
    ],
    [
      ".NET",
      "System.X: y\n   at Shop.Store.Flush() in C:\\build\\src\\Shop\\Store.cs:line 3",
      "src/Shop/Store.cs:3",
      "Flush",
    ],
    ["Rust", "thread 'main' panicked at src/settle.rs:2:18:\nx", "src/settle.rs:2", "run"],
    [
      "PHP",
      "PHP Fatal error:  Uncaught X: y in /var/www/html/src/Settle.php:3\nStack trace:\n#0 {main}",
      "src/Settle.php:3",
      "run",
    ],
    [
      "TypeScript",
      "TypeError: x\n    at Cart (webpack:///./web/cart.tsx?4f3a:2:15)",
      "web/cart.tsx:2",
      "Cart",
    ],
  ])("%s", async (_, detail, place, block) => {
    const found = await inspect({ detail });
    expect(framesOf(found).filter((each) => each !== "not_looked_for")).toEqual([place]);
    expect(found.windows[0]?.enclosing?.name).toBe(block);
    expect(topOf(found)?.statement).toContain(place);
  });

  it("several files fit; the function tells them apart where it can", async () => {
    const unclear = await inspect({ detail: trace("/srv/x/src/pay.py", 2, "other") });
    expect(framesOf(unclear)).toEqual(["several"]);
    expect(rulesOf(unclear)).toContain("frame_ambiguous");
    const elsewhere = await inspect({ detail: trace("/srv/x/other/pay.py", 2, "other") });
    expect(framesOf(elsewhere)).toEqual(["outside_root"]);
    const clear = await inspect({ detail: trace("/srv/x/src/pay.py", 2, "refund") });
    expect(framesOf(clear)).toEqual(["services/b/src/pay.py:2"]);
  });

  it("a folder of the project is its own, whatever its name suggests", async () => {
    write("ruby/3.3.0/lib/own.rb", "def charge\n  raise 'x'\nend\n");
    write("vendor/other.rb", "def charge\n  raise 'x'\nend\n");
    const own = await inspect({ detail: `${root}/ruby/3.3.0/lib/own.rb:2:in 'charge': x (RuntimeError)` });
    expect(framesOf(own)).toEqual(["ruby/3.3.0/lib/own.rb:2"]);
    expect(own.frames[0]?.origin).toBe("app");
    const gem = await inspect({ detail: "/usr/lib/ruby/3.3.0/lib/own.rb:2:in 'charge': x (RuntimeError)" });
    expect(framesOf(gem)).toEqual(["not_looked_for"]);
    write(
      "java/org/apache/shop/Cart.java",
      "package org.apache.shop;\nclass Cart {\n  void add() {\n    f();\n  }\n}\n",
    );
    const java = await inspect({
      detail: "X: y\n\tat org.apache.other.Cart.add(Cart.java:4)\n\tat org.apache.shop.Cart.add(Cart.java:4)",
    });
    expect(framesOf(java)).toEqual(["not_looked_for", "java/org/apache/shop/Cart.java:4"]);
  });

  it("a package's folders may be left out where the file declares the package", async () => {
    const own = await inspect({ detail: "X: y\n\tat com.acme.rates.RatesKt.load(Rates.kt:4)" });
    expect(framesOf(own)).toEqual(["kotlin/Rates.kt:4"]);
    const other = await inspect({
      detail: "X: y\n\tat com.other.RatesKt.load(Rates.kt:4)\n\tat org.x.acme.Orders.take(Orders.java:4)",
    });
    expect(framesOf(other)).toEqual(["not_found", "not_found"]);
  });

  it("a project at another version: the line is not there, or in another function", async () => {
    const beyond = await inspect({ detail: trace("/app/shop/settle.py", 93, "settle") });
    expect(topOf(beyond)?.confidence).toBe("low");
    expect(beyond.findings.find((each) => each.rule === "line_beyond_file")?.statement).toContain(
      "which has 9",
    );
    expect(beyond.windows[0]).toMatchObject({ focusLine: null, enclosing: null });
    const moved = await inspect({ detail: trace("/app/shop/settle.py", 7, "refund") });
    expect(topOf(moved)?.confidence).toBe("low");
    expect(rulesOf(moved)).toContain("function_differs");
  });

  it("what the text names beside a trace; configuration without its values", async () => {
    const found = await inspect({
      title: "payments-worker: unknown key max_retries",
      detail: "See `shop/settle.py:5` and config/app.yml, and src/nothing.py.",
      component: "payments-worker",
    });
    expect(found.mentions).toEqual([
      { path: "shop/settle.py", line: 5, because: "named_in_report", text: "shop/settle.py" },
      { path: "config/app.yml", line: null, because: "named_in_report", text: "config/app.yml" },
      { path: "config/app.yml", line: 2, because: "names_component", text: "payments-worker: ..." },
    ]);
    expect(found.windows.map((each) => [each.path, each.focusLine])).toEqual([["shop/settle.py", 5]]);
    expect(rulesOf(found)).toEqual(["component_configured", "file_named", "no_trace"]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("configuration", () => {
  it("a key that the message names, as a word of its own, without its value", async () => {
    write("config/mail.properties", "old_smtp.host=a\nsmtp.host=hunter3\n");
    write("test/fixtures/mail.properties", "smtp.host=b\n");
    const found = await inspect({ detail: "ConfigError: cannot reach `smtp.host`" });
    expect(found.mentions).toEqual([
      { path: "config/mail.properties", line: 2, because: "message_literal", text: "smtp.host= ..." },
    ]);
    expect(rulesOf(found)).toEqual(["key_configured", "no_trace"]);
    expect(JSON.stringify(found)).not.toContain("hunter3");
  });
});

describe("bad input", () => {
  const detail = trace("/app/shop/settle.py", 7, "settle");

  it.each<[what: string, input: Partial<Parameters<typeof inspectFailure>[0]>, outcome: string]>([
    ["no root", { root: null }, "absent"],
    ["a root that does not exist", { root: join(repos, "none") }, "absent"],
    ["a root outside the allowed ones", { root: join(folder, "secret") }, "refused"],
    ["nothing allowed", { allowedRoots: [] }, "refused"],
    ["a root that is never read", { refusedFolders: [repos] }, "refused"],
    ["a relative root", { root: "shop" }, "refused"],
  ])("%s", async (_, input, outcome) => {
    const found = await inspect({ detail }, input);
    expect(framesOf(found)).toEqual(["no_root"]);
    expect(found.windows).toEqual([]);
    expect(found.lookedAt[1]).toMatchObject({ what: "the project's folder", outcome });
    expect(rulesOf(found)).toEqual(["root_unreadable"]);
  });

  it.each<[what: string, path: string, state: string]>([
    ["a system's file", "/etc/passwd", "outside_root"],
    ["a file of this host outside the root", join(folder, "secret/keys.py"), "outside_root"],
    ["climbing out", "../../secret/keys.py", "outside_root"],
    ["a link out", "src/keys.py", "outside_root"],
    ["its absolute path", join(root, "src/keys.py"), "outside_root"],
    ["a link out, as another host names it", "/app/src/keys.py", "outside_root"],
    ["a NUL", "shop/settle.py\0.png", "outside_root"],
    ["a link to itself", "src/loop.py", "unreadable"],
    ["a FIFO", "src/pipe.py", "unreadable"],
    ["a large file", "/app/src/large.py", "unreadable"],
    ["a binary file", "/app/src/binary.py", "unreadable"],
    ["a folder", "src", "unreadable"],
    ["nothing", "src/nothing.py", "not_found"],
    ["no file at all", "<string>", "not_looked_for"],
  ])("a trace that names %s", async (_, path, state) => {
    const found = await inspect({ detail: trace(path) });
    expect(framesOf(found)).toEqual([state]);
    expect(found.windows).toEqual([]);
    expect(JSON.stringify(found)).not.toContain("the whole house");
  });

  it("a message that is written outside the project is not found there", async () => {
    const found = await inspect({ detail: "ValueError: the key of the whole house" });
    expect(found.mentions).toEqual([]);
  });

  it("invalid UTF-8 survives", async () => {
    const found = await inspect({ detail: trace("/app/src/latin.py", 2) });
    expect(found.windows[0]?.lines[1]).toBe("    x = '\uFFFD'");
  });

  it("ten thousand frames, each of another file", async () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, at) => `\tat com.acme.Orders${at}.take(Orders${at}.java:4)`,
    );
    const found = await inspect({ detail: ["X: y", ...lines].join("\n"), excerpt: lines });
    expect(found.frames).toHaveLength(100);
    expect(found.frames.filter((each) => each.state === "not_found")).toHaveLength(60);
    expect(JSON.stringify(found).length).toBeLessThan(200_000);
  });

  it("at most eight windows, of bounded lines", async () => {
    for (let at = 0; at < 12; at += 1) write(`many/m${at}.py`, `def f():\n    x = "${"y".repeat(5_000)}"\n`);
    const calls = Array.from({ length: 12 }, (_, at) => `  File "/app/many/m${at}.py", line 2, in f`);
    const found = await inspect({ detail: ["Traceback (most recent call last):", ...calls].join("\n") });
    expect(found.windows).toHaveLength(8);
    for (const line of found.windows.flatMap((each) => each.lines)) expect(line.length).toBeLessThan(420);
  });

  it("no time, or stopped: says so", async () => {
    const input = { subject: subject({ detail }), root, allowedRoots: [repos], logNeighbours: ["log:1"] };
    for (const each of [
      { deadlineMs: 0, signal: new AbortController().signal },
      { deadlineMs: 30_000, signal: AbortSignal.abort() },
    ]) {
      const found = await inspectFailure(input, each);
      expect(found.lookedAt).toContainEqual(
        expect.objectContaining({ what: "the rest", outcome: "refused" }),
      );
      expect(framesOf(found)).toEqual(["not_looked_for"]);
      expect(found.logNeighbours).toEqual(["log:1"]);
    }
  });

  it("nothing at all", async () => {
    const found = await inspect({ title: "" });
    expect(found).toMatchObject({ frames: [], windows: [], mentions: [] });
    expect(rulesOf(found)).toEqual(["no_trace"]);
  });
});
