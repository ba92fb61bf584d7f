/**
 * Source text as tokens, comments left out: enough to tell what a change changed, in the languages of the C family, Python,
 * Ruby, shell and configuration files. Total and linear; what it cannot read it takes for operators.
 */
export type Token = {
  kind: "name" | "string" | "number" | "operator";
  /** Of a string, what is between its quotes. */
  text: string;
  /** A name behind a dot, or the key in front of a colon: it is known elsewhere by this name. */
  isMember: boolean;
};

const cFamily =
  /\.(?:[cm]?[jt]sx?|java|kts?|scala|groovy|go|c|h|cc|cpp|hpp|cs|php|rs|swift|dart|gradle|proto|s?css|less|vue|svelte|mod)$/i;
const noComments = /\.(?:json|csv|lock|sum|xml|html?)$/i;
const ruby = /\.(?:rb|rake|gemspec)$/i;
const python = /\.pyi?$/i;

const slashComment = String.raw`\/\/[^\n]*`;
const blockComment = String.raw`\/\*[\s\S]*?(?:\*\/|$)`;
/** `#` begins a comment at the beginning of a word only: `#{` and `a#b` are none. */
const hashComment = String.raw`(?<!\S)#(?!\{)[^\n]*`;
const dashComment = String.raw`--[^\n]*`;

const tripleQuoted = String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)`;
/** A string over lines needs a mark that allows it; an apostrophe in prose does not swallow the file. */
const quoted = String.raw`"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|\x60(?:[^\x60\\]|\\[\s\S])*(?:\x60|$)`;
const nameText = String.raw`[\p{L}_$@][\p{L}\p{N}_$]*`;
const operatorText = String.raw`===|!==|\*\*=|<=>|>>>|<<=|>>=|\?\?=|&&=|\|\|=|\.\.\.|==|!=|<=|>=|=>|->|:=|&&|\|\||\?\?|\?\.|&\.|::|\+\+|--|\+=|-=|\*=|\/=|%=|\|=|&=|\*\*|\/\/|<<|>>|<-|\.\.`;

type Lexer = { pattern: RegExp; hasBlocks: boolean };

/** Space, comment, string, name, number, operator: at each place the first of these that fits. */
function lexerWith(comments: readonly string[], strings: string, names: string, hasBlocks: boolean): Lexer {
  const comment = comments.length === 0 ? "(?!)" : comments.join("|");
  // A backslash at the end of a line joins it to the next.
  const kinds = [
    String.raw`(?:\s|\\\n)+`,
    comment,
    strings,
    names,
    String.raw`\d[\w.]*`,
    `${operatorText}|[^]`,
  ];
  return { pattern: new RegExp(kinds.map((kind) => `(${kind})`).join("|"), "yu"), hasBlocks };
}

const lexers = {
  c: lexerWith([slashComment, blockComment], quoted, nameText, true),
  php: lexerWith([slashComment, blockComment, hashComment], quoted, nameText, true),
  sql: lexerWith([dashComment, blockComment], quoted, nameText, true),
  none: lexerWith([], quoted, nameText, false),
  python: lexerWith([hashComment], `${tripleQuoted}|${quoted}`, nameText, false),
  // Ruby's predicates and dangerous methods end in a mark.
  ruby: lexerWith([hashComment], quoted, `${nameText}(?:[?!](?!=))?`, false),
  hash: lexerWith([hashComment], quoted, nameText, false),
};

function lexerOf(path: string): Lexer {
  if (/\.php$/i.test(path)) return lexers.php;
  if (cFamily.test(path)) return lexers.c;
  if (python.test(path)) return lexers.python;
  if (ruby.test(path)) return lexers.ruby;
  if (noComments.test(path)) return lexers.none;
  return /\.sql$/i.test(path) ? lexers.sql : lexers.hash;
}

const textMax = 60_000;

