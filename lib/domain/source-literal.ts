/** String literals of a line of code, and whether a reported message was made of one. */
const lineLength = 1_000;
const literalCap = 5;

/** The string literals of a line, without their quotes: at most five. */
export function literalsOf(line: string): string[] {
  const text = line.slice(0, lineLength);
  const found: string[] = [];
  for (let at = 0; at < text.length && found.length < literalCap; at += 1) {
    const mark = text.charAt(at);
    if (mark !== '"' && mark !== "'" && mark !== "`") continue;
    let end = at + 1;
    while (end < text.length && text.charAt(end) !== mark) end += text.charAt(end) === "\\" ? 2 : 1;
    if (end >= text.length) break;
    found.push(text.slice(at + 1, end));
    at = end;
  }
  return found;
}

/** What varies in a literal: `{name}`, `${name}`, `#{name}`, `{}`, `%s`, `%(name)s`, and PHP's `$name`. */
const placeholder =
  /[$#]?\{[^{}]{0,120}\}|%(?:\([^)]{1,60}\))?[-+0 #]{0,4}\d{0,4}(?:\.\d{1,3})?[sdifgvwqxXpTrcubn]|\$[A-Za-z_]\w{0,60}(?:->\w{1,60})?|\\[nrt]/g;

/** The pieces of a literal that do not vary, in order. */
export const fragmentsOf = (literal: string): string[] =>
  literal
    .slice(0, 400)
    .split(placeholder)
    .map((piece) => piece.replace(/\\(["'`\\])/g, "$1").trim())
    .filter((piece) => piece !== "");

/** Words and letters enough to tell one message from another. */
const isTelling = (fragments: readonly string[]) => fragments.join(" ").replace(/[^\p{L}]/gu, "").length >= 6;

/** Could this literal have become (a part of) that message? Its pieces stand in it, in order, and they say enough. */
export function makesMessage(literal: string, message: string): boolean {
  const fragments = fragmentsOf(literal);
  if (!isTelling(fragments)) return false;
  let at = 0;
  for (const fragment of fragments) {
    const found = message.indexOf(fragment, at);
    if (found === -1) return false;
    at = found + fragment.length;
  }
  return true;
}

/** Does the line raise something of its own accord? */
export const raises = (line: string): boolean =>
  /\b(?:raise|throw|panic!?|bail!|anyhow!|abort|fail|reject|die|trigger_error|assert\w*!?|unreachable!|expect|errors\.New|Errorf|Fatalf?|Panicf?|orElseThrow|error!?)\b/.test(
    line.slice(0, lineLength),
  );

/** Does the line have a telling literal at all? One that has none may be made of a constant or a variable. */
export const hasTellingLiteral = (line: string): boolean =>
  literalsOf(line).some((literal) => isTelling(fragmentsOf(literal)));
