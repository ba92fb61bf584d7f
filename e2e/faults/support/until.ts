import { setTimeout as pause } from "node:timers/promises";

/** Asks again and again until there is an answer; never a wait that merely hopes. @throws Error after `withinMs` */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { withinMs = 30_000, everyMs = 20 }: { withinMs?: number; everyMs?: number } = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(everyMs);
  }
  const why = last === undefined ? "" : `: ${last instanceof Error ? last.message : String(last)}`;
  throw new Error(`not within ${withinMs} ms: ${what}${why}`);
}

/** How long `work` took, with its answer. */
export async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const startedAt = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - startedAt };
}
