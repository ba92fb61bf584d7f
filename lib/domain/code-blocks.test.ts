import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enclosingBlock } from "./code-blocks";
import { scrubCode } from "./code-scrub";

/** The block around the line that holds `HERE`: `name kind from-to`. */
function around(path: string, source: string): string | null {
  const lines = source.split("\n");
  const block = enclosingBlock(lines, path, lines.findIndex((line) => line.includes("HERE")) + 1);
  return block && `${block.name} ${block.kind} ${block.fromLine}-${block.toLine}`;
}

const cases: Array<[what: string, path: string, source: string, block: string | null]> = [
  [
    "a function",
    "a.py",
    "import x\n\ndef f(a):\n    if a:\n        HERE\n    return 1\n\nx = 2\n",
    "f function 3-6",
  ],
  [
    "a method of a class",
    "a.py",
    "class A:\n    def f(self):\n        pass\n\n    async def g(self):\n        HERE\n",
    "g function 5-6",
  ],
  [
    "the body of a class",
    "a.py",
    "class A:\n    def f(self):\n        pass\n\n    x = HERE\n",
    "A class 1-5",
  ],
  ["a head over several lines", "a.py", "def f(\n    a,\n) -> int:\n    return HERE\n", "f function 1-4"],
  [
    "a call over several lines",
    "a.py",
    "def f():\n    g(\n        a,\n        HERE,\n    )\n    return 1\n",
    "f function 1-6",
  ],
  ["a def in a string", "a.py", 'def f():\n    x = """\ndef g():\n    """\n    HERE\n', "f function 1-5"],
  ["a def in a comment", "a.py", "def f():\n    # def g():\n    HERE\n", "f function 1-3"],
  [
    "a function in a function",
    "a.py",
    "def f():\n    def g():\n        return 1\n    HERE\n",
    "f function 1-4",
  ],
  ["nothing around", "a.py", "def f():\n    return 1\n\nHERE = 3\n", null],
  ["tabs", "a.py", "def f():\n\tif x:\n\t\tHERE\n", "f function 1-3"],
  [
    "a declaration",
    "a.ts",
    "export async function f(a: string): Promise<void> {\n  HERE;\n}\n",
    "f function 1-3",
  ],
  ["an arrow", "a.ts", "const f: Handler = async (x) => {\n  HERE;\n};\n", "f function 1-3"],
  ["an arrow with one bare parameter", "a.js", "const f = x => {\n  HERE\n}\n", "f function 1-3"],
  [
    "a method",
    "a.ts",
    "class A {\n  x = 1\n  async f<T>(a = {}): Promise<T> {\n    HERE\n  }\n}\n",
    "f function 3-5",
  ],
  ["a private method, a getter", "a.js", "class A {\n  get #f() {\n    HERE\n  }\n}\n", "#f function 2-4"],
  ["the body of a class", "a.ts", "export default class A extends B {\n  x = HERE;\n}\n", "A class 1-3"],
  ["a type of a head", "a.ts", "function f(): Promise<{ a: string }> {\n  HERE;\n}\n", "f function 1-3"],
  ["destructured parameters", "a.ts", "function f({ a, b } = {}) {\n  HERE;\n}\n", "f function 1-3"],
  [
    "an unnamed callback",
    "a.ts",
    "function f(xs) {\n  return xs.map((x) => {\n    HERE;\n  });\n}\n",
    "f function 1-5",
  ],
  [
    "control is no function",
    "a.ts",
    "function f(x) {\n  if (x) {\n    for (let i = 0; i < 3; i++) {\n      HERE;\n    }\n  }\n}\n",
    "f function 1-7",
  ],
  [
    "a property",
    "a.js",
    "module.exports = {\n  a: 1,\n  f: function (x) {\n    HERE;\n  },\n};\n",
    "f function 3-5",
  ],
  ["a named callback", "a.js", "on('x', function f() {\n  HERE;\n});\n", "f function 1-3"],
  [
    "braces in strings",
    "a.js",
    "function f() {\n  const a = '}', b = \"}\", c = `}${g({ a: '}' })}}`;\n  HERE;\n}\n",
    "f function 1-4",
  ],
  ["braces in comments", "a.js", "function f() {\n  // }\n  /* } */\n  HERE;\n}\n", "f function 1-5"],
  [
    "braces in expressions",
    "a.js",
    "function f(x) {\n  if (/[}/]}'/.test(x)) return a / b;\n  HERE;\n}\n",
    "f function 1-4",
  ],
  ["no semicolons", "a.js", "const a = { b: 1 }\n\nfunction f() {\n  HERE\n}\n", "f function 3-5"],
  ["after a function", "a.ts", "function f() {\n  return 1;\n}\nHERE;\n", null],
  [
    "a method",
    "A.java",
    "package a;\npublic class A {\n  @Override\n  public List<B> f(int x) throws IOException, X {\n    HERE;\n  }\n}\n",
    "f function 4-6",
  ],
  ["a constructor", "A.java", "class A {\n  A(int x) {\n    HERE;\n  }\n}\n", "A function 2-4"],
  [
    "a lambda",
    "A.java",
    "class A {\n  void f() {\n    xs.forEach(x -> {\n      HERE;\n    });\n  }\n}\n",
    "f function 2-6",
  ],
  [
    "an anonymous class",
    "A.java",
    "class A {\n  void f() {\n    run(new R() {\n      public void run() {\n        HERE;\n      }\n    });\n  }\n}\n",
    "run function 4-6",
  ],
  ["a record", "A.java", "public record A(int x) {\n  static int y = HERE;\n}\n", "A class 1-3"],
  [
    "a character",
    "A.java",
    "class A {\n  void f() {\n    char c = '}', d = '\\'';\n    HERE;\n  }\n}\n",
    "f function 2-5",
  ],
  [
    "a block of text",
    "A.java",
    'class A {\n  void f() {\n    var s = """\n      } "\n      """;\n    HERE;\n  }\n}\n',
    "f function 2-7",
  ],
  [
    "a function",
    "a.kt",
    "class A(val x: Int) : B() {\n  override fun f(a: Int): String {\n    HERE\n  }\n}\n",
    "f function 2-4",
  ],
  ["an expression before it", "a.kt", "fun g() = 3\nval x = run {\n  HERE\n}\n", null],
  [
    "a lambda of a call",
    "a.kt",
    "suspend fun f() {\n  withContext(io) {\n    HERE\n  }\n}\n",
    "f function 1-5",
  ],
  [
    "a method",
    "a.go",
    "func (c *Client) Charge(ctx context.Context, n int) (err error) {\n\tHERE\n}\n",
    "Charge function 1-3",
  ],
  [
    "a function inside",
    "a.go",
    "func Run[T any](f func() error) error {\n\tdefer func() {\n\t\tHERE\n\t}()\n\treturn nil\n}\n",
    "Run function 1-6",
  ],
  ["a struct", "a.go", "type A struct {\n\tx int // HERE\n}\n", "A class 1-3"],
  [
    "an if with a statement",
    "a.go",
    "func f() {\n\tif x, err := g(); err != nil {\n\t\tHERE\n\t}\n}\n",
    "f function 1-5",
  ],
  ["raw strings", "a.go", "func f() {\n\ts := `\\`\n\tt := '}'\n\tHERE\n}\n", "f function 1-5"],
  [
    "a method",
    "a.rs",
    "impl<T> Drop for Cart<T> {\n    pub async fn f<'a>(&'a self, c: char) -> Result<(), E> where T: X {\n        HERE\n    }\n}\n",
    "f function 2-4",
  ],
  ["an impl", "a.rs", "impl<T> Drop for Cart<T> {\n    const X: u8 = HERE;\n}\n", "Cart class 1-3"],
  [
    "lifetimes and characters",
    "a.rs",
    "fn f<'a>(x: &'a str) {\n    let c = '}'; let s = r#\"}\"}\"#;\n    match x { _ => { HERE } }\n}\n",
    "f function 1-4",
  ],
  [
    "a method",
    "a.php",
    "<?php\nclass A extends B\n{\n    public static function f(int $x): ?int\n    {\n        # }\n        HERE;\n    }\n}\n",
    "f function 4-8",
  ],
  [
    "a heredoc",
    "a.php",
    "<?php\nfunction f() {\n  $a = <<<EOT\n  } \" '\n  EOT;\n  HERE;\n}\n",
    "f function 2-7",
  ],
  [
    "a method",
    "a.cs",
    'class A {\n  public async Task<int> F(string s) {\n    var p = @"C:\\"; var q = $"{s}}}";\n    HERE;\n  }\n}\n',
    "F function 2-5",
  ],
  [
    "a method",
    "a.rb",
    "module Shop\n  class Pay < Base\n    def self.charge(x)\n      HERE if x\n    end\n  end\nend\n",
    "charge function 3-5",
  ],
  [
    "blocks and conditions",
    "a.rb",
    "def f(x)\n  y = if x then 1 else 2 end\n  xs.each do |a|\n    puts a unless b\n    while a do\n      HERE\n    end\n  end\nend\n",
    "f function 1-9",
  ],
  [
    "the body of a class",
    "a.rb",
    "class A::B\n  attr_reader :x\n  def f = 3\n  X = HERE\nend\n",
    "B class 1-5",
  ],
  [
    "end in strings",
    "a.rb",
    "def f\n  a = 'end'\n  b = \"#{g('end')} end\" # end\n  c = %w[end]\n  d = /end/\n  HERE\nend\n",
    "f function 1-7",
  ],
  [
    "a heredoc",
    "a.rb",
    "def f\n  sql = <<~SQL\n    end\n    class X\n  SQL\n  HERE\nend\n",
    "f function 1-7",
  ],
  [
    "operators, setters, methods of the class itself",
    "a.rb",
    "class A\n  class << self\n    def total=(x)\n      HERE\n    end\n  end\nend\n",
    "total= function 3-5",
  ],
  ["an operator", "a.rb", "class A\n  def <=>(other)\n    HERE\n  end\nend\n", "<=> function 2-4"],
  [
    "classes on one line",
    "a.rb",
    "class A\n  class E < StandardError; end\n  def f; 1; end\n  X = HERE\nend\n",
    "A class 1-5",
  ],
  ["names of two marks", "a.rb", "def f\n  a = $'\n  HERE\nend\n", "f function 1-4"],
  ["an operator that shifts", "a.rb", "def <<(x)\n  HERE\nend\n", "<< function 1-3"],
  [
    "types in the head",
    "a.ts",
    "function f<A extends { b?: number; c: string }, D extends E & { g: H }>(\n  a: (x: A) => B,\n): Extract<I, { ok: true }> | { ok: false; why: string } {\n  HERE;\n}\n",
    "f function 1-5",
  ],
  [
    "a function that gives one",
    "a.ts",
    "export function f(): (ms: number) => string {\n  HERE;\n}\n",
    "f function 1-3",
  ],
  [
    "words of other languages",
    "a.go",
    "func F(fn eface, data []byte) (func(int), error) {\n\tvar fn func(a int)\n\tHERE\n}\n",
    "F function 1-4",
  ],
  ["an expression over lines", "a.rb", "X = /^ a'\n  (b)/x\ndef f\n  HERE\nend\n", "f function 3-5"],
  ["the class itself", "a.rb", "class A\n  class << self\n    x HERE\n  end\nend\n", "self class 2-4"],
  ["a type that is a string", "a.ts", "function f(): A | 'b' {\n  HERE;\n}\n", "f function 1-3"],
  ["a type that is a struct", "a.go", "func f() <-chan struct{} {\n\tHERE\n}\n", "f function 1-3"],
  [
    "a method with a name that is a word elsewhere",
    "A.java",
    "class A {\n  A with(int x) {\n    HERE;\n  }\n}\n",
    "with function 2-4",
  ],
  ["other files", "a.sql", "create function f() {\nHERE\n}", null],
];

