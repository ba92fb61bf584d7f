import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Inspection } from "@/lib/domain/triage";
import { inspectionOf, subjectOf } from "@/lib/testing/failure-ground";
import { GitGround } from "@/lib/testing/git-ground";
import { readHistory } from "./read-history";

let ground: GitGround;
beforeEach(() => {
  ground = new GitGround();
});
afterEach(() => ground.remove());

const hour = 3_600_000;
const text = (...lines: string[]) => `${lines.join("\n")}\n`;

/** The suspects of a failure that is seen first after the last commit, unless told. */
async function suspectsOf(
  message: string,
  inspection: Inspection,
  times: { firstSeenAtMs?: number; lastGoodAtMs?: number } = {},
) {
  const subject = subjectOf(message, times.firstSeenAtMs ?? ground.nextAtMs, times.lastGoodAtMs ?? null);
  const limits = { deadlineMs: 20_000, signal: new AbortController().signal };
  return (await readHistory({ root: ground.root, inspection, subject }, limits)).history.suspects;
}

describe("regressions, with later changes of the same lines that changed nothing", () => {
  it("a guard taken out; then quotes, a local name, a comment and a log line", async () => {
    const cart = (...body: string[]) =>
      text("function total(cart) {", ...body, "}", "", "module.exports = { total };");
    const sum = "  return cart.items.reduce((sum, item) => sum + item.cents, 0);";
    ground.commit("Carts", { files: { "cart.js": cart("  if (!cart.items) return 0;", sum) } });
    const cause = ground.commit("Shorter total", { files: { "cart.js": cart(sum) } });
    const renamed = sum.replaceAll("item.", "line.").replace("(sum, item)", "(sum, line)");
    ground.commit("Names", { files: { "cart.js": cart(renamed) } });
    ground.commit("Why", { files: { "cart.js": cart("  // in cents", renamed) } });
    ground.commit("Log", { files: { "cart.js": cart('  console.log("total");', "  // in cents", renamed) } });
    const [first, second] = await suspectsOf(
      "TypeError: Cannot read properties of undefined (reading 'reduce')",
      inspectionOf([["cart.js", 4, "total"]]),
    );
    expect(first).toMatchObject({ hash: cause, confidence: "high" });
    expect(first?.because).toContain("removed_guard");
    expect(second?.score ?? 0).toBeLessThan((first?.score ?? 0) / 2);
  });

  it("a comparison changed in the failing line; then the function was moved and indented", async () => {
    const loop = (mark: string, indent: string) => [
      "int sum(int[] xs) {",
      `${indent}int sum = 0;`,
      `${indent}for (int at = 0; at ${mark} xs.length; at++) sum += xs[at];`,
      `${indent}return sum;`,
      "}",
    ];
    const inClass = (lines: string[], indent: string) =>
      text("class Sums {", ...lines.map((each) => indent + each), "}");
    ground.commit("Sums", { files: { "Sums.java": inClass(loop("<", "  "), "  ") } });
    const cause = ground.commit("Tidy", { files: { "Sums.java": inClass(loop("<=", "  "), "  ") } });
    ground.commit("Format", { files: { "Sums.java": inClass(loop("<=", "    "), "    ") } });
    const [first] = await suspectsOf(
      "java.lang.ArrayIndexOutOfBoundsException: Index 3 out of bounds for length 3",
      inspectionOf([["Sums.java", 4, "sum"]]),
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "Sums.java" }] });
    expect(first?.because.slice(0, 3)).toContain("changed_failing_line");
    expect(first?.because).toContain("fits_the_failure");
  });
});

