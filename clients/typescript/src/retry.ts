import { IncidentMonitorError, NetworkError } from "./errors.js";

const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const firstWaitMs = 250;
const waitMsMax = 5_000;

/** Could asking again bring another answer? A timeout is not here: the time there was is used up. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  if (!(error instanceof IncidentMonitorError) || !transientStatuses.has(error.status)) return false;
  return (error.body as { retryable?: unknown } | undefined)?.retryable !== false;
}

/** Exponential with full jitter; never less than the server asked for, and spread even then. */
export function waitMs(error: unknown, attempt: number, random: () => number): number {
  const spread = random() * Math.min(waitMsMax, firstWaitMs * 2 ** attempt);
  const asked = error instanceof IncidentMonitorError ? (error.retryAfterMs ?? 0) : 0;
  return Math.round(asked + spread);
}

/** @throws the signal's reason when it aborts first */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** A key of its own for one report, so that repeating it is counted once. */
export function newIdempotencyKey(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return `im-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
