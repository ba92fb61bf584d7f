import { type FieldMapping, foldKey } from "./log-fields";
import { levelOfWord } from "./log-level";

/** Tells the rank of a JSON line's level without parsing it. */
export type LevelPeek = (text: string) => number | null;

/**
 * A look at the level of a line of JSON, where its first key that can name one says so; null when only parsing can tell. What it
 * tells is what parsing would: the key is of the outermost object, comes once, and none that is asked before it is there.
 */
export function levelPeek(mapping: FieldMapping): LevelPeek {
  const own = mapping.level ?? [];
  if (own.some((key) => key.includes("."))) return () => null;
  const names = [...own, "level", "severity"];
  const first = new RegExp(
    `[{,]\\s*"(?:${names.map((name) => `(${keyPattern(name)})`).join("|")})"\\s*:\\s*(?:"([^"\\\\]{1,40})"|(\\d{1,3})(?=[\\s,}]))`,
    "i",
  );
  /** Keys of which there may be no other: the one found, and those asked before it. */
  const rivals = names.map((_, index) => anyKey(names.slice(0, index + 1)));
  return (text) => {
    const match = first.exec(text);
    if (!match || !isOutermost(text, match.index) || text.includes("\\u00")) return null;
    const which = match.findIndex((group, index) => index > 0 && group !== undefined) - 1;
    const rival = rivals[which];
    const end = match.index + match[0].length;
    if (!rival || rival.test(text.slice(0, match.index)) || rival.test(text.slice(end))) return null;
    return levelOfWord(match.at(-2) ?? match.at(-1) ?? "")?.rank || null;
  };
}

const anyKey = (names: readonly string[]) => new RegExp(`"(?:${names.map(keyPattern).join("|")})"`, "i");

/** A key in the spellings that are one. */
const keyPattern = (key: string) =>
  foldKey(key)
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replaceAll("_", "[_-]?");

/** Nothing was opened before it but the record itself. A brace in a text only makes this look too careful. */
function isOutermost(text: string, at: number): boolean {
  const inner = text.indexOf("{", text.indexOf("{") + 1);
  return inner < 0 || inner > at;
}
