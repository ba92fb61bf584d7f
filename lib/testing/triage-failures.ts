/** A failure and the code that failed, of one language; written for this project. */
export type ToldFailure = {
  language: string;
  title: string;
  /** `<line>` stands for the failing line's number. */
  trace: string;
  path: string;
  source: string;
  /** How the failing line begins, trimmed. */
  failing: string;
  function: string;
  reportedPath: string;
  block: { name: string; from: string; to: string };
  removed: string[];
  added: string[];
  /** How the first line of the change begins, or the line after what was removed. */
  changedAt: string;
  others?: Record<string, string>;
};

export const toldFailures: readonly ToldFailure[] = [
  {
    language: "python",
    title: "KeyError: 'total'",
    trace: `Traceback (most recent call last):
  File "/srv/app/billing/api.py", line 3, in post_invoice
    return total_of(request.rows)
  File "/srv/app/billing/invoice.py", line <line>, in total_of
    amount = row["total"]
             ~~~^^^^^^^^^
KeyError: 'total'`,
    path: "billing/invoice.py",
    source: `def total_of(rows):
    amount = 0
    for row in rows:
        amount = row["total"]
    return amount
`,
    failing: `amount = row["total"]`,
    function: "total_of",
    reportedPath: "/srv/app/billing/invoice.py",
    block: { name: "total_of", from: "def total_of", to: "return amount" },
    removed: [`        amount = row.get("total", 0)`],
    added: [`        amount = row["total"]`],
    changedAt: `amount = row["total"]`,
    others: {
      "pyproject.toml": `[project]\nname = "billing"\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n`,
      ".python-version": "3.12\n",
      "billing/api.py":
        "def post_invoice(request):\n    # the rows come as they were sent\n    return total_of(request.rows)\n",
    },
  },
  {
    language: "javascript",
    title: "TypeError: Cannot read properties of undefined (reading 'total')",
    trace: `POST /api/orders/checkout 500
TypeError: Cannot read properties of undefined (reading 'total')
    at charge (/srv/app/src/cart.ts:<line>:17)
    at Layer.handle (/srv/app/node_modules/express/lib/router/layer.js:95:5)
Node.js v20.11.0`,
    path: "src/cart.ts",
    source: `export function charge(order: Order | undefined): number {
  const fee = 3;
  return order.total + fee;
}
`,
    failing: "return order.total",
    function: "charge",
    reportedPath: "/srv/app/src/cart.ts",
    block: { name: "charge", from: "export function charge", to: "}" },
    removed: ["  if (order === undefined) return 0;"],
    added: [],
    changedAt: "return order.total",
    others: {
      "package.json": `{\n  "name": "shop",\n  "scripts": {\n    "test": "vitest run"\n  }\n}\n`,
      ".nvmrc": "v20\n",
    },
  },
  {
    language: "java",
    title: `java.lang.NullPointerException: Cannot invoke "com.acme.shop.Order.total()" because "order" is null`,
    trace: `java.lang.NullPointerException: Cannot invoke "com.acme.shop.Order.total()" because "order" is null
	at com.acme.shop.Orders.take(Orders.java:<line>)
	at com.acme.shop.Worker.run(Worker.java:7)
	at java.base/java.lang.Thread.run(Thread.java:840)`,
    path: "src/main/java/com/acme/shop/Orders.java",
    source: `package com.acme.shop;

class Orders {
  int take(Order order) {
    return order.total() + 1;
  }
}
`,
    failing: "return order.total()",
    function: "com.acme.shop.Orders.take",
    reportedPath: "Orders.java",
    block: { name: "take", from: "int take", to: "}" },
    removed: ["    if (order == null) {", "      return 0;", "    }"],
    added: [],
    changedAt: "return order.total()",
    others: { "pom.xml": "<project>\n</project>\n" },
  },
  {
    language: "go",
    title: "panic: runtime error: index out of range [3] with length 3",
    trace: `panic: runtime error: index out of range [3] with length 3

goroutine 1 [running]:
github.com/acme/shop/rates.Sum({0xc0000b2000, 0x3, 0x3})
	/home/ci/build/rates/sum.go:<line> +0x5a
main.main()
	/home/ci/build/main.go:12 +0x1d`,
    path: "rates/sum.go",
    source: `package rates

func Sum(rates []int) int {
	sum := 0
	for i := 0; i <= len(rates); i++ {
		sum += rates[i]
	}
	return sum
}
`,
    failing: "sum += rates[i]",
    function: "github.com/acme/shop/rates.Sum",
    reportedPath: "/home/ci/build/rates/sum.go",
    block: { name: "Sum", from: "func Sum", to: "return sum" },
    removed: ["	for i := 0; i < len(rates); i++ {"],
    added: ["	for i := 0; i <= len(rates); i++ {"],
    changedAt: "for i := 0",
    others: { "go.mod": "module github.com/acme/shop\n\ngo 1.22\n" },
  },
  {
    language: "ruby",
    title: "NoMethodError: undefined method 'total' for nil",
    trace: `/srv/app/lib/shop/pay.rb:<line>:in 'Shop::Pay#charge': undefined method 'total' for nil (NoMethodError)

    amount = order.total
                  ^^^^^^
	from /srv/app/lib/shop/run.rb:9:in 'block in Shop::Run#all'`,
    path: "lib/shop/pay.rb",
    source: `module Shop
  class Pay
    def charge(order)
      amount = order.total
      amount.to_i
    end
  end
end
`,
    failing: "amount = order.total",
    function: "Shop::Pay#charge",
    reportedPath: "/srv/app/lib/shop/pay.rb",
    block: { name: "charge", from: "def charge", to: "end" },
    removed: ["      amount = order&.total"],
    added: ["      amount = order.total"],
    changedAt: "amount = order.total",
    others: { Gemfile: `source "https://rubygems.org"\ngem "rspec"\n`, ".rspec": "--require spec_helper\n" },
  },
  {
    language: "rust",
    title: "called `Option::unwrap()` on a `None` value",
    trace: `thread 'main' panicked at src/settle.rs:<line>:18:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/std/src/panicking.rs:645:5
   1: shop::settle::Batch::run
             at ./src/settle.rs:<line>:18`,
    path: "src/settle.rs",
    source: `impl Batch {
    pub fn run(&self) -> u64 {
        let last = self.rows.last().unwrap();
        last.total
    }
}
`,
    failing: "let last = ",
    function: "shop::settle::Batch::run",
    reportedPath: "./src/settle.rs",
    block: { name: "run", from: "pub fn run", to: "}" },
    removed: ["        let last = self.rows.last().unwrap_or(&Row::EMPTY);"],
    added: ["        let last = self.rows.last().unwrap();"],
    changedAt: "let last = ",
    others: { "Cargo.toml": `[package]\nname = "shop"\n` },
  },
  {
    language: "php",
    title: `Undefined array key "total"`,
    trace: `PHP Warning:  Undefined array key "total" in /srv/app/src/Cart.php on line <line>
#0 /srv/app/src/Cart.php(<line>): App\\Cart->sum(Array)
#1 /srv/app/src/Run.php(9): App\\Run->all()`,
    path: "src/Cart.php",
    source: `<?php
class Cart {
    public function sum(array $row): int
    {
        return $row["total"] + 1;
    }
}
`,
    failing: `return $row["total"]`,
    function: "App\\Cart->sum",
    reportedPath: "/srv/app/src/Cart.php",
    block: { name: "sum", from: "public function sum", to: "}" },
    removed: [`        return $row["amount"] + 1;`],
    added: [`        return $row["total"] + 1;`],
    changedAt: `return $row["total"]`,
    others: { "phpunit.xml": "<phpunit/>\n" },
  },
  {
    language: "dotnet",
    title:
      "System.Collections.Generic.KeyNotFoundException: The given key 'total' was not present in the dictionary.",
    trace: `Unhandled exception. System.Collections.Generic.KeyNotFoundException: The given key 'total' was not present in the dictionary.
   at System.Collections.Generic.Dictionary\`2.get_Item(TKey key)
   at Shop.Store.Read(Dictionary\`2 row) in /src/Shop/Store.cs:line <line>`,
    path: "Shop/Store.cs",
    source: `namespace Shop;
class Store
{
    public int Read(Dictionary<string, int> row)
    {
        return row["total"];
    }
}
`,
    failing: `return row["total"]`,
    function: "Shop.Store.Read(Dictionary`2 row)",
    reportedPath: "/src/Shop/Store.cs",
    block: { name: "Read", from: "public int Read", to: "}" },
    removed: [`        return row.GetValueOrDefault("total");`],
    added: [`        return row["total"];`],
    changedAt: `return row["total"]`,
    others: {
      "Directory.Packages.props": `<PackageVersion Include="Microsoft.NET.Test.Sdk" Version="17.9.0" />\n`,
    },
  },
];
