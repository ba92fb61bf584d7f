/** A place in a list ordered by time and id, or by a rank before them; opaque to callers. */
export type PagePlace = { atMs: number; id: string; rank?: number };

/** What a caller asks for: how many rows, and where to go on, as the last page said. */
export type ListPage = { limit: number; cursor?: string };

export type PageRequest = { limit: number; after: PagePlace | null };

export const pageSize = { default: 50, max: 200 } as const;

/** Counting stops here: a total of 10,001 means "more than 10,000". */
export const totalCap = 10_001;

/** 1 to 200, 50 when absent (contract section 3). */
export function clampLimit(limit: number | null | undefined): number {
  if (limit === null || limit === undefined) return pageSize.default;
  return Math.min(pageSize.max, Math.max(1, Math.trunc(limit)));
}

/** `<binding>.<ms>.<id>`, with `<rank>~` before the ms: the binding stands for the list, its filter and its order. */
export function encodeCursor({ atMs, id, rank }: PagePlace, binding: string): string {
  return `${binding}.${rank === undefined ? "" : `${rank}~`}${atMs}.${id}`;
}

/** null for anything that `encodeCursor` did not make for this binding. */
export function decodeCursor(cursor: string, binding: string): PagePlace | null {
  if (!cursor.startsWith(`${binding}.`)) return null;
  const place = /^(?:(\d{1,15})~)?(\d{1,16})\.(.+)$/s.exec(cursor.slice(binding.length + 1));
  if (!place) return null;
  const [, rank, at, id = ""] = place;
  const atMs = Number(at);
  if (atMs > 8_640_000_000_000_000) return null;
  return { atMs, id, ...(rank !== undefined && { rank: Number(rank) }) };
}
