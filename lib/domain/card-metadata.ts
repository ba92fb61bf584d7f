import type { ActorRef } from "./actor";
import { canonicalJson } from "./canonical-json";

/*
 * What people say of a deployment card (reference 8.6). Nothing said is null, and an empty list; both let what stands
 * below in the order of precedence through.
 */

export const cardTexts = [
  ...(["intendedPurpose", "businessOwner", "accountableTeam", "autonomyLevel"] as const),
  ...(["dataClassification", "approvalProtocol", "escalationProtocol"] as const),
] as const;
export const cardLists = [
  ...(["allowedActions", "prohibitedActions", "knownLimitations", "residualRisks", "evidenceRefs"] as const),
] as const;
export const cardNumbers = ["reviewCadenceDays", "nextReassessmentAtMs"] as const;
export const cardFields = [...cardTexts, ...cardLists, ...cardNumbers] as const;

type CardText = (typeof cardTexts)[number];
type CardList = (typeof cardLists)[number];
type CardNumber = (typeof cardNumbers)[number];
export type CardField = (typeof cardFields)[number];

export type CardMetadata = Record<CardText, string | null> &
  Record<CardList, string[]> &
  Record<CardNumber, number | null>;

/** What every card has to say; the rest is as needed. */
export const requiredCardFields = [...cardTexts, "reviewCadenceDays"] as const satisfies readonly CardField[];
export type RequiredCardField = (typeof requiredCardFields)[number];

export const noMetadata: CardMetadata = {
  ...{ intendedPurpose: null, businessOwner: null, accountableTeam: null, autonomyLevel: null },
  ...{ dataClassification: null, approvalProtocol: null, escalationProtocol: null },
  ...{ allowedActions: [], prohibitedActions: [], knownLimitations: [], residualRisks: [], evidenceRefs: [] },
  ...{ reviewCadenceDays: null, nextReassessmentAtMs: null },
};

/** Blanks trimmed, empty entries and a cadence of no days dropped: what is left was really said. */
export function tidyMetadata(given: { [K in CardField]?: CardMetadata[K] | null }): CardMetadata {
  const tidy: CardMetadata = { ...noMetadata };
  for (const field of cardTexts) tidy[field] = given[field]?.trim() || null;
  for (const field of cardLists)
    tidy[field] = (given[field] ?? []).map((each) => each.trim()).filter((each) => each !== "");
  for (const field of cardNumbers) tidy[field] = given[field] ? given[field] : null;
  return tidy;
}

const isSaid = (value: CardMetadata[CardField]) => (Array.isArray(value) ? value.length > 0 : value !== null);

/** Field by field the first layer that says something. */
export function layerMetadata(layers: readonly (CardMetadata | null | undefined)[]): CardMetadata {
  const merged: Record<string, unknown> = {};
  for (const field of cardFields) {
    const said = layers.find((layer) => layer && isSaid(layer[field]));
    merged[field] = (said ?? noMetadata)[field];
  }
  return merged as CardMetadata;
}

export const missingFields = (metadata: CardMetadata): RequiredCardField[] =>
  requiredCardFields.filter((field) => !isSaid(metadata[field]));

export type CardChange = { field: CardField; before: unknown; after: unknown };

/** What one version says that the other did not, in the fields' order. */
export function diffMetadata(before: CardMetadata | null, after: CardMetadata | null): CardChange[] {
  const [from, to] = [before ?? noMetadata, after ?? noMetadata];
  return cardFields
    .filter((field) => canonicalJson(from[field]) !== canonicalJson(to[field]))
    .map((field) => ({ field, before: from[field], after: to[field] }));
}

/** One version of what is stored of a card; the newest holds. */
export type CardVersion = {
  cardId: string;
  version: number;
  /** Whose project's the card is; null: of none, so a role over everything is needed. */
  projectId: string | null;
  action: "saved" | "reviewed" | "removed";
  /** null once it was removed. */
  metadata: CardMetadata | null;
  changes: CardChange[];
  /** Since when there is metadata without a gap; reviews are due from then on. */
  describedAtMs: number;
  /** When somebody last said that it still holds. */
  reviewedAtMs: number | null;
  actor: ActorRef;
  atMs: number;
};

/** The next version of a card, over the newest one; its number decides races. */
export function nextVersion(
  current: CardVersion | null,
  change: {
    cardId: string;
    projectId: string | null;
    action: CardVersion["action"];
    metadata: CardMetadata | null;
    actor: ActorRef;
    atMs: number;
  },
): CardVersion {
  const { action, metadata, atMs } = change;
  const before = current?.metadata ?? null;
  return {
    ...change,
    version: (current?.version ?? 0) + 1,
    changes: diffMetadata(before, metadata),
    describedAtMs: before && current ? current.describedAtMs : atMs,
    reviewedAtMs: action === "reviewed" ? atMs : before && metadata ? (current?.reviewedAtMs ?? null) : null,
  };
}

const dayMs = 86_400_000;

export type CardReview = {
  reviewCadenceDays: number | null;
  nextReassessmentAtMs: number | null;
  lastReviewedAtMs: number | null;
  /** The earlier of the cadence's end and the day that was set; null where neither is known. */
  dueAtMs: number | null;
  overdue: boolean;
};

/**
 * When a card has to be looked at again. The cadence runs from the last review, else from when somebody first described
 * the card; a day that was set is done with by a review on or after it.
 */
export function reviewOf(metadata: CardMetadata, stored: CardVersion | null, nowMs: number): CardReview {
  const { reviewCadenceDays, nextReassessmentAtMs } = metadata;
  const described = stored?.metadata ? stored : null;
  const lastReviewedAtMs = described?.reviewedAtMs ?? null;
  const since = lastReviewedAtMs ?? described?.describedAtMs ?? null;
  const byCadence = reviewCadenceDays && since !== null ? since + reviewCadenceDays * dayMs : null;
  const isSet = nextReassessmentAtMs !== null && (lastReviewedAtMs ?? 0) < nextReassessmentAtMs;
  const bySetting = isSet ? nextReassessmentAtMs : null;
  const due = [byCadence, bySetting].filter((each) => each !== null);
  const dueAtMs = due.length > 0 ? Math.min(...due) : null;
  return {
    ...{ reviewCadenceDays, nextReassessmentAtMs, lastReviewedAtMs, dueAtMs },
    overdue: dueAtMs !== null && nowMs > dueAtMs,
  };
}
