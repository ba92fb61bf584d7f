import { appendFileSync } from "node:fs";

export type FaultResult = { fault: string; rounds: number; found: string };

const startedAt = new Map<string, number>();

/** To be called first, so that the table says how long a fault took. */
export function beginFault(fault: string): void {
  startedAt.set(fault, performance.now());
}

/** One row of the table that `scripts/test.mjs` prints at the end. `found` says what was counted, not that all is well. */
export function endFault(result: FaultResult): void {
  const seconds = Math.round(
    (performance.now() - (startedAt.get(result.fault) ?? performance.now())) / 1_000,
  );
  const row = { ...result, seconds };
  const file = process.env.FAULT_RESULTS;
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
  else console.log(`${row.fault}: ${row.rounds} rounds, ${row.found} (${seconds} s)`);
}
