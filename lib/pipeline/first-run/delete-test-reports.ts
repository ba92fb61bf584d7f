import { listTestReports } from "@/lib/db/test-receiver-store";
import { projectsHolding } from "@/lib/domain/permission";
import type { Context } from "../context";
import { deleteRecords } from "../records/delete-records";

/**
 * Hides the incidents of the test reports with everything on them, as deleting them one by one would. What the receiver
 * took stays: it holds ids and hashes alone.
 *
 * @throws AppError forbidden
 */
export async function deleteTestReports(ctx: Context): Promise<{ deleted: number }> {
  const reports = await listTestReports(ctx.db, projectsHolding(ctx.actor, "delete"));
  const ids = reports.map((report) => report.incidentId);
  return deleteRecords(ctx, { noun: "incident", ids, all: false, reason: "Test reports of the checklist" });
}
