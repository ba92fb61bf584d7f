const dayMs = 86_400_000;
/** No honest receiver asks for more than a month; a longer wait is a mistake or an attack on the queue. */
const retryAfterMaxMs = 31 * dayMs;

/** `Retry-After` in milliseconds, from seconds or an HTTP date; undefined when absent or not understood. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text) * 1_000, retryAfterMaxMs);
  // Date.parse also takes bare numbers and local forms; only the three HTTP forms begin with a day name.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined;
  // The oldest form names no zone and means GMT; Date.parse would take it as local time.
  const atMs = Date.parse(/(gmt|utc|[+-]\d{4})$/i.test(text) ? text : `${text} GMT`);
  if (Number.isNaN(atMs)) return undefined;
  return Math.min(Math.max(0, atMs - nowMs), retryAfterMaxMs);
}
