import { findDraft } from "@/lib/db/draft-store";
import { findUntriagedDrafts } from "@/lib/db/triage-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { tryEach } from "../try-each";
import { ensureTriageRun } from "./ensure-triage-run";

/** What is older was there before anybody asked for it, or before this could be asked for. */
const lookBackMs = 24 * 3_600_000;
const batchMax = 20;

/**
 * Queues triage of drafts that came by themselves, from a watched log or a runtime event, where `auto_create_new_issues` asks for it:
 * the project's, or the deployment's for what belongs to none. Only a run is made: approval stays what it is, and nothing is
 * published (D-31, W-27, W-49). Drafts that somebody reported wait for somebody to ask. Returns how many it queued.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function queueAutomaticTriage(ctx: Context, config: MonitorConfig): Promise<number> {
  await authorize(ctx, "work", { kind: "triage_run", id: "automatic", projectId: null });
  const projects = config.monitoredProjects
    .filter((project) => project.autoCreateNewIssues && project.enabled && !project.paused)
    .map((project) => project.projectId);
  const wanted = {
    projects,
    unbound: config.autoCreateNewIssues,
    sinceMs: ctx.nowMs - lookBackMs,
    limit: batchMax,
  };
  let queued = 0;
  await tryEach(await findUntriagedDrafts(ctx.db, wanted), async (draftId) => {
    const draft = await findDraft(ctx.db, draftId);
    if (!draft) return;
    try {
      const { deduped } = await ensureTriageRun(ctx, draft, { trigger: "automatic" });
      if (!deduped) queued += 1;
    } catch (error) {
      // Denied or deleted meanwhile: there is nothing to look into.
      if (!(error instanceof AppError && error.kind === "conflict")) throw error;
    }
  });
  return queued;
}
