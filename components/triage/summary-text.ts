/** An entry of any shape in one line: a place with why, a record with its title, else what its members say. */
export function entryText(entry: unknown): string {
  if (typeof entry === "string") return entry;
  if (entry === null || typeof entry !== "object") return String(entry);
  const members = entry as Record<string, unknown>;
  const word = (...names: string[]) => {
    for (const name of names) {
      const value = members[name];
      if (typeof value === "string" && value !== "") return value;
      if (typeof value === "number") return String(value);
    }
    return undefined;
  };
  const path = word("path", "file");
  const line = word("line", "from_line", "fromLine");
  const place = path && line ? `${path}:${line}` : path;
  const head = place ?? word("title", "name", "reference", "id", "url", "hash", "source");
  const tail = word("why", "reason", "statement", "summary", "what", "match", "subject", "outcome");
  if (head && tail && head !== tail) return `${head}: ${tail}`;
  if (head ?? tail) return head ?? tail ?? "";
  return Object.entries(members)
    .filter(
      ([, value]) => typeof value === "string" || typeof value === "number" || typeof value === "boolean",
    )
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${String(value)}`)
    .join(", ");
}
