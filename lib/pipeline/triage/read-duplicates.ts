import {
  type KnownFailure,
  type KnownPattern,
  listKnownFailures,
  listKnownPatterns,
} from "@/lib/db/similar-store";
import type { NewTriageArtifact } from "@/lib/db/triage-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { type DuplicateSummary, summariseDuplicates } from "@/lib/domain/duplicate-summary";
import type { Draft } from "@/lib/domain/records";
import type { SimilarRecord } from "@/lib/domain/triage";
import type { Context } from "../context";
import { makeArtifact, redactingOf, redactValue } from "./make-artifact";

export type Known = { failures: KnownFailure[]; patterns: KnownPattern[] };

/** What is known already of the draft's project, less what the draft itself left. Read-only. */
export async function readKnown(ctx: Pick<Context, "db">, draft: Draft): Promise<Known> {
  const { content, fingerprint, incidentId } = draft;
  const of = { incidentId, projectId: content.projectId, repo: content.repo, fingerprint };
  const [failures, patterns] = await Promise.all([
    listKnownFailures(ctx.db, of),
    listKnownPatterns(ctx.db, of),
  ]);
  return { failures, patterns: patterns.filter((each) => each.facts.draft_id !== draft.draftId) };
}

/** Records of the very same failure: what can be said before anybody looked any further (case 129). */
export function knownDuplicates({ fingerprint }: Draft, { failures, patterns }: Known): DuplicateSummary {
  const same = { match: "same_fingerprint", score: 1 } as const;
  const similar: SimilarRecord[] = [
    ...failures
      .filter((each) => each.fingerprint === fingerprint)
      .map((each) => ({
        ...({ kind: "incident", id: each.incidentId, title: each.title, ...same } as const),
        occurrenceCount: each.occurrenceCount,
        lastSeenAtMs: each.lastSeenAtMs,
        outcome: each.receipt?.status ?? each.approval,
        url: each.receipt?.externalUrl ?? null,
      })),
    ...patterns
      .filter((each) => each.fingerprint === fingerprint)
      .map((each) => ({
        ...({ kind: "memory", id: each.recordId, title: each.summary, ...same } as const),
        occurrenceCount: Number(each.facts.recurrence_count ?? 1) || 1,
        lastSeenAtMs: each.createdAtMs,
        outcome: each.category,
        url: null,
      })),
  ];
  return summariseDuplicates(similar, fingerprint);
}

/** The matches as a run's artifact; none where nothing matched. */
export async function duplicatesArtifact(
  config: MonitorConfig,
  draft: Draft,
  run: { runId: string },
  duplicates: DuplicateSummary,
  nowMs: number,
): Promise<NewTriageArtifact[]> {
  if (duplicates.matchCount === 0) return [];
  const redacted = await redactValue(duplicates, redactingOf(config, draft));
  return [
    makeArtifact({ run, draft, nowMs }, "failure_duplicate_matches", redacted, { madeBy: "enrichers" }),
  ];
}
