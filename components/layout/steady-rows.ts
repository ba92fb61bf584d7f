/**
 * Which rows stay on screen when a list is read again, so that nothing jumps under the reader: known rows keep their
 * place, rows that are gone leave, older rows loaded below are appended, and newer ones wait to be asked for.
 * `complete` says that the reading holds every row; otherwise a missing row may only have slid off its end.
 */
export function settleRows(
  shown: readonly string[],
  incoming: readonly string[],
  complete: boolean,
): { shown: string[]; waiting: string[] } {
  const present = new Set(incoming);
  const kept = complete ? shown.filter((id) => present.has(id)) : [...shown];
  if (kept.length === 0) return { shown: [...incoming], waiting: [] };
  const known = new Set(kept);
  const lastKnown = incoming.findLastIndex((id) => known.has(id));
  const older = lastKnown < 0 ? [] : incoming.slice(lastKnown + 1);
  const belowOnly = new Set(older);
  return {
    shown: [...kept, ...older],
    waiting: incoming.filter((id) => !known.has(id) && !belowOnly.has(id)),
  };
}
