import type { DestinationKind, JsonObject } from "./config";
import type { Reason } from "./reason";

/** The draft, incident and route as an adapter renders them: redacted already, read-only, no approval fields. */
export type PayloadSubject = {
  draft: {
    draftId: string;
    incidentId: string;
    fingerprint: string;
    repo: string;
    title: string;
    detail: string;
    eventType: string;
    source?: string;
    component?: string;
    level?: string;
    projectId?: string;
    logSourceId?: string;
    sourceKind?: string;
    riskLevel?: string;
    riskCategory?: string;
    confidence?: string;
    expectedDestination?: string;
    evidenceRefs: string[];
    excerpt: string[];
    routeTags: string[];
    externalCorrelationIds: string[];
    attributes: Readonly<Record<string, string>>;
    qualityGate?: JsonObject;
    triageRunId?: string;
    /** A closed issue about the same failure: what is filed now is a regression of it and says so. */
    previousIssue?: { reference: string; url: string | null };
    evidenceDigest: string;
  };
  incident: {
    incidentId: string;
    title: string;
    eventType: string;
    firstSeenAtMs: number;
  };
  route: { routeId?: string; routeMatchReason: string };
  /** The issue draft when triage made one; null in deployments or drafts without. */
  issueDraft: JsonObject | null;
};

/**
 * What would leave, for one destination. `content` is canonical (no ids of the delivery, no times): its digest is
 * what an approval binds. `envelope` adds the rest when the delivery is queued.
 */
export type RenderedPayload = {
  kind: DestinationKind;
  targetRef: string;
  operation: string;
  content: JsonObject;
  /** The same for people: title, sections of text, facts. */
  rendered: { title: string; sections: Array<{ heading: string; text: string; code?: boolean }> };
  byteLength: number;
};

export type RenderResult = { ok: true; payload: RenderedPayload } | { ok: false; reason: Reason };

export type DeliveryEnvelope = { deliveryId: string; idempotencyKey: string; createdAtMs: number };

/** Readiness of a destination at a moment: unknown means not ready (fail closed), with reasons a person can act on. */
export type DestinationReadiness = {
  destinationId: string;
  kind: DestinationKind;
  enabled: boolean;
  ready: boolean;
  missing: Reason[];
  /** Its last attempts met nobody: deliveries wait (open), or one is trying (half open). Absent while it answers. */
  circuit?: "open" | "half_open";
};