/** The tokens of some lines of a file. A line inside a comment that began earlier is known by the star it begins with. */
export function tokensOf(lines: readonly string[], path: string): Token[] {
  const { pattern, hasBlocks } = lexerOf(path);
  const kept = hasBlocks ? lines.map((line) => (/^\s*\*(?:\s|\/|$)/.test(line) ? "" : line)) : lines;
  const text = kept.join("\n").slice(0, textMax);
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) break;
    const [, space, comment, string, name, number, operator] = match;
    if (space !== undefined || comment !== undefined) continue;
    if (string !== undefined) {
      const mark = string.startsWith('"""') || string.startsWith("'''") ? 3 : 1;
      if (mark === 3 && isDocstring(tokens, text, at, pattern.lastIndex)) continue;
      tokens.push(token("string", string.slice(mark, -mark)));
    } else if (name !== undefined) tokens.push(token("name", name));
    else if (number !== undefined) tokens.push(token("number", number.replaceAll("_", "")));
    else tokens.push(token("operator", operator ?? ""));
  }
  return withMembers(withoutLooseMarks(tokens));
}

const token = (kind: Token["kind"], text: string): Token => ({ kind, text, isMember: false });

/** A string that is a statement of its own says something to people only. */
function isDocstring(before: readonly Token[], text: string, at: number, end: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const after = text.slice(end, end + 40).split("\n")[0] ?? "";
  const last = before.at(-1)?.text;
  return line.trim() === "" && after.trim() === "" && (last === undefined || !/^[=(,+[{]$/.test(last));
}

/** Semicolons, and commas in front of a closing bracket, are a matter of layout. */
const withoutLooseMarks = (tokens: readonly Token[]): Token[] =>
  tokens.filter(
    (each, index) =>
      each.kind !== "operator" ||
      (each.text !== ";" && !(each.text === "," && /^[)\]}]$/.test(tokens[index + 1]?.text ?? ""))),
  );

function withMembers(tokens: Token[]): Token[] {
  tokens.forEach((each, index) => {
    if (each.kind !== "name") return;
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    const isBehindDot = before?.kind === "operator" && /^(?:\.|\?\.|&\.|::|->|:)$/.test(before.text);
    each.isMember = each.text.startsWith("@") || isBehindDot || (after?.text === ":" && before?.text !== "?");
  });
  return tokens;
}

/** Words of a language itself, which say nothing about what a line deals with. */
const languageWords: ReadonlySet<string> = new Set(
  (
    "if else elif elsif unless for foreach while until do end then case when switch default break continue return yield " +
    "def function func fn class struct interface module package import from export require include use using namespace " +
    "new delete this self super null nil None undefined true false True False and or not in is of as with try except catch " +
    "rescue finally ensure raise throw throws async await const let var val final static public private protected abstract " +
    "override void int long float double boolean bool string String str char byte any number object Object begin lambda pass " +
    "extends implements instanceof typeof go defer range map chan select type err error Error e i j k n x y _ " +
    "print println printf puts console log logger cls args kwargs len list dict tuple set get Map List Array"
  ).split(" "),
);

/** Names worth comparing: of the program, at least two letters, none of the language. */
export function namesIn(tokens: readonly Token[]): string[] {
  const names: string[] = [];
  for (const each of tokens) {
    if (each.kind === "name") names.push(each.text.replace(/^[@$]+/, ""));
    // Keys, column names, paths: what a string names counts as what code names. Prose is split into its words.
    else if (each.kind === "string") names.push(...wordsOf(each.text));
  }
  return names.filter((name) => name.length >= 2 && !languageWords.has(name));
}

/** Names within a text: `order.total_cents`, `X-Request-Id`, `unit price`. */
export const wordsOf = (text: string): string[] =>
  (text.slice(0, 500).match(/[\p{L}_][\p{L}\p{N}_]*(?:-[\p{L}\p{N}_]+)*/gu) ?? [])
    .filter((word) => word.length <= 80)
    .slice(0, 40);

/** Names directly in front of an opening bracket: what is called. Ruby's calls without brackets follow a dot. */
export function calledIn(tokens: readonly Token[], path: string): string[] {
  const bare = ruby.test(path);
  const called: string[] = [];
  tokens.forEach((each, index) => {
    if (each.kind !== "name" || languageWords.has(each.text)) return;
    if (tokens[index + 1]?.text === "(" || (bare && !each.text.startsWith("@"))) called.push(each.text);
  });
  return called;
}

/** Equal for lines that differ in layout, quotes and comments only. */
export const tokenKey = (tokens: readonly Token[]): string =>
  tokens.map((each) => `${each.kind === "string" ? '"' : ""}${each.text}`).join(" ");
