import { functionAt, functionsOf, insideExpression } from "./functions.mjs";

/** Changes that do add something, and still break nothing: a count of calls, a function nobody calls yet. */
export function countCalls(language, text, at, edit) {
  const block = functionAt(text, at, language);
  if (!block) return null;
  const bare = block.name.replace(/[?!]$/, "");
  const { statement, declaration } = counting[language](bare);
  return edit("count", (lines, line) => {
    const here = functionsOf(lines.join("\n"), language).find(({ name }) => name === block.name);
    if (!here || line <= here.from || line > here.to || lines.some((each) => each.includes(statement)))
      return null;
    if (insideExpression(lines, here.from + 1, line) || !isStatement(lines[line])) return null;
    const indent = /^\s*/.exec(lines[line])[0];
    lines.splice(line, 0, indent + statement);
    return declaration ? line + 1 + declare(lines, declaration, language) : line + 1;
  });
}

const isStatement = (line) =>
  !/^\s*(?:else|elif|except|case|when|rescue|ensure|finally|catch|default|\}|\)|\.|$)/.test(line);

const counting = {
  python: (name) => ({ statement: `CALLS.append("${name}")`, declaration: "CALLS = []" }),
  javascript: (name) => ({
    statement: `${name}Calls.count += 1;`,
    declaration: `const ${name}Calls = { count: 0 };`,
  }),
  java: (name) => ({ statement: `${name}Calls++;`, declaration: `    private static int ${name}Calls;` }),
  go: (name) => ({ statement: `${name}Calls++`, declaration: `var ${name}Calls int` }),
  ruby: (name) => ({ statement: `@${name}_calls = (@${name}_calls || 0) + 1`, declaration: null }),
};
counting.typescript = counting.javascript;

/** Where a file keeps such things; how far the lines below have moved. */
function declare(lines, declaration, language) {
  if (lines.includes(declaration)) return 0;
  const after = {
    python: /^log = /,
    java: /\bLogger LOG = /,
    go: /^(?:package|import) /,
    javascript: /^(?:import|const) .*;$/,
  };
  const mark = after[language === "typescript" ? "javascript" : language];
  if (language === "go" || !lines.some((line) => mark.test(line))) {
    lines.push(...(language === "java" ? [] : [declaration, ""]));
    return language === "java" ? Number.NaN : 0;
  }
  const at = language.endsWith("script")
    ? lines.findLastIndex((line) => /^import /.test(line) || mark.test(line))
    : lines.findIndex((line) => mark.test(line));
  lines.splice(at + 1, 0, declaration);
  return 1;
}

/** A switch for the operations team that is never thrown: new behaviour in the very function that fails. */
export function pauseSwitch(language, text, at, edit) {
  const block = functionAt(text, at, language);
  if (!block) return null;
  return edit("switch", (lines, line) => {
    const here = functionsOf(lines.join("\n"), language).find(({ name }) => name === block.name);
    if (!here || line <= here.from || line > here.to || lines.some((each) => /PAUSED/.test(each)))
      return null;
    if (insideExpression(lines, here.from + 1, line) || !isStatement(lines[line])) return null;
    if (language === "java" && /^\s*(?:super|this)\(/.test(lines[line])) return null;
    const indent = /^\s*/.exec(lines[line])[0];
    const added = pausing[language].map((each) => (each === "" ? "" : indent + each));
    lines.splice(line, 0, ...added);
    const imported = { python: "import os", go: "os" }[language];
    return line + added.length + (imported ? importing(lines, language, imported) : 0);
  });
}

const pausing = {
  python: [
    'if os.environ.get("PAUSED") == "all":',
    '    raise RuntimeError("paused by the operations team")',
  ],
  javascript: ['if (process.env.PAUSED === "all") throw new Error("paused by the operations team");'],
  java: [
    'if ("all".equals(System.getenv("PAUSED"))) {',
    '    throw new IllegalStateException("paused by the operations team");',
    "}",
  ],
  go: ['if os.Getenv("PAUSED") == "all" {', '\tpanic("paused by the operations team")', "}"],
  ruby: ['raise "paused by the operations team" if ENV["PAUSED"] == "all"', ""],
};
pausing.typescript = pausing.javascript;

/** Brings in a module of the standard library; how far the lines below have moved. */
function importing(lines, language, name) {
  if (language === "go") return importGo(lines, name);
  if (lines.includes(name)) return 0;
  const at = lines.findIndex((line) => /^(?:import|from) /.test(line));
  const below = at < 0 ? lines.findIndex((line) => line === "") : at;
  lines.splice(below, 0, name);
  return 1;
}

export function importGo(lines, name) {
  if (lines.includes(`\t"${name}"`) || lines.includes(`import "${name}"`)) return 0;
  const at = lines.indexOf("import (");
  const clause = lines.findIndex((line) => line.startsWith("package "));
  const added = at >= 0 ? [`\t"${name}"`] : ["", "import (", `\t"${name}"`, ")"];
  lines.splice((at >= 0 ? at : clause) + 1, 0, ...added);
  return added.length;
}

export function addFunction(random, language, text, at, edit) {
  const block = functionAt(text, at, language);
  if (!block) return null;
  const bare = block.name.replace(/[?!]$/, "");
  const kind = random.pick(["label", "title", "key"]);
  const name = ["python", "ruby"].includes(language)
    ? `${bare}_${kind}`
    : bare + kind[0].toUpperCase() + kind.slice(1);
  return edit("feature", (lines, line) => {
    if (lines.some((each) => each.includes(name))) return null;
    while (lines.at(-1) === "") lines.pop();
    const exported = lines.findIndex((each) => each.startsWith("module.exports"));
    const inside = language === "java" || language === "ruby";
    const added = adding[language](name, bare);
    if (exported > 0) lines.splice(exported, 0, ...added, "");
    else if (inside) lines.splice(lines.length - 1, 0, "", ...added);
    else lines.push("", ...(language === "python" ? [""] : []), ...added);
    lines.push("");
    return line;
  });
}

const adding = {
  python: (name, of) => [`def ${name}():`, `    return "${of}"`],
  javascript: (name, of) => [`function ${name}() {`, `  return "${of}";`, "}"],
  java: (name, of) => [`    static String ${name}() {`, `        return "${of}";`, "    }"],
  go: (name, of) => [`func ${name}() string {`, `\treturn "${of}"`, "}"],
  ruby: (name, of) => [`  def self.${name}`, `    "${of}"`, "  end"],
};
adding.typescript = adding.javascript;
