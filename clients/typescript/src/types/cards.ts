import type { CardMetadata, DeploymentCard, DeploymentCards } from "./governance.js";
import type { SecurityScope } from "./security.js";
import type { ActorRef, OpenRecord } from "./values.js";

/** A card with what is stored of it. */
export interface StoredCard extends DeploymentCard {
  project_id: string | null;
  missing_fields: string[];
  review: {
    review_cadence_days: number | null;
    next_reassessment_at_ms: number | null;
    last_reviewed_at_ms: number | null;
    due_at_ms: number | null;
    overdue: boolean;
  } & OpenRecord;
  stored: { version: number; updated_at_ms: number; updated_by: ActorRef } | null;
}

export interface StoredCards extends DeploymentCards {
  cards: StoredCard[];
}

/** One version of what is stored, and what it changed. */
export interface CardVersion extends OpenRecord {
  version: number;
  action: "saved" | "reviewed" | "removed";
  changes: { field: string; before: unknown; after: unknown }[];
  actor: ActorRef;
  at_ms: number;
}

/** `version` is the ETag; 0 and no metadata where nothing is stored. */
export interface CardMetadataAnswer extends OpenRecord {
  card_id: string;
  project_id: string | null;
  target: ({ kind: string; id: string; name: string } & OpenRecord) | null;
  version: number;
  metadata: CardMetadata | null;
  last_reviewed_at_ms: number | null;
  versions: CardVersion[];
}

/** One control: what holds by looking, or who vouches for it. */
export interface ReadinessControl extends OpenRecord {
  control_id: string;
  group: "shipped_evidence" | "deployment_policy" | "customer_owned_custody" | "response_duties";
  title: string;
  state: "met" | "attention" | "not_evaluable" | "customer_owned";
  why: string;
  next_step: string | null;
  evidence: { surface: string; path: string }[];
  acknowledgement: {
    attestation_id: string;
    control_id: string;
    note: string;
    actor: ActorRef;
    attested_at_ms: number;
    expires_at_ms: number;
    lapsed: boolean;
  } | null;
}

export interface ProductionReadiness extends OpenRecord {
  schema_version: number;
  generated_at_ms: number;
  scope: SecurityScope;
  counts: Record<string, number>;
  controls: ReadinessControl[];
}
