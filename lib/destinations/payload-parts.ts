import type { JsonObject } from "@/lib/domain/config";
import type { DeliveryEnvelope, PayloadSubject, RenderedPayload } from "@/lib/domain/payload";
import { boundJson, boundText, type JsonBounds } from "./bounded-json";

/** How much of the long fields is taken; adapters shrink these when a payload is over its limit. */
export type DraftBounds = {
  detailMax: number;
  excerptLineCount: number;
  excerptLineMax: number;
  evidenceRefCount: number;
  /** For the quality gate and the issue draft, which are objects of any shape. */
  json: JsonBounds;
};

/** Reported safety fields that the wire's draft carries by name; every other attribute stays under `attributes`. */
const wireAttributes = [
  "actor",
  "model",
  "tool_name",
  "action",
  "policy",
  "blast_radius",
  "tenant_id",
  "workspace_id",
  "event_schema_version",
];

/**
 * The draft as receivers know it (contract 5.4, 8.2). Status, approval and occurrence fields are left out on purpose:
 * they change after an approval froze these bytes (D-06). `approval_state` goes with them although a reporter sent it.
 */
export function draftPayload(draft: PayloadSubject["draft"], bounds: DraftBounds): JsonObject {
  const text = (value: string | undefined, max = 500) =>
    value === undefined ? null : boundText(String(value), max);
  const attributes = { ...draft.attributes };
  delete attributes.approval_state;
  const named: JsonObject = {};
  for (const key of wireAttributes) {
    named[key] = text(attributes[key]);
    delete attributes[key];
  }
  return {
    draft_id: draft.draftId,
    incident_id: draft.incidentId,
    fingerprint: boundText(draft.fingerprint, 500),
    repo: boundText(draft.repo, 300),
    title: boundText(draft.title, 500),
    detail: boundText(draft.detail, bounds.detailMax),
    event_type: boundText(draft.eventType, 300),
    source: text(draft.source),
    component: text(draft.component),
    level: text(draft.level, 100),
    project_id: text(draft.projectId),
    log_source_id: text(draft.logSourceId),
    source_kind: text(draft.sourceKind, 100),
    risk_level: text(draft.riskLevel, 100),
    risk_category: text(draft.riskCategory, 300),
    confidence: text(draft.confidence, 100),
    expected_destination: text(draft.expectedDestination),
    ...named,
    route_tags: boundList(draft.routeTags, 50, 200),
    external_correlation_ids: boundList(draft.externalCorrelationIds, 20, 300),
    evidence_digest: draft.evidenceDigest,
    evidence_refs: boundList(draft.evidenceRefs, bounds.evidenceRefCount, 500),
    excerpt: boundList(draft.excerpt, bounds.excerptLineCount, bounds.excerptLineMax),
    attributes: boundJson(attributes, { depth: 2, entries: 40, text: 500 }),
    quality_gate: draft.qualityGate ? boundJson(draft.qualityGate, bounds.json) : null,
    triage_run_id: text(draft.triageRunId),
  };
}

export function incidentPayload(incident: PayloadSubject["incident"]): JsonObject {
  return {
    incident_id: incident.incidentId,
    title: boundText(incident.title, 500),
    event_type: boundText(incident.eventType, 300),
    first_seen_at_ms: incident.firstSeenAtMs,
  };
}

export function boundList(items: readonly string[], countMax: number, textMax: number): string[] {
  return items.slice(0, countMax).map((item) => boundText(item, textMax));
}

export function envelopePayload(envelope: DeliveryEnvelope): JsonObject {
  return {
    delivery_id: envelope.deliveryId,
    idempotency_key: envelope.idempotencyKey,
    created_at_ms: envelope.createdAtMs,
  };
}

/** The same content for people, from what will leave and not from the draft, so that nobody approves more or less. */
export function renderForPeople(draft: JsonObject, issueDraft: unknown): RenderedPayload["rendered"] {
  const lines = (value: unknown) => (Array.isArray(value) ? value.join("\n") : "");
  const facts = [
    "event_type",
    "repo",
    "component",
    "level",
    "risk_level",
    "risk_category",
    "confidence",
    "fingerprint",
  ]
    .filter((key) => typeof draft[key] === "string" && draft[key] !== "")
    .map((key) => `${key}: ${draft[key]}`)
    .join("\n");
  const sections = [
    { heading: "Facts", text: facts },
    { heading: "Detail", text: String(draft.detail ?? "") },
    { heading: "Excerpt", text: lines(draft.excerpt), code: true },
    { heading: "Evidence", text: lines(draft.evidence_refs) },
    { heading: "Issue draft", text: issueDraft ? JSON.stringify(issueDraft, null, 2) : "", code: true },
  ];
  return {
    title: String(draft.title ?? ""),
    sections: sections.filter((section) => section.text !== ""),
  };
}
