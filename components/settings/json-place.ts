/** Where a caret stands in JSON that may not be finished. */
export type JsonPlace = {
  /** Keys and indexes that lead to the object or the value at hand. */
  path: (string | number)[];
  expects: "key" | "value";
  /** What is typed of it so far, without its quotes; an option replaces the text from `from` to `to`. */
  typed: string;
  from: number;
  to: number;
  /** Keys that the object at hand already has. */
  siblings: string[];
  /** A colon stands behind the key already. */
  hasColon: boolean;
};

type Level = {
  kind: "object" | "array";
  index: number;
  key: string | null;
  keys: string[];
  awaits: "key" | "value";
};
type Token = { text: string; from: number; to: number };

/** null where nothing can be completed: behind a finished value, or inside a text that is no option. */
export function placeAt(text: string, caret: number): JsonPlace | null {
  const tokens = tokensOf(text);
  const levels: Level[] = [];
  let current: Token | null = null;
  for (const token of tokens) {
    if (token.from >= caret) break;
    if (token.to >= caret && isScalar(token.text)) {
      current = token;
      break;
    }
    step(levels, token.text);
  }
  const level = levels.at(-1);
  if (!level) return null;
  const expects = level.kind === "object" ? level.awaits : "value";
  const typedText = current ? text.slice(current.from, caret) : "";
  const path = levels.flatMap((each, at): (string | number)[] => {
    const isLast = at === levels.length - 1;
    if (each.kind === "array") return [each.index];
    if (isLast && expects === "key") return [];
    return each.key === null ? [] : [each.key];
  });
  const to = current ? current.to : caret;
  return {
    path,
    expects,
    typed: typedText.replace(/^"/, ""),
    from: current ? current.from : caret,
    to,
    siblings: expects === "key" ? keysAround(level, tokens, current, caret) : level.keys,
    hasColon: /^\s*:/.test(text.slice(to)),
  };
}

/** Keys before the caret, and those of the same object behind it. */
function keysAround(level: Level, tokens: readonly Token[], current: Token | null, caret: number): string[] {
  const keys = [...level.keys];
  let depth = 0;
  let last: Token | null = null;
  for (const token of tokens) {
    if (token.from < caret || token === current) continue;
    if (token.text === "{" || token.text === "[") depth += 1;
    else if (token.text === "}" || token.text === "]") depth -= 1;
    else if (token.text === ":" && depth === 0 && last) keys.push(unquoted(last.text));
    if (depth < 0) break;
    last = token;
  }
  return keys;
}

function step(levels: Level[], token: string): void {
  const level = levels.at(-1);
  if (token === "{" || token === "[") {
    const kind = token === "{" ? "object" : "array";
    levels.push({ kind, index: 0, key: null, keys: [], awaits: kind === "object" ? "key" : "value" });
  } else if (token === "}" || token === "]") levels.pop();
  else if (!level) return;
  else if (token === ":") level.awaits = "value";
  else if (token === ",") {
    if (level.kind === "array") level.index += 1;
    else Object.assign(level, { awaits: "key", key: null });
  } else if (level.kind === "object" && level.awaits === "key") {
    level.key = unquoted(token);
    level.keys.push(level.key);
  }
}

const isScalar = (token: string) => !/^[{}[\]:,]$/.test(token);
const unquoted = (token: string) => token.replace(/^"/, "").replace(/"$/, "");

function tokensOf(text: string): Token[] {
  // A text without its end reaches to the end of its line.
  const pattern = /"(?:[^"\\\n]|\\.)*"?|[{}[\]:,]|[^\s{}[\]:,"]+/g;
  return [...text.matchAll(pattern)].map((match) => ({
    text: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));
}