describe("the block around a line", () => {
  it.each(cases)("%s (%s)", (_, path, source, block) => expect(around(path, source)).toBe(block));

  it("no line, no block", () => {
    expect(enclosingBlock(["def f():", "  x"], "a.py", 0)).toBeNull();
    expect(enclosingBlock(["def f():", "  x"], "a.py", 3)).toBeNull();
  });
});

describe("hostile source", () => {
  const paths = ["a.py", "a.rb", "a.ts", "A.java", "a.go", "a.rs", "a.php", "a.cs", "a.kt"];
  const pieces = [
    "{",
    "}",
    "(",
    ")",
    "'",
    '"',
    "`",
    "${",
    "#{",
    "/",
    "/*",
    "//",
    "\\",
    "=>",
    "=",
    ":",
    "<",
    ">",
    "<<~A\n",
    "\n",
  ];
  const words = [
    "function f",
    "class A",
    "def f",
    "end",
    "do",
    "if x",
    "fn f",
    "func ",
    "a",
    "x = ",
    '"""',
    'r#"',
    "'a ",
    ";",
    " ",
  ];

  it.each([
    ...pieces,
    ...words,
    "=[/",
    "(/\\",
    "f(",
    "a=>",
    "): {",
    "f<",
    "(a)",
    "x:y",
    "def f(",
    "function f(){",
  ])("much of %j", (piece) => {
    const source = piece.repeat(Math.floor(60_000 / piece.length));
    const lines = source.split("\n").slice(0, 20_000);
    for (const path of paths) enclosingBlock(lines, path, lines.length);
  });

  it("total: a block holds its line, and what is scrubbed keeps its lines and columns", () => {
    const source = fc
      .array(fc.constantFrom(...pieces, ...words), { maxLength: 60 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(source, fc.constantFrom(...paths), (text, path) => {
        const lines = text.split("\n");
        const scrubbed = scrubCode(lines, path);
        expect(scrubbed.map((line) => line.length)).toEqual(lines.map((line) => line.length));
        for (let line = 1; line <= lines.length; line += 1) {
          const block = enclosingBlock(lines, path, line);
          if (block === null) continue;
          expect(block.fromLine).toBeLessThanOrEqual(line);
          expect(block.toLine).toBeGreaterThanOrEqual(line);
          expect(block.name).not.toBe("");
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
