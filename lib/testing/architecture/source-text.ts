/**
 * TypeScript source with everything that is not code blanked out: comments, and the insides of strings, templates and
 * regular expressions. Every kept character stays at its offset. TypeScript 7 has no compiler API to ask instead.
 */
export type SourceText = { code: string; strings: SourceString[] };
export type SourceString = { start: number; value: string };

type Reading = { source: string; out: string[]; strings: SourceString[] };

export function readSourceText(source: string): SourceText {
  const reading: Reading = { source, out: [...source.split("")], strings: [] };
  readCode(reading, 0, null);
  return { code: reading.out.join(""), strings: reading.strings };
}

/** Reads code until the end, or until the brace that closes a template's expression; answers where it stopped. */
function readCode(reading: Reading, from: number, until: "}" | null): number {
  const { source } = reading;
  let depth = 0;
  let at = from;
  while (at < source.length) {
    const two = source.slice(at, at + 2);
    const one = source[at];
    if (two === "//") at = blank(reading, at, endOfLine(source, at));
    else if (two === "/*") at = blank(reading, at, endAfter(source, "*/", at + 2));
    else if (one === '"' || one === "'") at = readString(reading, at, one);
    else if (one === "`") at = readTemplate(reading, at);
    else if (one === "/" && startsRegex(reading, at)) at = readRegex(reading, at);
    else {
      if (one === "{") depth += 1;
      if (one === "}" && until && depth-- === 0) return at;
      at += 1;
    }
  }
  return at;
}

/** A string ends at its line's end at the latest: an apostrophe in JSX text costs one line, no more. */
function readString(reading: Reading, at: number, quote: string): number {
  const { source } = reading;
  let end = at + 1;
  while (end < source.length && source[end] !== quote && source[end] !== "\n")
    end += source[end] === "\\" ? 2 : 1;
  reading.strings.push({ start: at, value: source.slice(at + 1, end) });
  blank(reading, at + 1, end);
  return end + 1;
}

function readTemplate(reading: Reading, at: number): number {
  const { source } = reading;
  let from = at + 1;
  let end = from;
  let value = "";
  while (end < source.length && source[end] !== "`") {
    if (source.startsWith("${", end)) {
      value += source.slice(from, end);
      blank(reading, from, end);
      from = readCode(reading, end + 2, "}") + 1;
      end = from;
    } else end += source[end] === "\\" ? 2 : 1;
  }
  reading.strings.push({ start: at, value: value + source.slice(from, end) });
  blank(reading, from, end);
  return end + 1;
}

/** A slash divides after a value and opens a regular expression elsewhere; `</` and `/>` are JSX. */
function startsRegex(reading: Reading, at: number): boolean {
  if (reading.source[at + 1] === ">" || regexEnd(reading.source, at) < 0) return false;
  const before = reading.out
    .slice(Math.max(0, at - 40), at)
    .join("")
    .trimEnd();
  return (
    before === "" ||
    /(?:\b(?:return|typeof|case|in|of|void|yield|await)|[(,=:[!&|?{};~+\-*%^>])$/.test(before)
  );
}

function readRegex(reading: Reading, at: number): number {
  const end = regexEnd(reading.source, at);
  return blank(reading, at + 1, end) + 1;
}

function regexEnd(source: string, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < source.length && source[end] !== "\n"; end += 1) {
    const one = source[end];
    if (one === "\\") end += 1;
    else if (one === "[") inClass = true;
    else if (one === "]") inClass = false;
    else if (one === "/" && !inClass) return end;
  }
  return -1;
}

function blank(reading: Reading, from: number, to: number): number {
  for (let at = from; at < to && at < reading.out.length; at += 1) {
    if (reading.out[at] !== "\n") reading.out[at] = " ";
  }
  return to;
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

function endAfter(source: string, mark: string, at: number): number {
  const end = source.indexOf(mark, at);
  return end < 0 ? source.length : end + mark.length;
}
