/** What is older counts less: after this long about a third. */
const meanAgeMs = 60_000;

export type DecayingRate = {
  add: (amount: number, atMs: number) => void;
  perSecond: (atMs: number) => number;
};

/** How much a second over the last minute or so, without keeping what came when. */
export function decayingRate(): DecayingRate {
  let sum = 0;
  let sinceMs = 0;
  const decay = (atMs: number) => {
    sum *= Math.exp(-Math.max(0, atMs - sinceMs) / meanAgeMs);
    sinceMs = atMs;
  };
  return {
    add: (amount, atMs) => {
      decay(atMs);
      sum += amount;
    },
    perSecond: (atMs) => {
      decay(atMs);
      const rate = sum / (meanAgeMs / 1_000);
      return rate < 0.001 ? 0 : rate;
    },
  };
}
