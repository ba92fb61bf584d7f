import type {
  CardFieldWire,
  CardFindingWire,
  CardMetadataResponseWire,
  CardMetadataWire,
  CardVersionWire,
  DeploymentCardsResponseWire,
  DeploymentCardsWire,
  DeploymentCardWire,
} from "@/lib/contracts/deployment-card";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import { cardsMarkdown } from "@/lib/domain/card-markdown";
import {
  type CardMetadata,
  type CardVersion,
  cardFields,
  missingFields,
  requiredCardFields,
  tidyMetadata,
} from "@/lib/domain/card-metadata";
import type { CardSubject } from "@/lib/domain/card-subject";
import type { CardFinding, DeploymentCard } from "@/lib/domain/deployment-card";
import type { ScheduleRow } from "@/lib/domain/reassessment";
import { camelKeys, snakeKeys, snakeName } from "./casing";
import { scheduleToWire } from "./reassessment";

export function cardMetadataFromWire({ purpose, ...wire }: CardMetadataWire): CardMetadata {
  return tidyMetadata(
    camelKeys({ ...wire, intended_purpose: wire.intended_purpose?.trim() ? wire.intended_purpose : purpose }),
  );
}

export function deploymentCardsFromWire({ defaults, metadata }: DeploymentCardsWire) {
  return {
    defaults: defaults ? cardMetadataFromWire(defaults) : null,
    metadata: new Map(
      Object.entries(metadata ?? {}).map(([id, each]) => [id.trim(), cardMetadataFromWire(each)]),
    ),
  };
}

type Cards = {
  generatedAtMs: number;
  inventory: AuthorityInventory;
  cards: DeploymentCard[];
  findings: CardFinding[];
  schedule: ScheduleRow[];
  metadataIds: string[];
};
type Asked = { includeMarkdown: boolean; rawInventoryAsked: boolean; cardId?: string | undefined };

export function deploymentCardsToWire(made: Cards, asked: Asked): DeploymentCardsResponseWire {
  const { inventory, generatedAtMs, schedule } = made;
  const isAsked = (cardId: string) => asked.cardId === undefined || asked.cardId === cardId;
  const cards = made.cards.filter((card) => isAsked(card.cardId));
  const findings = made.findings.filter((each) => isAsked(each.affected.cardId));
  const { orgId, workspaceId } = inventory.scope.tenantContext;
  const tenant = `${orgId}/${workspaceId}`;
  return {
    ...{ schema_version: 1, generated_at_ms: generatedAtMs },
    scope: {
      ...{ source: "incident_monitor_deployment_cards", read_only: true, dry_run: true },
      ...{ mutates_external_systems: false, tenant_context: snakeKeys(inventory.scope.tenantContext) },
      ...{ raw_inventory_included: false, raw_inventory_request_ignored: asked.rawInventoryAsked },
    },
    card_policy: {
      required_fields: requiredCardFields.map(fieldToWire),
      metadata_card_ids: made.metadataIds,
      supports_operator_metadata: true,
      metadata_keys: cardFields.map(fieldToWire),
      precedence: ["request_card", "request_target", "stored", "request_defaults", "fallback"],
    },
    counts: countsOf(cards, findings),
    reassessment: {
      source: "incident_monitor_continuous_reassessment",
      overdue_scopes: schedule.filter((row) => row.overdue).length,
      schedule: schedule.map(scheduleToWire),
    },
    cards: cards.map(cardToWire),
    findings: findings.map(findingToWire),
    markdown_export: asked.includeMarkdown ? cardsMarkdown(cards, findings, { generatedAtMs, tenant }) : null,
    authority_inventory: {
      ...{ schema_version: inventory.schemaVersion, generated_at_ms: inventory.generatedAtMs },
      counts: snakeKeys(inventory.counts),
    },
    sensitive_values: {
      policy: inventory.sensitiveValues.policy,
      omitted_fields: inventory.sensitiveValues.omittedFields,
    },
  };
}

