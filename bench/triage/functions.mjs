/** Functions of a text by their layout: the templates are laid out as formatters leave code, so that this is enough. */
const headers = {
  python: /^(\s*)(?:async )?def (\w+)/,
  javascript:
    /^(\s*)(?:(?:export )?(?:async )?function (\w+)|(?:static |async )*(?!(?:if|for|while|switch|catch|return)\b)(\w+)\([^;]*\)(?:: [^;{]+)? \{$)/,
  java: /^(\s+)(?:(?:public|private|protected|static|final|synchronized) )+(?:[\w<>[\], .?]+ )?(\w+)\([^;]*\) (?:throws [\w, .]+ )?\{$/,
  go: /^()func (?:\([^)]*\) )?(\w+)/,
  ruby: /^(\s*)def (?:self\.)?(\w+[?!]?)/,
};
headers.typescript = headers.javascript;

export const commentMark = {
  python: "#",
  ruby: "#",
  javascript: "//",
  typescript: "//",
  java: "//",
  go: "//",
};

/** `from` is the header and `to` the last line, counted from 0; `lead` is the first line of what belongs above it. */
export function functionsOf(text, language) {
  const lines = text.split("\n");
  const found = [];
  for (const [from, line] of lines.entries()) {
    const match = headers[language].exec(line);
    if (!match) continue;
    const [, indent, ...names] = match;
    const to = endOf(lines, from, indent, language);
    if (to === null) continue;
    let lead = from;
    while (lead > 0 && new RegExp(`^${indent}(?:@\\w|#|//|/\\*\\*| \\*)`).test(lines[lead - 1])) lead--;
    found.push({ name: names.find(Boolean), indent, lead, from, to });
  }
  return found;
}

function endOf(lines, from, indent, language) {
  if (language === "python") {
    let to = from;
    for (let at = from + 1; at < lines.length; at++) {
      if (lines[at].trim() === "") continue;
      if (/^\s*/.exec(lines[at])[0].length <= indent.length && !/^\s*\)/.test(lines[at])) break;
      to = at;
    }
    return to;
  }
  const close = language === "ruby" ? `${indent}end` : `${indent}}`;
  const to = lines.indexOf(close, from + 1);
  return to < 0 ? null : to;
}

/** The innermost function around a line, or null. */
export function functionAt(text, line, language) {
  const around = functionsOf(text, language).filter(({ from, to }) => from <= line && line <= to);
  return around.at(-1) ?? null;
}

/** How many brackets are open before a line of its function: more than the blocks' own means inside an expression. */
export function insideExpression(lines, from, line) {
  const before = lines
    .slice(from, line)
    .join("\n")
    .replace(/"[^"\n]*"|'[^'\n]*'/g, "");
  const count = (mark) => before.split(mark).length - 1;
  return (
    count("(") !== count(")") ||
    count("[") !== count("]") ||
    /[,=+\-*/&|.?]\s*$|^\s*[.?:)]/.test(`${before}`.trimEnd())
  );
}
