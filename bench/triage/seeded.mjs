/** The one source of chance: the same seed makes the same choices in the same order (mulberry32). */
export function seeded(seed) {
  let state = (seed * 2_654_435_761 + 97) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number, both ends included. */
  const int = (from, to) => from + Math.floor(next() * (to - from + 1));
  const pick = (list) => list[int(0, list.length - 1)];
  const chance = (share) => next() < share;
  const shuffle = (list) => {
    const shuffled = [...list];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = int(0, at);
      [shuffled[at], shuffled[other]] = [shuffled[other], shuffled[at]];
    }
    return shuffled;
  };
  return { int, pick, chance, shuffle };
}
