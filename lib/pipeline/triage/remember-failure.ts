import { insertPattern } from "@/lib/db/memory-store";
import { inTransaction } from "@/lib/db/transaction";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { DuplicateSummary } from "@/lib/domain/duplicate-summary";
import type { MemoryCategory } from "@/lib/domain/memory";
import type { Draft } from "@/lib/domain/records";
import { truncate } from "@/lib/domain/text";
import type { TriageRun } from "@/lib/domain/triage-run";
import { logger } from "@/lib/logger";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";

/** Contract 5.14. `memoryId` is null where it was remembered before: the one there is stays as it is. */
export type Remembered = {
  stored: boolean;
  memoryId: string;
  fingerprint: string;
  content: string;
  category: MemoryCategory;
  metadata: Record<string, unknown>;
  projectId: string | null;
  duplicates: DuplicateSummary;
};

/** Where triage keeps what it learned; no destination can be called so. */
const place = "triage:memory";
const contentMax = 780;

/**
 * Remembers what a run says of a failure, once a failure and kind; for a failure that came back also that it did. Best effort:
 * what could not be remembered is null and nothing else fails.
 */
export async function rememberFailure(
  ctx: Context,
  draft: Draft,
  run: TriageRun,
): Promise<{ pattern: Remembered | null; regression: Remembered | null }> {
  await authorize(ctx, "triage", { kind: "draft", id: draft.draftId, projectId: draft.content.projectId });
  const cameBack = draft.regressionOfId !== null || draft.occurrenceCount > 1;
  const [pattern, regression] = await Promise.all([
    remember(ctx, draft, run, "failure_pattern"),
    cameBack ? remember(ctx, draft, run, "recurrence") : null,
  ]);
  return { pattern, regression };
}

async function remember(
  ctx: Context,
  draft: Draft,
  run: TriageRun,
  category: MemoryCategory,
): Promise<Remembered | null> {
  const { content, fingerprint, draftId } = draft;
  const summary = run.summary?.summary;
  if (!summary || !run.duplicates) return null;
  const id = sha256Hex(canonicalJson([place, category, content.projectId, content.repo, fingerprint]));
  const memoryId = `bmmem_${id.slice(0, 24)}`;
  const words = [content.title, summary.whyItLikelyHappened, summary.recommendedFix]
    .filter(Boolean)
    .join(". ");
  const metadata = {
    ...{ draft_id: draftId, incident_id: draft.incidentId, triage_run_id: run.runId, repo: content.repo },
    ...{
      project_id: content.projectId,
      log_source_id: content.logSourceId,
      component: content.component ?? null,
    },
    ...{ confidence: summary.rootCauseConfidence, failure_type: summary.failureType },
    recurrence_count: draft.occurrenceCount,
  };
  const record = {
    ...{ recordId: memoryId, destinationId: place, category, fingerprint },
    ...{ summary: truncate(words.replace(/\s+/g, " "), contentMax), facts: metadata, createdAtMs: ctx.nowMs },
  };
  try {
    const stored = await inTransaction(ctx.db, async (tx) => {
      if (!(await insertPattern(tx, record))) return false;
      await recordAudit(tx, ctx, {
        action: "incident_monitor.failure.remembered",
        subject: { kind: "memory", id: memoryId, projectId: content.projectId },
        detail: { draft_id: draftId, run_id: run.runId, category },
      });
      return true;
    });
    const { projectId } = content;
    return {
      ...{ stored, memoryId, fingerprint, category, metadata, projectId },
      ...{ content: record.summary, duplicates: run.duplicates },
    };
  } catch (error) {
    logger.error({ err: error, draftId, category }, "a failure could not be remembered");
    return null;
  }
}
