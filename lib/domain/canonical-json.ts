/**
 * JSON with sorted member names and no spaces, as RFC 8785 describes, so that equal values have equal bytes.
 * Undefined members are left out; a value that JSON cannot hold is an error of the caller.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("canonical JSON holds finite numbers only");
    return JSON.stringify(value);
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
      text += `${text === "{" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`;
    }
    return `${text}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/** Most objects are written in order already, and sorting makes copies. */
function sorted(names: string[]): string[] {
  for (let at = 1; at < names.length; at++) {
    if ((names[at - 1] as string) > (names[at] as string)) return names.sort();
  }
  return names;
}
