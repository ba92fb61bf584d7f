/** A text or a list of texts within JSON, by where it is. Lists stay together: their rows are read as one text. */
type Leaf = readonly [path: string, text: string | string[]];

/**
 * The texts of a value. Our own words for states, ids, hashes and references are none: a pattern that happens to match
 * one would break what reads them.
 */
export function splitLeaves(value: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  walk(value, "", (path, leaf) => {
    leaves.push([path, leaf]);
    return leaf;
  });
  return leaves;
}

/** The value with each of its texts replaced by what `leafAt` has for it. */
export function joinLeaves(value: unknown, leafAt: (path: string) => unknown): unknown {
  return walk(value, "", (path) => leafAt(path));
}

function walk(
  value: unknown,
  path: string,
  visit: (path: string, leaf: string | string[]) => unknown,
): unknown {
  if (typeof value === "string") return isOurs(value) ? value : visit(path, value);
  if (Array.isArray(value)) {
    const isList = value.length > 1 && value.every((item) => typeof item === "string" && !isOurs(item));
    return isList ? visit(path, value) : value.map((item, index) => walk(item, `${path}/${index}`, visit));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, walk(member, `${path}/${key}`, visit)]),
  );
}

/** `approval_required`, `failure-draft-0a1b…`, a hash, a `tandem://` reference, a time. */
function isOurs(text: string): boolean {
  return (
    text === "" ||
    /^[a-z]+(?:[_.-][a-z]+)*$/.test(text) ||
    /^(?:[a-z]+-)*[0-9a-f]{32}(?:[0-9a-f]{32})?$/.test(text) ||
    /^tandem:\/\/\S*$/.test(text) ||
    /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)
  );
}