describe("causes in another file than the one that fails", () => {
  it("a key that was renamed where the record is made", async () => {
    ground.commit("Start", {
      files: {
        "load.py": text("def load(row):", '    return {"id": row[0], "total_cents": row[1]}'),
        "show.py": text(
          "from load import load",
          "",
          "",
          "def show(row):",
          "    order = load(row)",
          '    return order["total_cents"] / 100',
        ),
      },
    });
    const cause = ground.commit("Amounts have one name", {
      files: { "load.py": text("def load(row):", '    return {"id": row[0], "amount": row[1]}') },
    });
    ground.commit("Layout", {
      files: {
        "show.py": text(
          "from load import load",
          "",
          "",
          "def show(row):",
          "    order = load( row )",
          '    return order[ "total_cents" ]/100',
        ),
      },
    });
    const [first] = await suspectsOf("KeyError: 'total_cents'", inspectionOf([["show.py", 6, "show"]]));
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "load.py" }] });
    expect(first?.because.slice(0, 2)).toContain("removed_named_symbol");
  });

  it("a setting that is gone", async () => {
    const settings = (queue: object) => `${JSON.stringify({ http: { retries: 3 }, queue }, null, 2)}\n`;
    const reader = text("def workers(settings):", '    return settings["queue"]["workers"] * 2');
    ground.commit("Start", {
      files: { "config/app.json": settings({ workers: 2, limit: 9 }), "run.py": reader },
    });
    const cause = ground.commit("Smaller machines", { files: { "config/app.json": settings({ limit: 9 }) } });
    ground.commit("Retry more", { files: { "config/app.json": settings({ limit: 9 }).replace("3", "5") } });
    const [first] = await suspectsOf("KeyError: 'workers'", inspectionOf([["run.py", 2, "workers"]]));
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "config/app.json" }] });
  });

  it("a called function that answers something else", async () => {
    const rates = (answer: string) =>
      text(
        "package main",
        "",
        "func rateOf(zone string) *Rate {",
        "\trate := rates[zone]",
        `\treturn ${answer}`,
        "}",
      );
    const quote = text(
      "package main",
      "",
      "func quote(zone string) int {",
      "\trate := rateOf(zone)",
      "\treturn rate.Cents * 2",
      "}",
    );
    ground.commit("Start", {
      files: { "rates.go": rates("orDefault(rate)"), "quote.go": quote, "other.go": "package main\n" },
    });
    ground.commit("Other", { files: { "other.go": text("package main", "", "var unused = 1") } });
    const cause = ground.commit("Rates as they are", { files: { "rates.go": rates("rate") } });
    ground.commit("Note", { files: { "quote.go": quote.replace("\treturn", "\t// twice\n\treturn") } });
    const [first] = await suspectsOf(
      "panic: runtime error: invalid memory address or nil pointer dereference",
      inspectionOf([["quote.go", 6, "quote"]]),
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "rates.go" }] });
    expect(first?.because[0]).toBe("changed_called_function");
  });

  it("arguments that a caller swapped", async () => {
    const caller = (args: string) =>
      text('require_relative "rebate"', "", "def bill(cart)", `  rebate(${args})`, "end");
    const rebate = text(
      "def rebate(total, percent)",
      '  raise ArgumentError, "rebate of #{percent} percent" if percent > 60',
      "  total * percent / 100",
      "end",
    );
    ground.commit("Start", { files: { "bill.rb": caller("cart.total, cart.percent"), "rebate.rb": rebate } });
    const cause = ground.commit("Bills", { files: { "bill.rb": caller("cart.percent, cart.total") } });
    ground.commit("Say more", { files: { "rebate.rb": `# Rebates are whole percents.\n${rebate}` } });
    const [first] = await suspectsOf(
      "ArgumentError: rebate of 10480 percent",
      inspectionOf([
        ["rebate.rb", 3, "rebate"],
        ["bill.rb", 4, "bill"],
      ]),
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "bill.rb" }] });
  });

  it("a file that moved away from where it is imported", async () => {
    const price = text("def price(order):", "    return order.cents");
    ground.commit("Start", {
      files: { "shop/price.py": price, "run.py": text("from shop.price import price", "", "price(1)") },
    });
    ground.git("mv", "shop/price.py", "shop/pricing.py");
    const cause = ground.commit("A better name");
    ground.commit("Say more", { files: { "README.md": "Prices\n" } });
    const [first] = await suspectsOf(
      "ModuleNotFoundError: No module named 'shop.price'",
      inspectionOf([["run.py", 1]]),
    );
    expect(first).toMatchObject({
      hash: cause,
      changes: [{ removed: ["shop/price.py"], added: ["shop/pricing.py"] }],
    });
  });

  it("an attribute that the constructor no longer sets", async () => {
    const order = (...sets: string[]) =>
      text(
        "class Order:",
        "    def __init__(self, row):",
        ...sets.map((each) => `        self.${each}`),
        "",
        "    def label(self):",
        "        return self.id",
      );
    const show = text(
      "from order import Order",
      "",
      "",
      "def show(row):",
      "    return Order(row).total / 100",
    );
    ground.commit("Start", {
      files: { "order.py": order("id = row[0]", "total = row[1]"), "show.py": show },
    });
    const cause = ground.commit("Orders are slimmer", { files: { "order.py": order("id = row[0]") } });
    ground.commit("Note", { files: { "show.py": show.replace("    return", "    # in euros\n    return") } });
    const [first] = await suspectsOf(
      "AttributeError: 'Order' object has no attribute 'total'",
      inspectionOf([["show.py", 6, "show"]]),
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "order.py" }] });
    expect(first?.because.slice(0, 2)).toContain("removed_named_symbol");
  });

  it("a function that moved to another file", async () => {
    const helper = ["export function cents(text) {", "  return Math.round(Number(text) * 100);", "}", ""];
    const other = ["export function shown(cents) {", "  return (cents / 100).toFixed(2);", "}"];
    ground.commit("Start", {
      files: {
        "money.mjs": text(...helper, ...other),
        "texts.mjs": text("export const mark = 'EUR';"),
        "run.mjs": text("import * as money from './money.mjs';", "", "console.log(money.cents('1.5'));"),
      },
    });
    ground.commit("Layout", {
      files: {
        "run.mjs": text("import * as money from './money.mjs';", "", 'console.log(money.cents("1.5"));'),
      },
    });
    const cause = ground.commit("Sort out money", {
      files: { "money.mjs": text(...other), "texts.mjs": text("export const mark = 'EUR';", "", ...helper) },
    });
    const [first] = await suspectsOf(
      "TypeError: money.cents is not a function",
      inspectionOf([["run.mjs", 3]]),
    );
    expect(first?.hash).toBe(cause);
  });

  it("a library that the trace goes through, in another version", async () => {
    const lock = (version: string) => text("requests==2.31.0", `urllib3==${version}`);
    const fetch = text("import requests", "", "", "def fetch(url):", "    return requests.get(url).json()");
    ground.commit("Start", { files: { "requirements.txt": lock("1.26.0"), "fetch.py": fetch } });
    const cause = ground.commit("Newer libraries", { files: { "requirements.txt": lock("2.0.0") } });
    ground.commit("Read me", { files: { "README.md": "Fetches\n" } });
    const inspection = inspectionOf([["fetch.py", 5, "fetch"]]);
    inspection.frames.unshift({
      ...{
        text: 'File "/venv/lib/python3.11/site-packages/urllib3/util/ssl_.py", line 9',
        depth: 0,
        origin: "library",
      },
      ...{
        function: "create",
        reportedPath: "/venv/lib/python3.11/site-packages/urllib3/util/ssl_.py",
        line: 9,
      },
      ...{ state: "outside_root", path: null },
    });
    const [first] = await suspectsOf(
      "ImportError: cannot import name 'DEFAULT_CIPHERS' from 'urllib3.util.ssl_'",
      inspection,
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "requirements.txt" }] });
    expect(first?.because).toContain("bumped_library_in_trace");
  });
});

