import { describe, expect, it } from "vitest";
import {
  calledFunction,
  definitionsOf,
  indentOf,
  isNowhere,
  lineKind,
  type ReadFile,
  syntaxOf,
} from "./read-code";

const fileOf = (path: string, text: string): ReadFile => {
  const rows = text.split("\n");
  return { path, lines: new Map(rows.map((row, index) => [index + 1, row])), lastLine: rows.length };
};

describe("the name a function has in its source", () => {
  it.each<[string, string | null]>([
    ["total_of", "total_of"],
    ["<module>", "module"],
    ["<listcomp>", null],
    ["<lambda>", null],
    ["Object.charge", "charge"],
    ["async Cart.charge", "charge"],
    ["new Batch", "Batch"],
    ["Settler.run [as settle]", "run"],
    ["<anonymous>", null],
    ["Array.map (<anonymous>)", null],
    ["com.acme.shop.Orders.take", "take"],
    ["com.acme.shop.Orders.lambda$take$3", "take"],
    ["com.acme.shop.Orders.<init>", "Orders"],
    ["com.acme.shop.Rates$load$2.invokeSuspend", "load"],
    ["github.com/acme/shop/v2/pay.(*Client).Charge", "Charge"],
    ["github.com/acme/shop/v2/pay.Retry[...].func1", "Retry"],
    ["main.main", "main"],
    ["main.init", "init"],
    ["shop::settle::Batch<T>::run::{{closure}}", "run"],
    ["Shop::Pay#charge", "charge"],
    ["block (2 levels) in Shop::Pay#all", "all"],
    ["<main>", "module"],
    ["App\\Store->open", "open"],
    ["App\\{closure}", null],
    ["Shop.Store.<WriteAsync>d__12`1.MoveNext", "WriteAsync"],
    ["Shop.Store.<>c__DisplayClass5_0.<Flush>b__1", "Flush"],
    ["Shop.Settle.Run[T](List`1 rows)", "Run"],
  ])("%s", (call, expected) => {
    const called = calledFunction(call);
    expect(called.kind === "named" ? called.name : called.kind === "module" ? "module" : null).toBe(expected);
  });
});

describe("where a function is defined", () => {
  it.each<[string, string, string, number[]]>([
    [
      "billing/invoice.py",
      "import os\n\nasync def total_of(rows):\n    return total_of_row(rows)",
      "total_of",
      [3],
    ],
    [
      "src/cart.ts",
      "export function charge(order: Order) {\n  return charge2(order);\n}\nexport const refund = async (o) => charge(o);",
      "charge",
      [1],
    ],
    ["src/cart.ts", "export const refund = async (o) => charge(o);", "refund", [1]],
    [
      "src/cart.ts",
      "class Cart {\n  private async charge(order: Order): Promise<void> {\n    this.charge(order);\n  }\n}",
      "charge",
      [2],
    ],
    [
      "src/Orders.java",
      "class Orders {\n  public int take(Order order) {\n    return take(order);\n  }\n}",
      "take",
      [2],
    ],
    ["src/Rates.kt", "  suspend fun load(id: String): Rate {", "load", [1]],
    ["pay/client.go", "func (c *Client) Charge(o *Order) error {\n\treturn c.Charge(nil)\n}", "Charge", [1]],
    ["src/settle.rs", "    pub async fn run<T>(&self) {}\n    self.run();", "run", [1]],
    ["app/pay.rb", "  def self.charge(order)\n    charge(order)\n  end", "charge", [1]],
    ["src/Store.php", "  public function open(): void\n  {\n    $this->open();", "open", [1]],
    [
      "src/Store.cs",
      "    public async Task<int> WriteAsync(int n)\n    {\n        return await WriteAsync(n);",
      "WriteAsync",
      [1],
    ],
  ])("%s: %s", (path, text, name, lines) => {
    expect(definitionsOf(fileOf(path, text), name)).toEqual(lines);
  });

  it("a name of signs is no pattern", () => {
    expect(definitionsOf(fileOf("a.py", "def f():"), "(((((.*")).toEqual([]);
    expect(definitionsOf(fileOf("a.py", "def f():"), "f".repeat(5_000))).toEqual([]);
  });
});

describe("lines", () => {
  it.each<[string, string, string]>([
    ["a.py", "   # a note", "comment"],
    ["a.py", "  ", "blank"],
    ["a.ts", " * The rates of a day", "comment"],
    ["a.ts", "   * rates.of(day)", "code"],
    ["a.rb", "#{name} of a heredoc", "code"],
    ["a.ts", "});", "closing"],
    ["a.rb", "end", "closing"],
    ["a.rs", "#[test]", "code"],
    ["a.go", "x := *p", "code"],
  ])("%s %s", (path, line, kind) => {
    expect(lineKind(line, syntaxOf(path))).toBe(kind);
  });

  it("a word is nowhere only in a file that was read whole", () => {
    const file = fileOf("a.py", "def f():\n    return totals");
    expect(isNowhere(file, "total")).toBe(true);
    expect(isNowhere({ ...file, lastLine: null }, "total")).toBe(false);
    expect(isNowhere(file, "totals")).toBe(false);
    expect(indentOf("\t  x")).toBe(6);
    expect(syntaxOf("x.constructor")).toBe(null);
  });
});
