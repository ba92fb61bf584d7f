/** Where a backfill goes on: in this file, or in the first that was written to later. */
export type BackfillPlace = { fileId: string; modifiedAtMs: number; offset: number };
export type BackfillRange = { projectId: string; sourceId: string; fromMs: number; toMs: number };

const nameOf = ({ projectId, sourceId, fromMs, toMs }: BackfillRange) =>
  [projectId, sourceId, fromMs, toMs].join("~");

/** Opaque to those who hand it back; good for its own source and range alone. */
export const encodeBackfillCursor = (place: BackfillPlace, range: BackfillRange): string =>
  [nameOf(range), place.fileId, Math.trunc(place.modifiedAtMs), place.offset].join("~");

/** null for anything that encodeBackfillCursor did not make for this source and range. */
export function decodeBackfillCursor(cursor: string, range: BackfillRange): BackfillPlace | null {
  const binding = `${nameOf(range)}~`;
  if (!cursor.startsWith(binding)) return null;
  const found = /^(\d{1,20}:\d{1,20})~(\d{1,15})~(\d{1,15})$/.exec(cursor.slice(binding.length));
  const [, fileId, modifiedAtMs, offset] = found ?? [];
  return fileId ? { fileId, modifiedAtMs: Number(modifiedAtMs), offset: Number(offset) } : null;
}
