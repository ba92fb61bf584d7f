import { extensionOf } from "./code-language";

/** What begins a comment or a string in a language, and how far each goes. */
type Marks = {
  lineComments: readonly string[];
  blockComment: readonly [open: string, close: string] | null;
  /** `long`: goes on over lines; `raw`: a backslash is a character like any other. */
  strings: ReadonlyArray<{ open: string; close: string; long?: boolean; raw?: boolean }>;
  /** Code in a string: `${` of JavaScript, `#{` of Ruby. */
  codeOpens?: string;
  regex?: boolean;
  /** `'a` may be the name of a lifetime (Rust) or a digit separator, no string. */
  quoteIsCharacter?: boolean;
  heredoc?: RegExp;
};

const double = { open: '"', close: '"' };
const single = { open: "'", close: "'" };
const triple = { open: '"""', close: '"""', long: true, raw: true };
const c: Marks = { lineComments: ["//"], blockComment: ["/*", "*/"], strings: [double, single] };
const backtick = { open: "`", close: "`", long: true };
const script: Marks = { ...c, strings: [double, single, backtick], codeOpens: "${", regex: true };
const withTriple: Marks = { ...c, strings: [triple, double, single], quoteIsCharacter: true };
const verbatim = { open: '@"', close: '"', long: true, raw: true };
const rust: Marks = {
  ...c,
  strings: [
    ...["###", "##", "#", ""].map((hashes) => ({
      open: `r${hashes}"`,
      close: `"${hashes}`,
      long: true,
      raw: true,
    })),
    { ...double, long: true },
    single,
  ],
  quoteIsCharacter: true,
};
const php: Marks = {
  lineComments: ["//", "#"],
  blockComment: ["/*", "*/"],
  strings: [
    { ...double, long: true },
    { ...single, long: true },
  ],
  heredoc: /<<<[ \t]{0,4}["']?([A-Za-z_]\w{0,80})["']?/y,
};
const python: Marks = {
  lineComments: ["#"],
  blockComment: null,
  strings: [{ ...triple, raw: false }, { open: "'''", close: "'''", long: true }, double, single],
};
const ruby: Marks = {
  lineComments: ["#"],
  blockComment: ["\n=begin", "\n=end"],
  strings: [
    { ...double, long: true },
    { ...single, long: true },
    { ...backtick, long: false },
    ...["[]", "()", "{}", "<>", "||", "//"].flatMap((pair) =>
      ["%w", "%i", "%q", "%Q", "%r"].map((kind) => ({
        open: kind + pair.charAt(0),
        close: pair.charAt(1),
        long: true,
      })),
    ),
  ],
  codeOpens: "#{",
  regex: true,
  heredoc: /<<[~-]?["'`]?([A-Z_]\w{0,80})["'`]?/y,
};

const marksOf = (path: string): Marks => {
  const extension = extensionOf(path);
  if (/^[cm]?[jt]sx?$/.test(extension)) return script;
  if (/^(?:py|pyi|pyw)$/.test(extension)) return python;
  if (/^(?:rb|rake|ru)$/.test(extension)) return ruby;
  if (/^(?:java|kts?|scala)$/.test(extension)) return withTriple;
  if (extension === "cs")
    return { ...withTriple, strings: [triple, verbatim, { ...verbatim, open: '$@"' }, double, single] };
  if (extension === "go") return { ...c, strings: [double, single, { ...backtick, raw: true }] };
  if (extension === "rs") return rust;
  return extension === "php" ? php : c;
};

/**
 * The lines of a source file with comments and the insides of strings left out (as spaces), so that what is left is code. A
 * heuristic: one pass, linear, total; what it gets wrong it gets wrong until the string that it sees ends.
 */
export function scrubCode(lines: readonly string[], path: string): string[] {
  return new Scrubber(lines.join("\n"), marksOf(path)).scrubbed().split("\n");
}

const regexLength = 1_000;
const beforeRegex = new Set("(,=:[!&|?{};~^+-*%<>".split(""));
const wordsBeforeRegex =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|if|unless|while|when|and|or|not|elsif|await|yield)$/;

/** Begins nothing in any language; `r` may begin a string. */
const plain = /[a-qs-zA-Z0-9_ \t]+/y;

class Scrubber {
  readonly #text: string;
  readonly #marks: Marks;
  readonly #parts: string[] = [];
  #at = 0;
  /** What was kept last that is no white space, and the code right before it. */
  #last = "";
  #kept = "";
  /** Closing mark and depth of braces of each string that code stands in. */
  readonly #interpolations: Array<{ close: string; depth: number }> = [];
  #heredocs: string[] = [];

  constructor(text: string, marks: Marks) {
    this.#text = text;
    this.#marks = marks;
  }

  scrubbed(): string {
    while (this.#at < this.#text.length) this.#step();
    return this.#parts.join("");
  }

  #step(): void {
    const char = this.#text.charAt(this.#at);
    if (char === "\n" && this.#heredocs.length > 0) return this.#skipHeredocs();
    plain.lastIndex = this.#at;
    if (plain.test(this.#text)) return this.#keep(this.#text.slice(this.#at, plain.lastIndex));
    if (this.#skipComment() || this.#openHeredoc() || this.#openString() || this.#skipRegex(char)) return;
    const inner = this.#interpolations.at(-1);
    if (inner !== undefined && char === "{") inner.depth += 1;
    if (inner !== undefined && char === "}" && inner.depth-- === 0) {
      this.#interpolations.pop();
      this.#blankTo(this.#at + 1);
      return this.#skipString({ close: inner.close, long: true });
    }
    this.#keep(char);
  }

  #keep(text: string): void {
    this.#parts.push(text);
    this.#at += text.length;
    const tail = text.length > 12 ? text.slice(-12) : text;
    this.#kept = (this.#kept + tail).slice(-12);
    this.#last = tail.trimEnd().at(-1) ?? this.#last;
  }

  /** Leaves out up to `end`; the lines stay. */
  #blankTo(end: number): void {
    const skipped = this.#text.slice(this.#at, end);
    this.#parts.push(skipped.includes("\n") ? skipped.replace(/[^\n]/g, " ") : " ".repeat(skipped.length));
    this.#at = end;
  }

  #endOf(mark: string): number {
    const end = this.#text.indexOf(mark, this.#at + 1);
    return end === -1 ? this.#text.length : end + mark.length;
  }

  #skipComment(): boolean {
    const { lineComments, blockComment } = this.#marks;
    if (blockComment !== null && this.#text.startsWith(blockComment[0], this.#at)) {
      this.#blankTo(this.#endOf(blockComment[1]));
      return true;
    }
    // `#[Attribute]` of PHP is code.
    const comment = lineComments.find((mark) => this.#text.startsWith(mark, this.#at));
    if (
      comment === undefined ||
      (comment === "#" && this.#text.startsWith("#[", this.#at) && lineComments.length > 1)
    )
      return false;
    const end = this.#text.indexOf("\n", this.#at);
    this.#blankTo(end === -1 ? this.#text.length : end);
    return true;
  }

  #openHeredoc(): boolean {
    const { heredoc } = this.#marks;
    if (heredoc === undefined || !this.#text.startsWith("<<", this.#at)) return false;
    heredoc.lastIndex = this.#at;
    const match = heredoc.exec(this.#text);
    if (match === null) return false;
    this.#heredocs.push(match[1] ?? "");
    this.#blankTo(this.#at + match[0].length);
    this.#last = '"';
    return true;
  }

  /** The lines up to the one with the word that ends it. */
  #skipHeredocs(): void {
    for (const word of this.#heredocs) {
      let end = this.#at;
      do {
        end = this.#text.indexOf("\n", end + 1);
        if (end === -1) end = this.#text.length;
        const next = this.#text.slice(end + 1, end + 200).trimStart();
        if (next.startsWith(word) && !/^\w/.test(next.slice(word.length))) break;
      } while (end < this.#text.length);
      this.#blankTo(end);
      const wordAt = this.#text.indexOf(word, this.#at);
      if (wordAt !== -1) this.#blankTo(wordAt + word.length);
    }
    this.#heredocs = [];
  }

  #openString(): boolean {
    const string = this.#marks.strings.find((each) => this.#text.startsWith(each.open, this.#at));
    if (string === undefined) return false;
    // `r"` begins a string only where no word ends; `'a` in Rust is no string unless it closes right behind.
    if (string.open.startsWith("r") && /[\w$]/.test(this.#text.charAt(this.#at - 1))) return false;
    if (string.open === "'" && this.#marks.quoteIsCharacter && !this.#isCharacter()) return false;
    // `$'` and the like are names.
    if (this.#marks.codeOpens === "#{" && this.#text.charAt(this.#at - 1) === "$") return false;
    if (string.open.startsWith("%") && /[\w)\]]/.test(this.#last)) return false;
    this.#blankTo(this.#at + string.open.length);
    this.#skipString(string);
    return true;
  }

  #isCharacter(): boolean {
    return /^'(?:\\.[^'\n]{0,8}|[^'\\\n]{1,2})'/.test(this.#text.slice(this.#at, this.#at + 13));
  }

  /** The rest of a string: to its end, to the end of the line where it may not go on, or to code inside of it. */
  #skipString({ close, long, raw }: { close: string; long?: boolean; raw?: boolean }): void {
    let at = this.#at;
    const opens = this.#marks.codeOpens;
    const hasCode = opens !== undefined && (opens === "${" ? close === "`" : close !== "'");
    for (; at < this.#text.length; at += 1) {
      const char = this.#text.charAt(at);
      if (char === "\\" && !raw) at += 1;
      else if (char === "\n" && !long) break;
      else if (char === close.charAt(0) && this.#text.startsWith(close, at)) {
        at += close.length;
        break;
      } else if (hasCode && char === opens.charAt(0) && this.#text.startsWith(opens, at)) {
        this.#blankTo(at + 2);
        this.#interpolations.push({ close, depth: 0 });
        return;
      }
    }
    const start = this.#at;
    this.#blankTo(Math.min(at, this.#text.length));
    // The end of a string on one line stays in sight: there is a value, not nothing.
    const blank = this.#parts.pop() ?? "";
    this.#parts.push(at > start && !blank.includes("\n") ? `${blank.slice(0, -1)}"` : blank);
    this.#last = '"';
    this.#kept = '"';
  }

  /** `/x/` where a value may begin: not a division. */
  #skipRegex(char: string): boolean {
    if (char !== "/" || !this.#marks.regex) return false;
    if (this.#last !== "" && !beforeRegex.has(this.#last) && !wordsBeforeRegex.test(this.#kept.trimEnd()))
      return false;
    let inClass = false;
    const end = Math.min(this.#text.length, this.#at + regexLength);
    for (let at = this.#at + 1; at < end; at += 1) {
      const next = this.#text.charAt(at);
      // One of Ruby may go on over lines.
      if (next === "\n" && this.#marks.codeOpens !== "#{") return false;
      if (next === "\\") at += 1;
      else if (next === "[") inClass = true;
      else if (next === "]") inClass = false;
      else if (next === "/" && !inClass) {
        this.#blankTo(at + 1);
        this.#last = '"';
        this.#kept = '"';
        return true;
      }
    }
    return false;
  }
}
