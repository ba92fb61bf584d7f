import { randomInt } from "node:crypto";

/** 3 in `npm test`, 100 in `npm run test:faults`; 1 when somebody runs a file by hand. */
const wanted = Math.max(1, Number(process.env.FAULT_ROUNDS ?? 1));

/** Rounds of a fault; `max` bounds what is expensive, and the results say how many there were. */
export const roundsOf = (max = Number.POSITIVE_INFINITY): number => Math.min(wanted, max);

/** A few rounds or all of them: what differs between `npm test` and `npm run test:faults`. */
export const isFullRun = wanted > 10;

/** `work` for each round, counted from 1; a failure says in which. */
export async function eachRound(rounds: number, work: (round: number) => Promise<void>): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    try {
      await work(round);
    } catch (error) {
      if (error instanceof Error) error.message = `round ${round} of ${rounds}: ${error.message}`;
      throw error;
    }
  }
}

/** When in a round a fault strikes is left to chance, within bounds. */
export const between = (least: number, most: number): number => randomInt(least, most + 1);