function countsOf(cards: readonly DeploymentCard[], findings: readonly CardFinding[]) {
  const byKind: Record<string, number> = {};
  for (const { cardKind } of cards) byKind[cardKind] = (byKind[cardKind] ?? 0) + 1;
  const linked = cards.flatMap((card) => card.linked.postureFindings.map((each) => each.fingerprint));
  return {
    ...{ cards: cards.length, by_card_kind: byKind, findings: findings.length },
    missing_required_fields: findings.filter(
      (each) => each.ruleId === "deployment_card_required_field_missing",
    ).length,
    posture_findings_linked: new Set(linked).size,
    overdue_reviews: cards.filter((card) => card.review.overdue).length,
  };
}

function cardToWire(card: DeploymentCard): DeploymentCardWire {
  const { metadata, stored, linked } = card;
  return {
    ...{ card_id: card.cardId, card_kind: card.cardKind, target: card.target, project_id: card.projectId },
    ...{ system_boundary: card.systemBoundary, source_kind: card.sourceKind },
    ...{ intended_purpose: metadata.intendedPurpose, business_owner: metadata.businessOwner },
    ...{ accountable_team: metadata.accountableTeam, autonomy_level: metadata.autonomyLevel },
    ...{ allowed_actions: metadata.allowedActions, prohibited_actions: metadata.prohibitedActions },
    authority: snakeKeys(card.authority),
    data: { classification: metadata.dataClassification, tenant_scope: card.tenantScope },
    approval_and_escalation: {
      approval_protocol: metadata.approvalProtocol,
      escalation_protocol: metadata.escalationProtocol,
    },
    ...{ known_limitations: metadata.knownLimitations, residual_risks: metadata.residualRisks },
    review: snakeKeys(card.review),
    linked_evidence: {
      inventory_refs: card.inventoryPaths.map((path) => ({ kind: "authority_inventory", path })),
      operator_refs: metadata.evidenceRefs,
      posture_finding_refs: linked.postureFindings.map((each) => ({
        ...{ kind: "posture_finding", id: each.findingId, rule_id: each.ruleId, severity: each.severity },
        ...{ fingerprint: each.fingerprint, title: each.title },
      })),
      incident_refs: linked.incidentIds.map((id) => ({ kind: "incident", id })),
      evidence_pack_refs: snakeKeys(linked.evidencePacks),
    },
    missing_fields: missingFields(metadata).map(fieldToWire),
    stored: stored && { version: stored.version, updated_at_ms: stored.atMs, updated_by: stored.actor },
  };
}

function findingToWire({ affected, ...finding }: CardFinding): CardFindingWire {
  const { kind, id, cardId, field } = affected;
  return {
    ...snakeKeys(finding),
    affected_objects: [{ kind, id, card_id: cardId, field }],
    evidence_refs: [{ kind: "deployment_card", card_id: cardId }],
    dry_run: true,
  };
}

export function cardMetadataToWire(card: {
  cardId: string;
  projectId: string | null;
  subject: CardSubject | null;
  versions: CardVersion[];
}): CardMetadataResponseWire {
  const [newest] = card.versions;
  return {
    ...{ card_id: card.cardId, project_id: card.projectId, target: card.subject?.target ?? null },
    version: newest?.version ?? 0,
    metadata: newest?.metadata ? snakeKeys(newest.metadata) : null,
    last_reviewed_at_ms: newest?.reviewedAtMs ?? null,
    versions: card.versions.map(versionToWire),
  };
}

function versionToWire(version: CardVersion): CardVersionWire {
  return {
    ...{ version: version.version, action: version.action, actor: version.actor, at_ms: version.atMs },
    changes: version.changes.map(({ field, before, after }) => ({
      ...{ field: fieldToWire(field), before: before as Said, after: after as Said },
    })),
  };
}

type Said = CardVersionWire["changes"][number]["before"];

const fieldToWire = (field: string) => snakeName(field) as CardFieldWire;
