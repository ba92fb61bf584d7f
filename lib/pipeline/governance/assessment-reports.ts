import { findAssessment, listAssessments } from "@/lib/db/assessment-store";
import { sha256Hex } from "@/lib/digest";
import type { KeptAssessment } from "@/lib/domain/assessment";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { projectsHolding } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

async function requireReach(ctx: Context, id: string): Promise<readonly string[] | null> {
  const projects = projectsHolding(ctx.actor, "assess");
  await authorize(ctx, "assess", { kind: "assessment_report", id, projectId: projects?.[0] });
  return projects;
}

/** Reports that are kept and tell of nothing that the actor may not assess, newest first. @throws AppError forbidden */
export async function listAssessmentReports(
  ctx: Context,
  { limit }: { limit: number },
): Promise<{ reports: KeptAssessment[]; total: number }> {
  return listAssessments(ctx.db, await requireReach(ctx, "*"), limit);
}

/**
 * One report as it was answered. `verified`: its document, hashed again, is still what its digest says.
 *
 * @throws AppError forbidden, not_found `assessment_report_not_found` also for one of other projects
 */
export async function getAssessmentReport(
  ctx: Context,
  { reportId }: { reportId: string },
): Promise<{ kept: KeptAssessment; document: unknown; verified: boolean }> {
  const found = await findAssessment(ctx.db, await requireReach(ctx, reportId), reportId);
  if (!found) {
    const message = "There is no such assessment report, or newer ones took its place";
    throw new AppError("not_found", "assessment_report_not_found", message, { report_id: reportId });
  }
  return { ...found, verified: sha256Hex(canonicalJson(found.document)) === found.kept.sha256 };
}