describe("when it was", () => {
  const rate = (value: string) => text("def rate(order):", `    return order["rate"] * ${value}`);
  const failing = inspectionOf([["rate.py", 2, "rate"]]);
  const message = "TypeError: can't multiply sequence by non-int of type 'float'";

  it("a commit after the first sighting is no cause of it", async () => {
    ground.commit("Start", { files: { "rate.py": rate("1") } });
    const cause = ground.commit("Rates", { files: { "rate.py": rate("1.5") } });
    const seenAtMs = ground.nextAtMs;
    const late = ground.commit("Rates again", {
      files: { "rate.py": rate("2.5") },
      atMs: seenAtMs + 5 * hour,
    });
    const suspects = await suspectsOf(message, failing, { firstSeenAtMs: seenAtMs });
    expect(suspects[0]?.hash).toBe(cause);
    expect(suspects.find((each) => each.hash === late)?.because ?? ["after_first_seen"]).toContain(
      "after_first_seen",
    );
  });

  it("of two changes, the one since it was last seen to be well", async () => {
    ground.commit("Start", { files: { "rate.py": rate("1") } });
    ground.commit("Rates", { files: { "rate.py": rate("1.5") } });
    const lastGoodAtMs = ground.nextAtMs;
    ground.nextAtMs += 50 * hour;
    const cause = ground.commit("Rates of today", { files: { "rate.py": rate("float(1.6)") } });
    const [first] = await suspectsOf(message, failing, { lastGoodAtMs });
    expect(first?.hash).toBe(cause);
    expect(first?.because).toContain("since_last_good");
  });

  it("a commit that was reverted is not the one, its revert may be", async () => {
    ground.commit("Start", { files: { "rate.py": rate("order.get(1)") } });
    const undone = ground.commit("Rates", { files: { "rate.py": rate("1") } });
    const revert = ground.commit('Revert "Rates"', { files: { "rate.py": rate("order.get(1)") } });
    const suspects = await suspectsOf(message, failing);
    expect(suspects[0]?.hash).toBe(revert);
    expect(suspects.find((each) => each.hash === undone)?.because ?? ["was_reverted"]).toContain(
      "was_reverted",
    );
  });

  it("a change of very many files stands behind one of this file", async () => {
    ground.commit("Start", { files: { "rate.py": rate("1") } });
    const cause = ground.commit("Rates", { files: { "rate.py": rate("order.factor") } });
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`gen/file${n}.py`, `x = ${n}\n`]));
    ground.commit("Generate", { files: { ...many, "rate.py": rate("order.factor2") } });
    const suspects = await suspectsOf(message, failing);
    expect(suspects[0]?.hash).toBe(cause);
    expect(suspects[1]?.because).toContain("mass_change");
  });

  it("the first commit of all is named with little confidence, if nothing else is there", async () => {
    const start = ground.commit("Start", { files: { "rate.py": rate("1") } });
    const suspects = await suspectsOf(message, failing);
    expect(suspects.map((each) => each.hash)).toEqual(suspects.length > 0 ? [start] : []);
    expect(suspects[0]?.confidence ?? "low").toBe("low");
  });

  it("without a frame or a name that leads anywhere, nobody is suspected", async () => {
    ground.commit("Start", { files: { "rate.py": rate("1"), "b.py": "x = 1\n" } });
    ground.commit("More", { files: { "b.py": "x = 2\n" } });
    expect(await suspectsOf("it went wrong", inspectionOf([]))).toEqual([]);
  });
});
