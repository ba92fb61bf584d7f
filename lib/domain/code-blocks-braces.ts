import { extensionOf } from "./code-language";
import type { EnclosingBlock } from "./triage";

type Head = { name: string; kind: EnclosingBlock["kind"]; line: number } | null;
type Open = { mark: "{" | "("; head: Head; headStart: number; isType: boolean };

const headLength = 400;
const depthCap = 2_000;

/** The functions and classes of a language with braces, whose comments and strings are gone. */
export function bracedBlocks(code: readonly string[], path: string): EnclosingBlock[] {
  return new BraceReader(code.join("\n"), path).blocks();
}

/** The brace behind it begins a type, no block. */
const typeFollows = /(?:[:<|&,]|\bextends|\bfunc\b[^{}]{1,380}\b(?:struct|interface))$/;

class BraceReader {
  readonly #text: string;
  /** Where a name before parentheses and a brace is a method: those that are none. Null where functions have a word. */
  readonly #notMethods: ReadonlySet<string> | null;
  readonly #heads: Heads;
  readonly #open: Open[] = [];
  readonly #blocks: EnclosingBlock[] = [];
  #line = 1;
  /** Where the head of the next block may begin. */
  #headStart = 0;

  constructor(text: string, path: string) {
    this.#text = text;
    this.#heads = headsOf(extensionOf(path));
    this.#notMethods = notMethodsOf(extensionOf(path));
  }

  blocks(): EnclosingBlock[] {
    for (let at = 0; at < this.#text.length; at += 1) {
      switch (this.#text.charCodeAt(at)) {
        case 0x0a:
          this.#line += 1;
          break;
        case 0x3b:
          this.#headStart = at + 1;
          break;
        case 0x28:
          this.#push("(", at);
          break;
        case 0x29:
          this.#closeParenthesis();
          break;
        case 0x7b:
          this.#push("{", at);
          break;
        case 0x7d:
          this.#closeBrace(at);
          break;
      }
    }
    for (const { head } of this.#open) if (head !== null) this.#add(head);
    return this.#blocks;
  }

  #push(mark: "{" | "(", at: number): void {
    const headStart = this.#headStart;
    const text = mark === "{" ? this.#text.slice(Math.max(headStart, at - headLength), at).trimEnd() : "";
    const head = text === "" ? null : this.#readHead(text, at);
    // A type between a head and its block: `function f(): { a: string } {`.
    const isType = head === null && /[)<]/.test(text) && typeFollows.test(text);
    if (this.#open.length < depthCap) this.#open.push({ mark, head, headStart, isType });
    this.#headStart = at + 1;
  }

