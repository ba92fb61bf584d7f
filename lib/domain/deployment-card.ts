import type { AuthorityInventory } from "./authority-inventory";
import { canonicalJson } from "./canonical-json";
import {
  type CardMetadata,
  type CardReview,
  type CardVersion,
  layerMetadata,
  missingFields,
  noMetadata,
  reviewOf,
} from "./card-metadata";
import {
  automationCardId,
  type CardSubject,
  cardSubjects,
  monitorCardId,
  sourceCardId,
} from "./card-subject";
import type { AffectedObject } from "./posture";
import type { PostureFinding } from "./posture-finding";

/** A run that is kept as evidence, and that tried something of the card. */
export type EvidencePackRef = { kind: "probe_run" | "scenario_run"; id: string; createdAtMs: number };

export type DeploymentCard = CardSubject & {
  /** As it holds, field by field of the first that says something. */
  metadata: CardMetadata;
  review: CardReview;
  /** What is stored of it; null: nothing, or it was removed. */
  stored: CardVersion | null;
  linked: {
    postureFindings: PostureFinding[];
    incidentIds: string[];
    evidencePacks: EvidencePackRef[];
  };
};

export type CardFinding = {
  findingId: string;
  /** `sha256:` and hex over rule, category, severity, card and field: the same whenever the same thing is missing. */
  fingerprint: string;
  ruleId: "deployment_card_required_field_missing" | "deployment_card_review_overdue";
  category: "production_governance";
  severity: "high" | "medium";
  title: string;
  detail: string;
  recommendation: string;
  affected: {
    kind: CardSubject["target"]["kind"];
    id: string;
    cardId: string;
    field: string;
    projectId: string | null;
  };
};

export type CardGround = {
  inventory: AuthorityInventory;
  /** The newest version of each card that has any. */
  stored: ReadonlyMap<string, CardVersion>;
  /** What the caller sends along: by card id or target id, and for what that leaves out. */
  given: { defaults: CardMetadata | null; metadata: ReadonlyMap<string, CardMetadata> };
  postureFindings: readonly PostureFinding[];
  /** By card id. */
  incidents: ReadonlyMap<string, string[]>;
  evidencePacks: ReadonlyMap<string, EvidencePackRef[]>;
  nowMs: number;
};

/**
 * The cards of everything in the inventory. Of each field the first that says something counts: sent along for the card,
 * sent along for its target, stored, sent along as a default, and for the purpose what the inventory itself knows.
 */
export function deploymentCards(ground: CardGround): DeploymentCard[] {
  const { inventory, given, nowMs } = ground;
  const findings = findingsByCard(ground.postureFindings);
  return cardSubjects(inventory.inventory, inventory.counts).map((subject) => {
    const { cardId, target, fallbackPurpose } = subject;
    const newest = ground.stored.get(cardId) ?? null;
    const stored = newest?.metadata ? newest : null;
    const metadata = layerMetadata([
      given.metadata.get(cardId),
      given.metadata.get(target.id),
      stored?.metadata,
      given.defaults,
      { ...noMetadata, intendedPurpose: fallbackPurpose },
    ]);
    return {
      ...{ ...subject, metadata, stored },
      review: reviewOf(metadata, stored, nowMs),
      linked: {
        postureFindings: findings.get(cardId) ?? [],
        incidentIds: ground.incidents.get(cardId) ?? [],
        evidencePacks: ground.evidencePacks.get(cardId) ?? [],
      },
    };
  });
}

/** The card that something which was found is about, by its whole id: `shop` is never part of `shop-2` (W-60). */
export function cardOfObject(
  object: Pick<AffectedObject, "kind" | "id" | "automationId" | "projectId" | "sourceId">,
) {
  if (object.automationId) return automationCardId(object.automationId);
  switch (object.kind) {
    case "automation":
      return automationCardId(object.id);
    case "project":
      return sourceCardId(object.id, null);
    case "log_source":
      return object.projectId && object.sourceId ? sourceCardId(object.projectId, object.sourceId) : null;
    case "agent":
    case "node":
      return null;
    default:
      return monitorCardId;
  }
}

function findingsByCard(findings: readonly PostureFinding[]): Map<string, PostureFinding[]> {
  const byCard = new Map<string, PostureFinding[]>();
  for (const finding of findings) {
    for (const cardId of new Set(finding.affectedObjects.map(cardOfObject))) {
      if (cardId !== null) byCard.set(cardId, [...(byCard.get(cardId) ?? []), finding]);
    }
  }
  return byCard;
}

/** Somebody has to be found when it fails: without them nobody answers for the rest. */
const highFields: ReadonlySet<string> = new Set(["businessOwner", "accountableTeam", "escalationProtocol"]);

/** Each required field that no card may lack, and each review that is over its day. */
export function cardFindings(
  cards: readonly DeploymentCard[],
  sha256: (text: string) => string,
): CardFinding[] {
  return cards.flatMap((card) => [
    ...missingFields(card.metadata).map((field) => missingFinding(card, field, sha256)),
    ...(card.review.overdue ? [overdueFinding(card, sha256)] : []),
  ]);
}

function missingFinding(card: DeploymentCard, name: string, sha256: (text: string) => string): CardFinding {
  const field = wireName(name);
  return madeOf(card, field, sha256, {
    findingId: `deployment_card_missing:${card.cardId}:${field}`,
    ruleId: "deployment_card_required_field_missing",
    severity: highFields.has(name) ? "high" : "medium",
    title: `${card.target.name}: ${field.replaceAll("_", " ")} is not said`,
    detail: `The deployment card ${card.cardId} has no ${field}.`,
    recommendation: `Say it on the card, or send ${field} along.`,
  });
}

function overdueFinding(card: DeploymentCard, sha256: (text: string) => string): CardFinding {
  return madeOf(card, "review", sha256, {
    findingId: `deployment_card_overdue:${card.cardId}`,
    ruleId: "deployment_card_review_overdue",
    severity: "medium",
    title: `${card.target.name}: the review is overdue`,
    detail: `The deployment card ${card.cardId} was to be looked at again by now.`,
    recommendation: "Look whether the card still holds, and record the review.",
  });
}

function madeOf(
  { cardId, target, projectId }: DeploymentCard,
  field: string,
  sha256: (text: string) => string,
  said: Pick<CardFinding, "findingId" | "ruleId" | "severity" | "title" | "detail" | "recommendation">,
): CardFinding {
  const category = "production_governance";
  return {
    ...{ ...said, category },
    fingerprint: `sha256:${sha256(canonicalJson([said.ruleId, category, said.severity, cardId, field]))}`,
    affected: { kind: target.kind, id: target.id, cardId, field, projectId },
  };
}

/** As the contract and the finding's id name a field. */
export const wireName = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
