import type { TriageLimits } from "@/lib/domain/triage";

/** Time that a piece of the looking may take. */
export type Stopwatch = {
  isOver: () => boolean;
  leftMs: () => number;
  /** Another one that is over with this one, or after so many milliseconds. */
  within: (ms: number) => Stopwatch;
};

/** `limits.deadlineMs` counts from now. An aborted signal leaves no time. */
export function startStopwatch({ deadlineMs, signal }: TriageLimits): Stopwatch {
  const endsAt = performance.now() + deadlineMs;
  const leftMs = () => (signal.aborted ? 0 : Math.max(0, endsAt - performance.now()));
  return {
    leftMs,
    isOver: () => leftMs() === 0,
    within: (ms) => startStopwatch({ deadlineMs: Math.min(ms, leftMs()), signal }),
  };
}
