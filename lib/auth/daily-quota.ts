import { takeDailyQuota } from "@/lib/db/intake-key-store";
import type { IntakeKey } from "@/lib/domain/intake-key";
import type { Process } from "./process";
import type { RateVerdict } from "./rate-limit";

/** What this process took of a key's day and has not used yet. */
type Lot = { day: string; left: number; usedUp: boolean };

const dayMs = 86_400_000;
const lots = new WeakMap<Process["db"], Map<string, Lot>>();

/**
 * Takes from the key's quota of this UTC day, over all processes. Each takes a fiftieth at a time: no report waits for
 * another's, the quota is never exceeded, and what a process takes and does not use is all that it may fall short by.
 */
export async function takeFromDay(
  { db }: Pick<Process, "db">,
  key: Pick<IntakeKey, "keyId" | "dailyQuota">,
  nowMs: number,
  count = 1,
): Promise<RateVerdict> {
  if (key.dailyQuota === null || count === 0) return { allowed: true };
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const lot = lotOf(db, key.keyId, day);
  // Again, where another report of this process was faster to what was taken.
  while (lot.left < count && !lot.usedUp) {
    const least = count - lot.left;
    const wanted = Math.max(least, Math.ceil(key.dailyQuota / 50));
    const got = await takeDailyQuota(db, key, { day, wanted, least });
    lot.left += got;
    if (got > 0) continue;
    // Not even one is to be had: none is, today.
    lot.usedUp ||= least === 1;
    break;
  }
  if (lot.left < count)
    return { allowed: false, retryAfterSeconds: Math.ceil((dayMs - (nowMs % dayMs)) / 1_000) };
  lot.left -= count;
  return { allowed: true };
}

function lotOf(db: Process["db"], keyId: string, day: string): Lot {
  const known = lots.get(db) ?? new Map<string, Lot>();
  lots.set(db, known);
  const lot = known.get(keyId);
  if (lot?.day === day) return lot;
  const fresh = { day, left: 0, usedUp: false };
  known.set(keyId, fresh);
  return fresh;
}
