import type { IntakeKey } from "@/lib/domain/intake-key";

type Bucket = { level: number; filledAtMs: number };

const bucketCountMax = 10_000;
const slot = Symbol.for("incident-monitor.intake-buckets");
type Holder = { [slot]?: Map<string, Bucket> };

function buckets(): Map<string, Bucket> {
  const holder = globalThis as Holder;
  holder[slot] ??= new Map();
  return holder[slot];
}

export type RateVerdict = { allowed: true } | { allowed: false; retryAfterSeconds: number };

/**
 * A bucket per key that fills by `ratePerSecond` up to `burst`, in this process. A batch larger than the burst passes
 * on a full bucket and leaves a debt, so that the average holds and no batch is impossible.
 */
export function takeFromBucket(
  key: Pick<IntakeKey, "keyId" | "ratePerSecond" | "burst">,
  nowMs: number,
  count = 1,
): RateVerdict {
  const { keyId, ratePerSecond, burst } = key;
  const known = buckets().get(keyId);
  const elapsedMs = known ? Math.max(0, nowMs - known.filledAtMs) : 0;
  const level = known ? Math.min(burst, known.level + (elapsedMs / 1_000) * ratePerSecond) : burst;
  const needed = Math.min(count, burst);
  const allowed = level >= needed;
  keep(keyId, { level: allowed ? level - count : level, filledAtMs: nowMs });
  if (allowed) return { allowed };
  const waitSeconds = ratePerSecond > 0 ? Math.ceil((needed - level) / ratePerSecond) : 60;
  return { allowed, retryAfterSeconds: Math.max(1, waitSeconds) };
}

/** The one longest unused goes: it has most likely filled up again. */
function keep(keyId: string, bucket: Bucket): void {
  const all = buckets();
  all.delete(keyId);
  all.set(keyId, bucket);
  if (all.size <= bucketCountMax) return;
  const [oldest] = all.keys();
  if (oldest !== undefined) all.delete(oldest);
}
