/** The value that `share` of the samples do not exceed (nearest rank). */
export function percentile(samples, share) {
  const sorted = [...samples].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** "1.2 / 3.4 / 5.6 ms": p50, p95 and p99. */
export function percentiles(samples) {
  const at = (share) => {
    const value = percentile(samples, share);
    return value < 100 ? value.toFixed(1) : String(Math.round(value));
  };
  return `${at(0.5)} / ${at(0.95)} / ${at(0.99)} ms`;
}

/** Milliseconds since the epoch with their fractions: comparable between the processes of one machine. */
export const nowMs = () => performance.timeOrigin + performance.now();
