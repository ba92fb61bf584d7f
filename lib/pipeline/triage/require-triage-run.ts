import { findDraft } from "@/lib/db/draft-store";
import { findTriageRun } from "@/lib/db/triage-store";
import type { Permission } from "@/lib/domain/permission";
import type { Draft } from "@/lib/domain/records";
import type { TriageRun } from "@/lib/domain/triage-run";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export type RunOfDraft = { run: TriageRun; draft: Draft };

/**
 * The run and its draft, once the actor may do `permission` with the draft. A run of a deleted draft is not there.
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden.
 */
export async function requireTriageRun(
  ctx: Context,
  runId: string,
  permission: Permission,
): Promise<RunOfDraft> {
  const missing = new AppError("not_found", "triage_run_not_found", "There is no such triage run", {
    triage_run_id: runId,
  });
  const run = await findTriageRun(ctx.db, runId);
  const draft = run && (await findDraft(ctx.db, run.draftId));
  if (!run || !draft) throw missing;
  const subject = { kind: "triage_run", id: runId, projectId: draft.content.projectId };
  await authorizeRecord(ctx, permission, subject, missing);
  return { run, draft };
}
