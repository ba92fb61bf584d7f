/** A place in a list ordered by time and id, newest first; opaque to callers. */
export type PagePlace = { atMs: number; id: string };

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

/** `<binding>.<ms>.<id>`: the binding stands for the list and its filter, so that a cursor is good for nothing else. */
export function encodeCursor(place: PagePlace, binding: string): string {
  return `${binding}.${place.atMs}.${place.id}`;
}

/** null for anything that `encodeCursor` did not make for this binding. */
export function decodeCursor(cursor: string, binding: string): PagePlace | null {
  if (!cursor.startsWith(`${binding}.`)) return null;
  const place = cursor.slice(binding.length + 1);
  const dot = place.indexOf(".");
  if (dot < 1) return null;
  const atMs = Number(place.slice(0, dot));
  const id = place.slice(dot + 1);
  return Number.isSafeInteger(atMs) && atMs >= 0 && atMs <= 8_640_000_000_000_000 && id ? { atMs, id } : null;
}
