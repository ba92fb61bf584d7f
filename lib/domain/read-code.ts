import { hasWord } from "./triage-words";

/** What was read of a file of the project's working tree. Lines count from 1. */
export type ReadFile = {
  path: string;
  lines: ReadonlyMap<number, string>;
  /** The number of its last line, once its end was reached. */
  lastLine: number | null;
};

/** By path; null for a file that could not be read. */
export type ReadCode = ReadonlyMap<string, ReadFile | null>;

/** A line as far as it is looked at: what comes after a thousand characters is no line that somebody wrote. */
export const lineOf = (code: ReadCode, path: string, line: number): string | null =>
  code.get(path)?.lines.get(line)?.slice(0, 1_000) ?? null;

export type Syntax = "python" | "javascript" | "java" | "go" | "rust" | "ruby" | "php" | "dotnet";

const syntaxes: Record<string, Syntax> = {
  ...{
    py: "python",
    pyi: "python",
    js: "javascript",
    jsx: "javascript",
    mjs: "javascript",
    cjs: "javascript",
  },
  ...{ ts: "javascript", tsx: "javascript", mts: "javascript", cts: "javascript", vue: "javascript" },
  ...{ svelte: "javascript", java: "java", kt: "java", kts: "java", scala: "java", groovy: "java", go: "go" },
  ...{ rs: "rust", rb: "ruby", rake: "ruby", php: "php", cs: "dotnet", fs: "dotnet", vb: "dotnet" },
};

/** The family of languages a file is written in, by the ending of its name. */
export function syntaxOf(path: string): Syntax | null {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(syntaxes, ending) ? (syntaxes[ending] ?? null) : null;
}

export type LineKind = "code" | "blank" | "comment" | "closing";

/** What a line is by itself. A line of a block comment counts where it begins as prose does: `* rate` may go on with a product. */
export function lineKind(line: string, syntax: Syntax | null): LineKind {
  const text = line.trim();
  if (text === "") return "blank";
  const hash = syntax === "python" || syntax === "ruby" || syntax === "php" || syntax === null;
  if (hash && /^#(?![[{])/.test(text)) return "comment";
  if (
    syntax !== "python" &&
    syntax !== "ruby" &&
    /^(?:\/\/|\/\*|\*\/|\*\s+(?:@\w|[A-Z][a-z]+ [a-z]))/.test(text)
  )
    return "comment";
  if (/^[\])};,]+$/.test(text) || (syntax === "ruby" && /^end[.)]*$/.test(text))) return "closing";
  return "code";
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/** How a function or class of that name begins, by language. */
function definitionPattern(name: string, syntax: Syntax | null): RegExp {
  const word = escapePattern(name.slice(0, 120));
  const forms: Record<Syntax, string> = {
    python: `^\\s*(?:async\\s+)?(?:def|class)\\s+${word}\\b|^\\s*${word}\\s*=\\s*lambda\\b`,
    javascript: `\\b(?:function\\s*\\*?|class)\\s+${word}(?![\\w$])|(?:^|[\\s.{,])${word}\\s*[=:]\\s*(?:async\\s*)?(?:function|\\(|[\\w$]+\\s*=>)|^\\s*(?:(?:public|private|protected|static|async|get|set|override)\\s+|\\*\\s*|#)*${word}\\s*(?:<[^>]{0,80}>)?\\([^;]{0,300}\\{\\s*$`,
    java: `\\b(?:fun|def|class|interface|enum|record|object)\\s+(?:<[^>]{0,80}>\\s*)?(?:[\\w.<>?]+\\.)?${word}(?!\\w)|^\\s*(?:@\\w+\\s+)*(?:[\\w<>\\[\\],.?]+\\s+){1,8}${word}\\s*\\((?!.*;\\s*$)`,
    go: `^\\s*func\\s+(?:\\([^)]{0,120}\\)\\s*)?${word}(?!\\w)|^\\s*type\\s+${word}\\b|\\b${word}\\s*:?=\\s*func\\(`,
    rust: `\\b(?:fn|struct|enum|trait)\\s+${word}(?!\\w)`,
    ruby: `^\\s*(?:\\w+\\s+)?(?:def|class|module)\\s+(?:self\\.|[A-Z]\\w*(?:::|\\.))*${word}(?![\\w?!])|define_method\\s*\\(?:${word}\\b`,
    php: `\\b(?:function\\s+&?|class|interface|trait)\\s*${word}(?!\\w)`,
    dotnet: `\\b(?:class|interface|record|struct)\\s+${word}(?!\\w)|^\\s*(?:\\[\\w+\\]\\s*)*(?:[\\w<>\\[\\],.?]+\\s+){1,8}${word}\\s*(?:<[^>]{0,80}>)?\\((?!.*;\\s*$)`,
  };
  return new RegExp(syntax === null ? `\\b${word}\\s*\\(` : forms[syntax], "u");
}

