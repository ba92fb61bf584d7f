import type { Context } from "@/lib/pipeline/context";
import { AppError } from "@/lib/pipeline/errors";
import type { WrittenSummary } from "@/lib/pipeline/triage/create-triage-summary";
import { getDraftTriage } from "@/lib/pipeline/triage/get-draft-triage";
import { memoryToWire } from "@/lib/wire/triage-memory";
import { issueDraftRefusal, triageSummaryRefusal } from "@/lib/wire/triage-run";

/** A refused issue draft carries the draft and the gate that stopped it (contract 4.11); of an unknown draft all are null. */
export async function refusedIssueDraft(ctx: Context, draftId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError) || error.kind === "forbidden" || error.kind === "limited") return error;
  const found = await getDraftTriage(ctx, draftId).catch(() => null);
  const { gate = null, gateArtifact = null } = found?.answer ?? {};
  return new AppError(error.kind, error.reason, error.message, {
    ...error.context,
    ...issueDraftRefusal({ draftId, draft: found?.draft ?? null, gate, gateArtifact }),
  });
}

/** A summary that was kept and gave no issue draft: the contract's 400, with everything that was kept (4.10, step 8). */
export function keptWithoutIssueDraft(written: WrittenSummary): AppError {
  const { gate, gateArtifact, results } = written.answer;
  if (!results.summary) throw new Error("a written summary has its record");
  return new AppError(
    "not_ready",
    "issue_draft_blocked",
    gate?.blockedReason ?? "No issue can be proposed from it",
    {
      ...triageSummaryRefusal({
        ...{ draft: written.draft, summary: results.summary, results, gate, gateArtifact },
        failurePatternMemory: written.pattern && memoryToWire(written.pattern),
        regressionSignalMemory: written.regression && memoryToWire(written.regression),
      }),
    },
  );
}
