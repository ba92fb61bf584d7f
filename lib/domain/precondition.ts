/** What a writer says it has seen (RFC 9110, 13.1): If-Match and If-None-Match, as they were sent. */
export type Preconditions = { ifMatch?: string | null; ifNoneMatch?: string | null };

export type PreconditionDecision = { ok: true } | { ok: false; reason: "stale" | "exists" };

/** The tags a header names, less quotes; `*` stands for whatever exists; null when the header asks for nothing. */
export function tagsOf(header: string | null | undefined): string[] | "*" | null {
  const given = header?.trim();
  if (!given) return null;
  if (given === "*") return "*";
  return given.split(",").map((tag) => tag.trim().replace(/^W\//, "").replaceAll('"', ""));
}

/** May something with this tag be written over? `tag` is null when there is nothing yet. */
export function decidePrecondition(conditions: Preconditions, tag: string | null): PreconditionDecision {
  const wanted = tagsOf(conditions.ifMatch);
  if (wanted !== null && !names(wanted, tag)) return { ok: false, reason: "stale" };
  const unwanted = tagsOf(conditions.ifNoneMatch);
  if (unwanted !== null && names(unwanted, tag)) return { ok: false, reason: "exists" };
  return { ok: true };
}

const names = (tags: string[] | "*", tag: string | null) =>
  tag !== null && (tags === "*" || tags.includes(tag));
