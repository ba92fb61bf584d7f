import type { NewSnapshot } from "@/lib/db/approval-store";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Approval } from "@/lib/domain/records";
import { newId } from "@/lib/ids";
import { AppError } from "../errors";
import { basisOf, type Publication, type PublicationTarget } from "../publishing/prepare-publication";

export type CoverInput = {
  draftId: string;
  /** Destinations covered; when absent those that others have approved already, or else the effective ones. */
  destinationIds?: readonly string[] | null;
  /** The review digest the approver saw; refused when the draft, payloads or policy have changed since. */
  digest?: string | null;
};

/** @throws AppError conflict `draft_changed`, invalid `destination_not_in_digest`. */
export function refuseIfChanged(publication: Publication, input: CoverInput): void {
  if (!input.digest) return;
  const reviewed = publication.decision.effectiveDestinationIds;
  // The digest proves nothing of a destination that it does not cover.
  const beyond = input.destinationIds?.find((id) => !reviewed.includes(id));
  if (beyond !== undefined) {
    throw new AppError(
      "invalid",
      "destination_not_in_digest",
      `The digest does not cover ${beyond}: the draft is not routed there. Approve it without a digest`,
      { field: "destination_ids" },
    );
  }
  const now = basisOf(publication, reviewed).digest;
  if (now !== input.digest) {
    throw new AppError(
      "conflict",
      "draft_changed",
      "What would leave has changed since you looked; review it again",
      { draft_id: input.draftId, current_digest: now },
    );
  }
}

/**
 * What others have approved by name and no review shows: the digest of what was on the screen is not of it, so that nobody who
 * brings one is counted for it.
 */
export function unseenRefusal(publication: Publication, standing: readonly Approval[]): Reason | null {
  const reviewed = publication.decision.effectiveDestinationIds;
  const unseen = Object.keys(standing[0]?.basis.payloads ?? {}).filter((id) => !reviewed.includes(id));
  if (unseen.length === 0) return null;
  return reason(
    "covers_other_destinations",
    `Others have approved this for ${unseen.join(", ")}, where the draft is not routed: let them withdraw, or approve it ` +
      "without a digest, naming the same destinations",
    { destinationId: unseen[0] ?? "" },
  );
}

/**
 * What an approval covers. Where others have approved the same content already it covers what theirs do: approvals of
 * different destinations would never add up.
 *
 * @throws AppError invalid `destination_unknown` | `destination_not_allowed`, conflict `covers_other_destinations`.
 */
export function coveredTargets(
  publication: Publication,
  wanted: CoverInput["destinationIds"],
  standing: readonly Approval[] = [],
): PublicationTarget[] {
  const others = standing[0] ? Object.keys(standing[0].basis.payloads) : null;
  const ids = wanted?.length ? wanted : (others ?? publication.decision.effectiveDestinationIds);
  const covered = ids.flatMap((id) => {
    const target = publication.targets.find((each) => each.destination.destinationId === id);
    if (!target && wanted?.length)
      throw invalid("destination_unknown", `Destination ${id} is not configured`);
    if (target && !target.allowed && wanted?.length) {
      throw invalid("destination_not_allowed", `Destination ${id} is not allowed by source binding`);
    }
    return target?.payload && target.allowed ? [target] : [];
  });
  if (others && !isSameSet(others, covered.map(idOf))) {
    throw new AppError(
      "conflict",
      "covers_other_destinations",
      `Others have approved this for ${others.join(", ")}; approve it for the same, or let them withdraw`,
      { draft_id: publication.draft.draftId, field: "destination_ids" },
    );
  }
  return covered;
}

export const idOf = (target: PublicationTarget): string => target.destination.destinationId;

export function snapshotOf(
  target: PublicationTarget,
  draftId: string,
  approvalId: string | null,
  nowMs: number,
): NewSnapshot {
  if (!target.payload) throw new Error("only a rendered payload can be frozen");
  return {
    snapshotId: newId.snapshot(),
    draftId,
    approvalId,
    destinationId: target.destination.destinationId,
    kind: target.destination.kind,
    targetRef: target.payload.content.targetRef,
    operation: target.payload.content.operation,
    content: target.payload.content.content,
    digest: target.payload.digest,
    rendered: target.payload.content.rendered,
    nowMs,
  };
}

const invalid = (code: string, words: string) =>
  new AppError("invalid", code, words, { field: "destination_ids" });

const isSameSet = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((id) => other.includes(id));