/** Keywords that stand where a type would, before something called: `return take(x)` defines nothing. */
const calls = /^\s*(?:return|throw|await|new|else|yield|case|if|while|for|switch|catch|raise)\b/;

/** The lines that define a function or class of that name, in their order: a file may have many an `__init__`. */
export function definitionsOf(file: ReadFile, name: string): number[] {
  if (name === "" || name.length > 120) return [];
  const syntax = syntaxOf(file.path);
  const pattern = definitionPattern(name, syntax);
  const found: number[] = [];
  for (const [number, text] of file.lines) {
    if (!text.includes(name) || text.length > 500 || calls.test(text)) continue;
    if (lineKind(text, syntax) === "code" && pattern.test(text)) found.push(number);
  }
  return found.sort((left, right) => left - right);
}

/** Was all of the file read, and does the word stand nowhere in it? */
export const isNowhere = (file: ReadFile, word: string): boolean => {
  if (file.lastLine === null || file.lines.size < file.lastLine) return false;
  for (const text of file.lines.values()) if (hasWord(text, word)) return false;
  return true;
};

export const indentOf = (line: string): number => {
  let width = 0;
  for (const mark of line) {
    if (mark === " ") width += 1;
    else if (mark === "\t") width += 4;
    else break;
  }
  return width;
};

export type CalledFunction =
  | { kind: "named"; name: string }
  /** Code outside of any function. */
  | { kind: "module" }
  | { kind: "anonymous" };

/** The name a function has in its source, from how its runtime writes a call. */
export function calledFunction(call: string): CalledFunction {
  const text = call.trim().slice(0, 600);
  if (/^<(?:module|main|top \(required\)|script)>$|^(?:<main>|\{main\}|main#<main>)$/.test(text))
    return { kind: "module" };
  const plain = text
    .replace(/ \[as [^\]]*\]$/, "")
    .replace(/^(?:(?:async|new|static) )+/, "")
    .replace(/^(?:block(?: \(\d+ levels\))?|rescue|ensure) in /, "")
    .replace(/(?:::\{\{?closure\}?\}(?:#\d+)?|::h[0-9a-f]{16})+$/g, "")
    .replace(/\[\.\.\.\]/g, "")
    .replace(/(?:\.func\d+(?:\.\d+)*|-fm|-range\d+)+$/, "")
    .replace(/\(.*\)$/, "");
  const dotNet = /<([A-Za-z_]\w*)>(?:d__|b__|g__)\w*/.exec(plain);
  if (dotNet?.[1]) return { kind: "named", name: localOf(plain) ?? dotNet[1] };
  const lambda = /lambda\$([\w$-]{1,80}?)\$\d+$/.exec(plain);
  if (lambda?.[1])
    return lambda[1] === "new" || lambda[1] === "static"
      ? { kind: "anonymous" }
      : { kind: "named", name: lambda[1] };
  const suspended = /\$(\w{1,80})\$\d+\.(?:invokeSuspend|invoke)$/.exec(plain);
  if (suspended?.[1]) return { kind: "named", name: suspended[1] };
  const last = (plain.split(/::|->|[.#\\/]/).at(-1) ?? "")
    .replace(/<[^<>]*>$/, "")
    .replace(/`\d+$|\[[^\]]*\]$|\$\d+$/g, "");
  if (last === "" && /[.#]<(?:init|clinit)>$/.test(plain)) return constructorOf(plain);
  if (!/^[\p{L}_$#@][\p{L}\p{N}_$?!=]*$/u.test(last)) return { kind: "anonymous" };
  if (/^(?:anonymous|eval|_callee\d*\$?)$/.test(last)) return { kind: "anonymous" };
  return { kind: "named", name: last };
}

/** A local function of .NET: `<Run>g__Take|0_1` is `Take`. */
const localOf = (call: string) => /g__(\w{1,80})\|/.exec(call)?.[1] ?? null;

function constructorOf(call: string): CalledFunction {
  const owner = call
    .replace(/\.<(?:init|clinit)>$/, "")
    .split(/[.$]/)
    .at(-1);
  return owner ? { kind: "named", name: owner } : { kind: "anonymous" };
}
