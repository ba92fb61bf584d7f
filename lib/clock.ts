/** The one source of time outside tests; domain code is given `nowMs` and never asks. */
export type Clock = { nowMs: () => number };

export const systemClock: Clock = { nowMs: () => Date.now() };
