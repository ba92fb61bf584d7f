import type { ActorRef } from "./actor";
import type { ApprovalBasis } from "./approval";
import type { DestinationKind } from "./config";
import type { DeliveryState } from "./delivery";
import type { ApprovalFacet, DraftContent, IssueFacet, TriageFacet } from "./draft";
import type { DraftClaim } from "./draft-claim";
import type { DraftFacets } from "./draft-status";
import type { IdentityPart } from "./fingerprint";
import type { IncidentDisposition } from "./incident-status";
import type { QualityGate } from "./quality-gate";
import type { Mute, Resolution, Snooze, Woke } from "./quiet";
import type { Reason } from "./reason";
import type { Attributes, Provenance } from "./report";
import type { Silenced } from "./silence";
import type { TextChange } from "./text-changes";

/** How many values of each kind were removed before storage. */
export type RedactionCounts = Readonly<Record<string, number>>;

export type Incident = {
  incidentId: string;
  scopeKey: string;
  fingerprintVersion: number;
  fingerprint: string;
  wireFingerprint: string;
  identity: IdentityPart[];
  disposition: IncidentDisposition;
  provenance: Provenance;
  held: boolean;
  projectId: string | null;
  logSourceId: string | null;
  sourceKind: string | null;
  title: string;
  detail: string | null;
  eventType: string;
  source: string | null;
  component: string | null;
  level: string | null;
  repo: string;
  workspaceRoot: string;
  riskLevel: string | null;
  riskCategory: string | null;
  confidence: string | null;
  excerpt: string[];
  evidenceRefs: string[];
  routeTags: string[];
  allowedDestinationIds: string[];
  defaultDestinationIds: string[];
  externalCorrelationIds: string[];
  attributes: Attributes;
  expectedDestination: string | null;
  sourceApprovalPolicy: string | null;
  qualityGate: QualityGate | null;
  eventPayload: Record<string, unknown> | null;
  redactions: RedactionCounts;
  draftId: string | null;
  occurrenceCount: number;
  firstSeenAtMs: number;
  lastSeenAtMs: number;
  createdAtMs: number;
  updatedAtMs: number;
  lastError: string | null;
  /** Facets of its newest draft, for the derived status; null without one. */
  draftFacets: DraftFacets | null;
  /** What holds it now; absent where nobody looked. */
  silenced?: Silenced | null;
  /** The incident that its sightings count for too. */
  mergedIntoId: string | null;
  snooze: Snooze | null;
  mute: Mute | null;
  woke: Woke | null;
  resolution: Resolution | null;
};

export type Draft = {
  draftId: string;
  incidentId: string;
  revision: number;
  fingerprint: string;
  approval: ApprovalFacet;
  triage: TriageFacet;
  issue: IssueFacet;
  /** Why the proposal gate stopped its issue draft. */
  issueBlockedReason?: string | null;
  held: boolean;
  provenance: Provenance;
  content: DraftContent;
  qualityGate: QualityGate | null;
  redactions: RedactionCounts;
  triageRunId: string | null;
  regressionOfId: string | null;
  matchedIssueNumber: number | null;
  matchedIssueState: string | null;
  matchedIssueReference?: string | null;
  matchedIssueUrl?: string | null;
  createdAtMs: number;
  updatedAtMs: number;
  newestDelivery: (NonNullable<DraftFacets["newestDelivery"]> & DeliveryGlance) | null;
  /** Of its incident. */
  occurrenceCount: number;
  firstSeenAtMs: number;
  lastSeenAtMs: number;
  identity: IdentityPart[];
  fingerprintVersion: number;
  workspaceRoot: string;
  /** When the newest decision in force was made. */
  approvalGrantedAtMs: number | null;
  /** The incident its own one was merged into: it is closed as long as that stands. */
  supersededById?: string | null;
  /** What holds it now; absent where nobody looked. */
  silenced?: Silenced | null;
  /** Who is on it, also when that has lapsed: see liveClaim. */
  claim?: DraftClaim | null;
  /** At the gate, and the approval of whoever asks stands: others are missing. Absent where nobody looked. */
  approvedByYou?: boolean;
  /** At the gate, and settings name people who must approve, of whom whoever asks is none. Absent where nobody looked. */
  asksOthers?: boolean;
};