  #closeParenthesis(): void {
    const last = this.#open.at(-1);
    if (last?.mark !== "(") return;
    this.#open.pop();
    this.#headStart = last.headStart;
  }

  #closeBrace(at: number): void {
    // A parenthesis that was never closed ends with the block around it.
    while (this.#open.at(-1)?.mark === "(") this.#open.pop();
    const last = this.#open.pop();
    this.#headStart = last?.isType ? last.headStart : at + 1;
    if (last?.head) this.#add(last.head);
  }

  #add({ name, kind, line }: NonNullable<Head>): void {
    this.#blocks.push({ name, kind, fromLine: line, toLine: this.#line });
  }

  /** What a brace at `at` begins, by the text before it. Of two heads the later one counts: the earlier had no block. */
  #readHead(text: string, at: number): Head {
    if (typeFollows.test(text) || text.endsWith("?")) return null;
    const ofType = readClass(text, this.#heads.ofClass);
    const ofWord = readKeyword(text, this.#heads.ofFunction);
    const later = ofType !== null && (ofWord === null || ofType.at > ofWord.at) ? ofType : ofWord;
    const found = later ?? (this.#notMethods === null ? null : readMethod(text, this.#notMethods));
    if (found === null) return null;
    const start = Math.max(this.#headStart, at - headLength);
    const lines = this.#text.slice(start + found.at, at).split("\n").length - 1;
    return { name: found.name, kind: found.kind, line: this.#line - lines };
  }
}

type Found = { name: string; kind: EnclosingBlock["kind"]; at: number };

/** The words that begin a class and a function, by language. What has no word for functions has bare methods. */
type Words = { classes: string; functions: string | null };

const wordsOf: Readonly<Record<string, Words>> = {
  java: { classes: "class|interface|enum|record", functions: null },
  cs: { classes: "class|interface|struct|enum|record|namespace", functions: null },
  kt: { classes: "class|interface|object", functions: "fun" },
  kts: { classes: "class|interface|object", functions: "fun" },
  scala: { classes: "class|trait|object|enum", functions: "def" },
  go: { classes: "type", functions: "func" },
  rs: { classes: "struct|enum|trait|impl|union|mod", functions: "fn" },
  php: { classes: "class|interface|trait|enum", functions: "function" },
};
const scriptWords: Words = { classes: "class|interface|enum|namespace|module", functions: "function" };

type Heads = { ofClass: RegExp; ofFunction: RegExp | null };

function headsOf(extension: string): Heads {
  const { classes, functions } = wordsOf[extension] ?? scriptWords;
  const generics = "(?:<[^<>]{0,100}>)?";
  const name = "[A-Za-z_$][\\w$]*";
  return {
    ofClass: new RegExp(`(?:^|[\\s;}])(?:${classes})${generics}\\s+(${name})`, "g"),
    ofFunction:
      functions === null
        ? null
        : new RegExp(
            `(?:^|[^\\w$.])(?:${functions})\\s*\\*?\\s+(?:\\([^()]{0,100}\\)\\s*)?${generics}\\s*((?:${name}\\.)*${name})`,
            "g",
          ),
  };
}

function readClass(text: string, head: RegExp): Found | null {
  const match = [...text.matchAll(head)].at(-1);
  if (match === undefined) return null;
  const rest = text.slice(match.index + match[0].length);
  // `type F = () =>`, `x: Foo = y`: the word stands inside of something else.
  if (/=>|[=;]/.test(rest.replace(/\([^()]*\)/g, ""))) return null;
  const word = match[0].trim();
  if (word.startsWith("type") && !/\b(?:struct|interface)$/.test(rest)) return null;
  const ofType = word.startsWith("impl") ? /\sfor\s+([A-Za-z_]\w*)/.exec(rest)?.[1] : undefined;
  return { name: ofType ?? match[1] ?? "", kind: "class", at: match.index + leading(match[0]) };
}

const statement =
  /(?:^|\s)(?:if|for|while|match|switch|select|else|loop|return|val|var|let|const|when|try|run)\b|=(?!>)\s*\S/;

function readKeyword(text: string, head: RegExp | null): Found | null {
  const match = head === null ? undefined : [...text.matchAll(head)].at(-1);
  if (match === undefined) return null;
  const behind = text.slice(match.index + match[0].length);
  const close = behind.lastIndexOf(")");
  // An expression body, or none, and then some other block.
  if (statement.test(behind.slice(close + 1))) return null;
  return { name: match[1]?.split(".").at(-1) ?? "", kind: "function", at: match.index + leading(match[0]) };
}

const leading = (text: string) => text.length - text.replace(/^[^A-Za-z]+/, "").length;

const control = "if for while switch catch function return do else try await super this".split(" ");
const notMethods = {
  script: new Set(control),
  java: new Set([...control, "synchronized"]),
  cs: new Set([...control, "using", "lock", "foreach", "fixed", "checked", "unchecked", "when"]),
};

function notMethodsOf(extension: string): ReadonlySet<string> | null {
  if (/^[cm]?[jt]sx?$/.test(extension)) return notMethods.script;
  return extension === "java" || extension === "cs" ? notMethods[extension] : null;
}

/** `name(...) {`, `name = (...) => {`, `name: function (...) {`, with a type or what it throws behind the parentheses. */
function readMethod(text: string, notNames: ReadonlySet<string>): Found | null {
  const isArrow = text.endsWith("=>");
  const bare = isArrow ? text.slice(0, -2).trimEnd() : text;
  const close = bare.lastIndexOf(")");
  const open = close === -1 ? -1 : openingOf(bare, close);
  const isBareParameter = isArrow && open === -1;
  const before = isBareParameter ? bare.slice(0, -wordBefore(bare).length) : bare.slice(0, Math.max(open, 0));
  if (isArrow) return readAssigned(before);
  if (open === -1 || !isBehindParameters(bare.slice(close + 1))) return null;
  const named = withoutGenerics(before);
  const word = wordBefore(named);
  if (word === "function") return readAssigned(before);
  const at = named.length - word.length;
  if (word === "" || notNames.has(word) || /^\d/.test(word)) return null;
  if (/(?:\bnew|[.=?])$/.test(named.slice(0, at).trimEnd().slice(-5))) return null;
  return { name: word, kind: "function", at };
}

/** The name that a function without one is given: `const name: Type = async`, `name: function`. */
function readAssigned(before: string): Found | null {
  let text = withoutGenerics(before);
  for (const word of ["*", "function", "async"]) {
    if (text.endsWith(word)) text = text.slice(0, -word.length).trimEnd();
  }
  const mark = text.at(-1);
  if ((mark !== "=" && mark !== ":") || /[=!<>]=$/.test(text)) return null;
  text = text.slice(0, -1).trimEnd();
  const colon = mark === "=" ? text.lastIndexOf(":") : -1;
  if (colon !== -1 && !/[(){}=;,]/.test(text.slice(colon))) text = text.slice(0, colon).trimEnd();
  const name = wordBefore(text);
  return name === "" ? null : { name, kind: "function", at: text.length - name.length };
}

function withoutGenerics(text: string): string {
  const bare = text.trimEnd();
  const open = bare.endsWith(">") ? bare.lastIndexOf("<") : -1;
  return open === -1 ? bare : bare.slice(0, open).trimEnd();
}

/** The name that a text ends with; empty if it ends otherwise. */
function wordBefore(text: string): string {
  let start = text.length;
  while (start > 0 && /[\w$#]/.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start);
}

/** Nothing, a type, `throws X, Y`, `where T : class`. */
const isBehindParameters = (text: string) => /^\s*(?:$|:[^;]*$|throws\s[\w\s.,]*$|where\s)/.test(text);

function openingOf(text: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    const char = text.charCodeAt(at);
    if (char === 0x29) depth += 1;
    else if (char === 0x28) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
