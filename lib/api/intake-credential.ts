import { contextFor } from "@/lib/auth/context";
import { takeFromDay } from "@/lib/auth/daily-quota";
import { rawIntakeKeyOf, recordOverLimit, resolveIntakeKey } from "@/lib/auth/intake-key";
import { currentProcess } from "@/lib/auth/process";
import { takeFromBucket } from "@/lib/auth/rate-limit";
import type { Context } from "@/lib/pipeline/context";
import { EdgeProblem } from "./problem";

/**
 * The context of a scoped key for one project and source.
 *
 * @throws EdgeProblem 401 without a key or with one that may not report there, 429 with Retry-After over its rate or its
 * day's quota.
 */
export async function bindKey(
  request: Request,
  requestId: string,
  use: { projectId: string; sourceId: string | null; count?: number },
): Promise<Context> {
  const raw = rawIntakeKeyOf(request.headers);
  if (!raw)
    throw new EdgeProblem(401, "INCIDENT_MONITOR_INTAKE_KEY_REQUIRED", "A scoped intake key is required");
  const process = currentProcess();
  const resolved = await resolveIntakeKey(process, raw, { ...use, requestId });
  if (!resolved.ok) {
    // One answer whatever is wrong with the key: the caller learns nothing about other people's.
    throw new EdgeProblem(
      401,
      "INCIDENT_MONITOR_INTAKE_KEY_INVALID",
      "The intake key may not report for this project",
    );
  }
  const { key } = resolved;
  const refuse = async (code: string, message: string, retryAfterSeconds: number) => {
    await recordOverLimit(process, key, { code, message }, { ...use, requestId });
    const retryAfter = { "retry-after": String(retryAfterSeconds) };
    return new EdgeProblem(429, "RATE_LIMITED", message, { retryable: true }, retryAfter);
  };
  const rate = takeFromBucket(key, Date.now(), use.count ?? 1);
  if (!rate.allowed) {
    const message = `This key is over its rate of ${key.ratePerSecond} reports a second`;
    throw await refuse("key_over_rate", message, rate.retryAfterSeconds);
  }
  const day = await takeFromDay(process, key, Date.now(), use.count ?? 1);
  if (!day.allowed) {
    const message = `This key is over its quota of ${key.dailyQuota} reports a day (UTC)`;
    throw await refuse("key_over_quota", message, day.retryAfterSeconds);
  }
  return contextFor(process, resolved.actor, requestId);
}
