import { announceChange } from "@/lib/db/change-feed";
import type { Transaction } from "@/lib/db/transaction";
import {
  insertTriageArtifacts,
  moveTriageFacets,
  type NewTriageArtifact,
  saveTriageResult,
} from "@/lib/db/triage-store";
import { gateToJson, issueDraftToJson, summaryToJson } from "@/lib/domain/issue-draft-json";
import type { Draft, RedactionCounts } from "@/lib/domain/records";
import type { TriageEdit, TriageRun } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import type { JudgedTriage } from "./judge-triage";
import { makeArtifact } from "./make-artifact";

export type SavedBy = NonNullable<TriageRun["summaryBy"]>;

/**
 * Writes what was judged with an artifact of each part, and moves the facets of the draft: what people look at and what would
 * be sent are one commit. The caller's transaction, whose verb authorizes and records.
 */
export async function saveJudged(
  tx: Transaction,
  ctx: Context,
  of: { run: TriageRun; draft: Draft; judged: JudgedTriage; by: SavedBy; edits?: readonly TriageEdit[] },
): Promise<{ run: TriageRun; artifacts: NewTriageArtifact[] }> {
  const { run, draft, judged, by } = of;
  const at = new Date(ctx.nowMs);
  const artifacts = artifactsOf(ctx, of);
  await insertTriageArtifacts(tx, artifacts);
  const saved = await saveTriageResult(
    tx,
    run.runId,
    {
      summary: judged.summary,
      summaryBy: by,
      gate: judged.gate,
      issueDraft: judged.issueDraft,
      duplicates: judged.duplicates,
      ...(of.edits && { edits: [...of.edits] }),
    },
    at,
  );
  const { passed } = judged.gate;
  await moveTriageFacets(
    tx,
    run,
    {
      triage: passed ? "ready" : "blocked",
      issue: passed ? "ready" : "blocked",
      issueBlockedReason: judged.gate.blockedReason ?? null,
    },
    at,
  );
  const { projectId } = draft.content;
  await announceChange(tx, { topic: "triage", id: run.runId, projectId });
  await announceChange(tx, { topic: "draft", id: draft.draftId, projectId });
  return { run: saved, artifacts };
}

/** Everything in them was made of what had been redacted. */
const nothingRedacted: RedactionCounts = {};

function artifactsOf(
  ctx: Context,
  { run, draft, judged, by }: { run: TriageRun; draft: Draft; judged: JudgedTriage; by: SavedBy },
): NewTriageArtifact[] {
  const of = { run, draft, nowMs: ctx.nowMs };
  const part = (type: NewTriageArtifact["type"], value: unknown) =>
    makeArtifact(of, type, { value, redactions: nothingRedacted }, { madeBy: by });
  return [
    part("incident_monitor_triage_summary", summaryToJson(judged.summary)),
    judged.issueDraft
      ? part("incident_monitor_issue_draft", issueDraftToJson(judged.issueDraft))
      : part("incident_monitor_proposal_quality_gate", gateToJson(judged.gate)),
  ];
}
