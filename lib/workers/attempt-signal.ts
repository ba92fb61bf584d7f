export type AttemptSignal = { signal: AbortSignal; release: () => void };

/** Of its lease, how much an attempt may use: the rest is for writing what came of it. */
const usableShare = 0.8;

/**
 * Ends with the worker, and before the attempt's lease does. Whatever is not under way by then is never sent: whoever took
 * the claim over may be about to make the same effect. `release` once the attempt is over.
 */
export function attemptSignal(stopping: AbortSignal, leaseMs: number): AttemptSignal {
  const own = new AbortController();
  const end = () => own.abort();
  const timer = setTimeout(end, leaseMs * usableShare);
  stopping.addEventListener("abort", end, { once: true });
  if (stopping.aborted) end();
  return {
    signal: own.signal,
    release: () => {
      clearTimeout(timer);
      stopping.removeEventListener("abort", end);
    },
  };
}
