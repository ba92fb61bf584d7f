import type { Database } from "@/lib/db/client";
import { previewIssueDraft } from "@/lib/domain/issue-draft";
import type { Draft } from "@/lib/domain/records";
import { freshPhases, triageBudget } from "@/lib/domain/triage-run";
import { readSummary } from "@/lib/domain/triage-summary";
import { newId } from "@/lib/ids";
import { foundArtifacts, minimalSummary } from "./triage-artifacts";

/**
 * A run of triage that ended and passed its gate, for tests of what comes after it. Its issue draft has no text: destinations
 * write what they write without one. A repeat of a failure has it already.
 */
export async function aProposal(db: Database, draft: Draft): Promise<void> {
  if ((await db.prisma.triageRun.count({ where: { draftId: draft.draftId } })) > 0) return;
  const runId = newId.triageRun();
  const { summary } = readSummary(minimalSummary());
  const { content } = draft;
  const issueDraft = previewIssueDraft({
    subject: { ...draft, ...content },
    ...{ triageRunId: runId, summary, outputs: foundArtifacts(), similar: [], template: null },
    ...{ fingerprintMarker: "a".repeat(64), createdAtMs: draft.createdAtMs },
  });
  await db.prisma.triageRun.create({
    data: {
      ...{ id: runId, draftId: draft.draftId, status: "ready" },
      phases: freshPhases(),
      budget: triageBudget(null),
      gate: issueDraft.proposalQualityGate as never,
      issueDraft: { ...issueDraft, suggestedTitle: content.title, renderedBody: "" } as never,
    },
  });
  await db.prisma.draft.update({
    where: { id: draft.draftId },
    data: { triage: "ready", issue: "ready", triageRunId: runId },
  });
}
