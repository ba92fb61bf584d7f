import { findUnreportedDeliveryFailures, findUnreportedTriageFailures } from "@/lib/db/own-failure-store";
import { type OwnFailure, ownFailureOriginKey, ownFailureReport } from "@/lib/domain/own-failure";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { acceptReports } from "./accept-reports";
import type { ReportAnswer } from "./report-answer";

/** Failures in one commit. */
const batchMax = 100;

/**
 * Takes failures of this product's own work in, as any report: redacted, deduplicated, counted, drafted, held while
 * paused. Each is counted once by its name.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function reportOwnFailures(
  ctx: Context,
  failures: readonly OwnFailure[],
): Promise<ReportAnswer[]> {
  await authorize(ctx, "work", { kind: "intake", id: "own-failures", projectId: null });
  return acceptReports(ctx, {
    reports: failures.map((failure) => ({
      path: { kind: "unbound", provenance: "self_monitoring" },
      report: ownFailureReport(failure),
      idempotency: null,
      originKey: ownFailureOriginKey(failure),
    })),
  });
}

/**
 * Reports every delivery that failed since `sinceMs` and was not reported yet. The delivery's row is what tells, so a
 * crash between its end and its report is made good by the next sweep, and two sweeps at once count it once.
 *
 * @throws what kept a failure from being written: the caller sweeps again from the same time.
 */
export const reportFailedDeliveries = (ctx: Context, sinceMs: number): Promise<number> =>
  reportAll(ctx, sinceMs, findUnreportedDeliveryFailures);

/** As `reportFailedDeliveries`, of triage runs that were given up. */
export const reportFailedTriage = (ctx: Context, sinceMs: number): Promise<number> =>
  reportAll(ctx, sinceMs, findUnreportedTriageFailures);

async function reportAll(
  ctx: Context,
  sinceMs: number,
  find: typeof findUnreportedDeliveryFailures,
): Promise<number> {
  for (let reported = 0; ; ) {
    const failures = await find(ctx.db, sinceMs, batchMax);
    const answers = failures.length > 0 ? await reportOwnFailures(ctx, failures) : [];
    for (const answer of answers) if (!answer.ok) throw answer.error;
    reported += answers.length;
    if (failures.length < batchMax) return reported;
  }
}
