import type { ExceptionMeaning } from "./exception-meaning";

const chain = String.raw`[\p{L}_$@][\p{L}\p{N}_$@]*(?:(?:\.|::|->|&\.|\?\.)[\p{L}_$@][\p{L}\p{N}_$]*|\([^()]{0,60}\)|\[[^\][]{0,40}\])*`;
const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/**
 * The expression of the failing line that the failure is about: `order` of `order.total`, `rates[i]`, the divisor. Null where
 * the line leaves more than one, or none; read from the code, so that it is an inference and nothing the report could set.
 */
export function failingExpression(meaning: ExceptionMeaning, text: string | null): string | null {
  if (text === null || text.length > 400) return null;
  switch (meaning.class) {
    case "null_reference":
    case "unhandled_error":
      return emptyExpression(meaning, text);
    case "out_of_range":
      return only(text, /[\p{L}_$@][\p{L}\p{N}_$@.]{0,80}\[[^\][]{1,40}\]/gu);
    case "division_by_zero":
      return only(text.replace(/\/\/.*$|#.*$/, ""), new RegExp(String.raw`(?<=[/%]\s{0,3})${chain}`, "gu"));
    default:
      return null;
  }
}

function emptyExpression({ subject }: ExceptionMeaning, text: string): string | null {
  if (subject === null) {
    // One thing alone is used on the line: it is the one that was empty.
    const used = only(text, /(?<![\p{L}\p{N}_$@."'])[\p{L}_$@][\p{L}\p{N}_$@]*(?=\.|->|::|\[)/gu);
    return used !== null && !/^(?:this|self|fmt|log|super|System|Console|Math)$/.test(used) ? used : null;
  }
  const name = escapePattern(subject.slice(0, 80));
  const before = new RegExp(
    String.raw`(?<![\p{L}\p{N}_$@.])(${chain}?)(?:\.|->|&\.|\?\.|\[["':]?)${name}(?![\p{L}\p{N}_$])`,
    "u",
  ).exec(text);
  const found = before?.[1] ?? null;
  return found !== null && found.length <= 80 && found !== subject ? found : null;
}

/** What the pattern finds in the line, if that is one thing, however often. */
function only(text: string, pattern: RegExp): string | null {
  const found = new Set(Array.from(text.matchAll(pattern), (match) => match[0]));
  const [first] = found;
  return found.size === 1 && first !== undefined && first.length <= 80 ? first : null;
}
