/** What stands in JSON as it is; a lone surrogate, a quote or a line end does not. */
const needsEscape = /[^ !#-[\]-~]/;

/** A text as `JSON.stringify` writes it. Most have nothing to escape, and are many. */
export const jsonText = (value: string): string =>
  needsEscape.test(value) ? JSON.stringify(value) : `"${value}"`;

/**
 * JSON with sorted member names and no spaces, as RFC 8785 describes, so that equal values have equal bytes.
 * Undefined members are left out; a value that JSON cannot hold is an error of the caller.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return jsonText(value);
  if (value === null || typeof value === "boolean") return `${value}`;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("canonical JSON holds finite numbers only");
    return `${value}`; // as JSON writes it, minus zero too
  }
  // By hand, without lists in between: every report and every payload passes here.
  if (Array.isArray(value)) {
    let text = "[";
    for (let at = 0; at < value.length; at++)
      text += (at === 0 ? "" : ",") + canonicalJson(value[at] ?? null);
    return `${text}]`;
  }
  if (typeof value === "object") {
    let text = "{";
    for (const name of sorted(Object.keys(value))) {
      const member = (value as Record<string, unknown>)[name];
      if (member === undefined) continue;
      text += `${text === "{" ? "" : ","}${jsonText(name)}:${canonicalJson(member)}`;
    }
    return `${text}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/** In place, by code units. Most lists are short or in order already, where a sort by insertion makes nothing on the way. */
function sorted(names: string[]): string[] {
  if (names.length > insertedMax) return names.sort();
  for (let from = 1; from < names.length; from++) {
    const name = names[from] as string;
    let at = from;
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}

const insertedMax = 16;
