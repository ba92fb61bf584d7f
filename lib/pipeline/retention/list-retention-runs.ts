import { listRunRecords } from "@/lib/db/retention-run-store";
import { readableProjects } from "@/lib/domain/permission";
import type { RetentionRun } from "@/lib/domain/retention-run";
import { authorize } from "../authorize";
import type { Context } from "../context";

/** What the job removed and what was erased on request, newest first. Runs of the job go through every project. */
export async function listRetentionRuns(ctx: Context, { limit }: { limit: number }): Promise<RetentionRun[]> {
  await authorize(ctx, "read", { kind: "retention_runs", id: "list" });
  return listRunRecords(ctx.db, { projects: readableProjects(ctx.actor), limit });
}
