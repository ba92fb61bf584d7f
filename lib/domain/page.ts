/** A place in a list ordered by time and id, newest first; opaque to callers. */
export type PagePlace = { atMs: number; id: string };

export type PageRequest = { limit: number; after: PagePlace | null };

export const pageSize = { default: 50, max: 200 } as const;

/** Counting stops here: a total of 10,001 means "more than 10,000". */
export const totalCap = 10_001;

/** 1 to 200, 50 when absent (contract section 3). */
export function clampLimit(limit: number | null | undefined): number {
  if (limit === null || limit === undefined) return pageSize.default;
  return Math.min(pageSize.max, Math.max(1, Math.trunc(limit)));
}

/** `<ms>.<id>`; ids never hold a dot before the first one of theirs, since the time comes first. */
export function encodePlace(place: PagePlace): string {
  return `${place.atMs}.${place.id}`;
}

export function decodePlace(cursor: string): PagePlace | null {
  const dot = cursor.indexOf(".");
  if (dot < 1) return null;
  const atMs = Number(cursor.slice(0, dot));
  const id = cursor.slice(dot + 1);
  return Number.isSafeInteger(atMs) && atMs >= 0 && atMs <= 8_640_000_000_000_000 && id ? { atMs, id } : null;
}
