export type FieldDot = { x: number; y: number; opacity: number };

/** The grid of the poster: 20 units a step, the gate at x 560, the passage on the row y 420. */
export const poster = { width: 800, height: 900, step: 20, gateX: 560, passageY: 420 };

/** Mulberry32: the same field on every render, so server and browser draw one picture. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function isUnderCaption(x: number, y: number): boolean {
  return x <= 340 && y >= 740 && y <= 860;
}

/** Reports gather before the gate: the nearer, the denser and the darker. The passage row and the caption are left free. */
export function fieldDots(): FieldDot[] {
  const random = seededRandom(20260312);
  const dots: FieldDot[] = [];
  for (let y = poster.step; y < poster.height; y += poster.step) {
    for (let x = poster.step; x < poster.gateX; x += poster.step) {
      const near = x / (poster.gateX - poster.step);
      const chance = 0.04 + near ** 2.5 * 0.82;
      if (random() < chance && y !== poster.passageY && !isUnderCaption(x, y)) {
        dots.push({ x, y, opacity: Math.round((0.15 + near ** 1.6 * 0.52) * 100) / 100 });
      }
    }
  }
  return dots;
}
