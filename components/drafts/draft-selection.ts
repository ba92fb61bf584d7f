/** What one bulk call takes; nobody looks through more. */
export const selectionMax = 200;

/**
 * Rows that are marked for a bulk action, and where a range begins: the row that was marked last. `picking` keeps the boxes
 * in sight while nothing is marked: a finger finds none by hovering.
 */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null; picking: boolean };

export const nothingSelected: Selection = { ids: new Set(), anchor: null, picking: false };

export const isMarking = ({ ids, picking }: Selection): boolean => picking || ids.size > 0;

/** Marks a row, or takes the mark off. */
export function toggled({ ids, picking }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id) && next.size < selectionMax) next.add(id);
  return { ids: next, anchor: id, picking };
}

/** Marks everything from the anchor to this row, in the order of the list; without an anchor in it, the row alone. */
export function ranged(marked: Selection, id: string, order: readonly string[]): Selection {
  const { ids, anchor, picking } = marked;
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (to < 0) return marked;
  const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  return { ids: capped([...ids, ...order.slice(first, last + 1)]), anchor: id, picking };
}

/** Marks these beside what is marked. */
export const added = (marked: Selection, more: readonly string[]): Selection => ({
  ...marked,
  ids: capped([...marked.ids, ...more]),
});

const capped = (ids: readonly string[]) => new Set([...new Set(ids)].slice(0, selectionMax));
