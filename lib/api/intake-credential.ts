import { contextFor } from "@/lib/auth/context";
import { rawIntakeKeyOf, resolveIntakeKey } from "@/lib/auth/intake-key";
import { currentProcess } from "@/lib/auth/process";
import { takeFromBucket } from "@/lib/auth/rate-limit";
import type { Context } from "@/lib/pipeline/context";
import { EdgeProblem } from "./problem";

/**
 * The context of a scoped key for one project and source.
 *
 * @throws EdgeProblem 401 without a key or with one that may not report there, 429 with Retry-After over its rate.
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
  const rate = takeFromBucket(resolved.key, Date.now(), use.count ?? 1);
  if (!rate.allowed) {
    throw new EdgeProblem(
      429,
      "RATE_LIMITED",
      `This key is over its rate of ${resolved.key.ratePerSecond} reports a second`,
      { retryable: true },
      { "retry-after": String(rate.retryAfterSeconds) },
    );
  }
  return contextFor(process, resolved.actor, requestId);
}