export type DeliveryGlance = {
  destinationId: string;
  endedAtMs: number | null;
  externalUrl: string | null;
  error: string | null;
};

export type Occurrence = {
  occurrenceId: string;
  incidentId: string;
  receivedAtMs: number;
  occurredAtMs: number | null;
  provenance: Provenance;
  reporter: ActorRef;
  sighting: Record<string, unknown>;
};

export type Approval = {
  approvalId: string;
  draftId: string;
  state: "granted" | "denied" | "withdrawn" | "voided" | "expired";
  binding: "content" | "draft";
  actor: ActorRef;
  reason: string | null;
  digest: string;
  basis: ApprovalBasis;
  policyVersion: string;
  because: Reason[];
  /** How many different people it took when this one was given. */
  needed: number;
  /** Given by one admin alone, around the rules. */
  breakGlass: boolean;
  expiresAtMs: number | null;
  endedAtMs: number | null;
  endedReason: Reason[] | null;
  /** Before and after of what ended it, where texts changed. */
  endedDiff: TextChange[] | null;
  createdAtMs: number;
};

export type PayloadSnapshot = {
  snapshotId: string;
  draftId: string;
  approvalId: string | null;
  destinationId: string;
  kind: DestinationKind;
  targetRef: string;
  operation: string;
  content: Record<string, unknown>;
  digest: string;
};

export type Delivery = {
  deliveryId: string;
  postId: string;
  draftId: string;
  incidentId: string;
  approvalId: string | null;
  snapshotId: string;
  destinationId: string;
  kind: DestinationKind;
  targetRef: string;
  operation: string;
  routeId: string | null;
  routeMatchReason: string | null;
  idempotencyKey: string;
  payloadDigest: string;
  destinationDigest: string;
  body: string;
  state: DeliveryState;
  attemptCount: number;
  attemptCountMax: number;
  nextAttemptAtMs: number;
  lastReason: Reason | null;
  requestedBy: ActorRef;
  createdAtMs: number;
  updatedAtMs: number;
  endedAtMs: number | null;
  /** The issue it made, commented on, or is being asked about. */
  issueExternalId?: string | null;
  /** The delivery whose issue this one comments on because the failure went on. */
  followUpOfId?: string | null;
  /** While ambiguous: when the next look is, and how many found nothing. */
  reconcileAtMs?: number | null;
  reconcileCount?: number;
  resolvedBy?: ActorRef | null;
};

export type DeliveryAttempt = {
  deliveryId: string;
  attempt: number;
  startedAtMs: number;
  durationMs: number;
  outcome: "published" | "retryable" | "rejected" | "blocked" | "ambiguous";
  reason: Reason | null;
  statusCode: number | null;
  timings: Record<string, number>;
  responseExcerpt: string | null;
  responseTruncated: boolean;
  responseDigest: string | null;
  /** SHA-256 of the bytes sent; null where none were, or nobody said. */
  requestDigest?: string | null;
};

export type Receipt = {
  receiptId: string;
  deliveryId: string;
  status: "posted" | "failed" | "blocked";
  externalId: string | null;
  externalUrl: string | null;
  externalTitle: string | null;
  receipt: Record<string, unknown>;
  error: string | null;
  createdAtMs: number;
};

/** A delivery with what the wire's post and the receipt screens show of its draft and its end. */
export type Post = {
  delivery: Delivery;
  receipt: Receipt | null;
  draft: {
    title: string;
    fingerprint: string;
    repo: string;
    riskLevel: string | null;
    confidence: string | null;
    expectedDestination: string | null;
    evidenceRefs: string[];
    projectId: string | null;
    tenantId: string | null;
    workspaceId: string | null;
    qualityGate: QualityGate | null;
  };
};

/** What became of one accepted report. */
export type AcceptedRecord = {
  outcome: "new" | "recurrence" | "blocked";
  incident: Incident;
  /** null only when the quality gate blocked it. */
  draft: Draft | null;
  /** A repeat of something already approved: counted, not drafted again (D-12). */
  suppressed: boolean;
  held: boolean;
  /** The very same sighting came before, by its origin's name: answered again and not counted again. */
  alreadyCounted?: true;
};
