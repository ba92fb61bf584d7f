/** Rows from `from` up to, but without, `to`. */
export type RowSpan = { from: number; to: number };

/** As many rows as this stand in the page as they are: find in page and a reader's list see them all. */
export const windowedFrom = 120;
/** Kept above and below what is in sight: enough for a key held down and a fast wheel. */
const around = 24;
/** The span moves by this many rows at a time, so that not every row scrolled by draws the list again. */
const stride = 8;

/** `sight` is the visible part of the list: its top over the list's own, and its height, px. */
export function spanInSight(
  sight: { top: number; height: number },
  rowHeight: number,
  count: number,
): RowSpan {
  const first = Math.floor(Math.max(0, sight.top) / rowHeight / stride) * stride;
  const size = Math.ceil(sight.height / rowHeight / stride) * stride + stride;
  const from = Math.max(0, Math.min(first, count - 1) - around);
  return { from, to: Math.min(count, Math.max(first, 0) + size + around) };
}
