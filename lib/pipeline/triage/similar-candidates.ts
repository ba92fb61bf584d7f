import type { Draft } from "@/lib/domain/records";
import type { FailureFacts, SimilarCandidate } from "@/lib/domain/similar-records";
import { parseFailure } from "@/lib/domain/stack-trace";
import type { Known } from "./read-duplicates";

/** A draft's failure as it is compared: its trace is read from its excerpt, then from its detail. */
export function factsOfFailure({
  content,
  fingerprint,
}: Pick<Draft, "content" | "fingerprint">): FailureFacts {
  const { exceptionType, message, frames } = parseFailure([
    ...content.excerpt,
    ...content.detail.split("\n"),
  ]);
  return { fingerprint, title: content.title, exceptionType, message, frames };
}

/** Everything of ours that may be about the same failure; how alike it is, the domain says. */
export function candidatesOf(draft: Draft, { failures, patterns }: Known): SimilarCandidate[] {
  return [...incidentsOf(failures), ...receiptsOf(failures), ...memoriesOf(patterns), ...matchedIssue(draft)];
}

function factsOf(failure: Known["failures"][number]): FailureFacts {
  const { exceptionType, message, frames } = parseFailure(failure.excerpt);
  return { fingerprint: failure.fingerprint, title: failure.title, exceptionType, message, frames };
}

const incidentsOf = (failures: Known["failures"]): SimilarCandidate[] =>
  failures.map((each) => ({
    ...factsOf(each),
    ...{ kind: "incident", id: each.incidentId, occurrenceCount: each.occurrenceCount },
    ...{ lastSeenAtMs: each.lastSeenAtMs, outcome: outcomeOf(each), url: null },
  }));

/** What was said of it by people, or where it was sent. */
function outcomeOf({ approval, receipt }: Known["failures"][number]): string | null {
  if (receipt) return `${receipt.status} at ${receipt.destinationId}`;
  return approval === "denied" || approval === "granted" ? approval : null;
}

const receiptsOf = (failures: Known["failures"]): SimilarCandidate[] =>
  failures.flatMap((each): SimilarCandidate[] => {
    const { receipt } = each;
    if (!receipt) return [];
    const isIssue = receipt.kind === "github_issue" || receipt.kind === "linear_issue";
    return [
      {
        ...factsOf(each),
        kind: isIssue && receipt.externalId ? "issue" : "receipt",
        id: (isIssue && receipt.externalId) || receipt.receiptId,
        title: receipt.externalTitle ?? each.title,
        ...{ occurrenceCount: each.occurrenceCount, lastSeenAtMs: receipt.createdAtMs },
        ...{ outcome: receipt.status, url: receipt.externalUrl },
      },
    ];
  });

const memoriesOf = (patterns: Known["patterns"]): SimilarCandidate[] =>
  patterns.map((each) => ({
    ...{ kind: "memory", id: each.recordId, fingerprint: each.fingerprint, title: each.summary },
    ...{ exceptionType: null, message: null, frames: [] },
    occurrenceCount: Number(each.facts.recurrence_count ?? 1) || 1,
    ...{ lastSeenAtMs: each.createdAtMs, outcome: each.category, url: null },
  }));

/** What a look at the destination found, when somebody looked. What triage itself asks is kept apart (ask-destinations.ts). */
function matchedIssue(draft: Draft): SimilarCandidate[] {
  const reference = draft.matchedIssueReference;
  if (!reference) return [];
  return [
    {
      ...factsOfFailure(draft),
      ...{ kind: "issue", id: reference, fingerprint: null, carriesMarker: true, occurrenceCount: null },
      ...{ lastSeenAtMs: null, outcome: draft.matchedIssueState, url: draft.matchedIssueUrl ?? null },
    },
  ];
}
