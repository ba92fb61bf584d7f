import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import { learnedToFacts, type MemoryCategory, memoryCategories, memoryCategory } from "@/lib/domain/memory";
import type { PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { boundText } from "./bounded-json";
import type { DestinationAdapter } from "./destination";
import { hashParts } from "./hash-parts";
import { orderedJson } from "./ordered-json";
import { boundList, envelopePayload } from "./payload-parts";
import { membersOf, sealedObject } from "./sealed-object";

const operation = "store_memory_summary";
const provider = "incident_monitor_internal_memory";

/** Reference 4.5: the summary 800 bytes in all, of which the title 240; `recurrence_count=` is added to it when stored. */
const summaryMax = 800;
const titleMax = 240;
const countRoom = 40;

/**
 * Remembers a failure as one bounded summary with what the rows say about it (W-46). Like telemetry it calls nobody: the
 * record is committed with its receipt, so that a lost reply cannot exist.
 */
export const internalMemoryAdapter: DestinationAdapter = {
  kind: "internal_memory",
  retriesLostReplies: true,
  readiness: (destination) => {
    const category = categoryOf(destination);
    return category.ok ? [] : [category.reason];
  },
  render,
  renderTest,
  seal: (payload, envelope) =>
    orderedJson({ ...payload.content, ...envelopePayload(envelope) }, ["record_id", "provider"]),
  publish: async (destination, request) => publish(destination, request),
};

function categoryOf(
  destination: Destination,
): { ok: true; category: MemoryCategory } | { ok: false; reason: Reason } {
  const category = memoryCategory(destination.memoryCategory ?? destination.config?.memory_category);
  if (category) return { ok: true, category };
  const words = `The memory category must be one of ${memoryCategories.join(", ")}.`;
  return { ok: false, reason: reason("memory_category_unsupported", words) };
}

function render(destination: Destination, subject: PayloadSubject): RenderResult {
  const found = categoryOf(destination);
  if (!found.ok) return found;
  const { draft } = subject;
  const targetRef = `memory:${found.category}`;
  const title = boundText(draft.title, titleMax);
  const content: JsonObject = {
    ...recordHeader(destination, found.category, subject.route),
    record_id: recordId(
      ...[destination.destinationId, destination.kind, targetRef],
      ...[draft.repo, draft.fingerprint, draft.evidenceDigest],
    ),
    draft_id: draft.draftId,
    incident_id: draft.incidentId,
    fingerprint: boundText(draft.fingerprint, 500),
    repo: boundText(draft.repo, 300),
    title,
    summary: boundText(summaryOf(found.category, title, draft), summaryMax - countRoom),
    event_type: boundText(draft.eventType, 300),
    component: draft.component ? boundText(draft.component, 300) : null,
    project_id: draft.projectId ?? null,
    log_source_id: draft.logSourceId ?? null,
    risk_level: draft.riskLevel ?? null,
    risk_category: draft.riskCategory ?? null,
    confidence: draft.confidence ?? null,
    route_tags: boundList(draft.routeTags, 50, 200),
    evidence_digest: draft.evidenceDigest,
  };
  const rendered = {
    title,
    sections: [
      { heading: "Summary", text: String(content.summary) },
      {
        heading: "Added when it is stored",
        text: "How often it was seen and on how many days, similar and merged incidents, denials, failed deliveries: counts only.",
      },
    ],
  };
  return rendering(content, targetRef, rendered);
}

function summaryOf(category: MemoryCategory, title: string, draft: PayloadSubject["draft"]): string {
  const facts = [
    `fingerprint=${boundText(draft.fingerprint, 120)}`,
    `repo=${draft.repo}`,
    `risk=${draft.riskLevel ?? "unknown"}`,
    `risk_category=${draft.riskCategory ?? "unknown"}`,
    `confidence=${draft.confidence ?? "unknown"}`,
  ];
  return `${category}: ${title}. ${facts.join(" ")}`;
}

function renderTest(destination: Destination): RenderResult {
  const found = categoryOf(destination);
  if (!found.ok) return found;
  const message = "A test from Incident Monitor. No incident happened.";
  const content: JsonObject = {
    ...recordHeader(destination, found.category, { routeMatchReason: "destination test" }),
    ...{ test: true, title: "Test record", message },
  };
  return rendering(content, `memory:${found.category}`, {
    title: "Test record",
    sections: [{ heading: "Message", text: message }],
  });
}

function recordHeader(
  destination: Destination,
  category: MemoryCategory,
  route: PayloadSubject["route"],
): JsonObject {
  const config = destination.config ?? {};
  const named = (value: unknown, fallback: string) =>
    typeof value === "string" && value.trim() !== "" ? boundText(value.trim(), 200) : fallback;
  return {
    provider,
    destination_id: destination.destinationId,
    kind: destination.kind,
    category,
    target_ref: `memory:${category}`,
    route_id: route.routeId ?? null,
    route_match_reason: boundText(route.routeMatchReason, 500),
    redaction_profile: named(config.redaction_profile, "incident_monitor_local_default"),
    retention_profile: named(config.retention_profile, "incident_monitor_memory_signal"),
  };
}

function publish(destination: Destination, request: PublishRequest): PublishOutcome {
  const found = categoryOf(destination);
  if (!found.ok) return { outcome: "rejected", reason: found.reason };
  const record = sealedObject(request.body);
  if (!record) {
    return { outcome: "rejected", reason: reason("payload_malformed", "The payload is not a record.") };
  }
  // An approval froze the category with the summary; one changed since then must not refile it silently.
  if (record.category !== found.category) {
    const words = "The destination's memory category changed after this record was rendered.";
    return { outcome: "rejected", reason: reason("memory_category_changed", words) };
  }
  const id =
    typeof record.record_id === "string"
      ? record.record_id
      : recordId(destination.destinationId, "test", request.deliveryId);
  const facts = request.learned ? learnedToFacts(request.learned) : { recurrence_count: 1 };
  const summary = `${String(record.summary ?? record.message ?? "")} recurrence_count=${facts.recurrence_count}`;
  return {
    outcome: "published",
    externalId: id,
    externalTitle: "Internal memory summary",
    receipt: {
      ...{ provider, operation, status: "posted", stored: true, storage_backend: "incident_monitor_posts" },
      destination_id: destination.destinationId,
      record_id: id,
      memory_ref: `memory:${found.category}/${id}`,
      category: found.category,
      summary,
      ...facts,
      target_ref: request.targetRef,
      delivery_id: request.deliveryId,
      idempotency_key: request.idempotencyKey,
      ...membersOf(record, receiptFields),
      ...(request.test ? { test: true } : {}),
    },
    localRecord: {
      kind: "memory",
      recordId: id,
      category: found.category,
      fingerprint: String(record.fingerprint ?? ""),
      summary,
      facts: { ...membersOf(record, factFields), ...facts },
    },
  };
}

const receiptFields = [
  ...["draft_id", "incident_id", "fingerprint", "repo", "risk_level", "risk_category", "confidence"],
  ...["project_id", "log_source_id", "evidence_digest", "route_id", "route_match_reason"],
  ...["redaction_profile", "retention_profile"],
];
const factFields = [
  ...["draft_id", "incident_id", "repo", "title", "event_type", "component", "project_id", "log_source_id"],
  ...["risk_level", "risk_category", "confidence", "route_tags", "evidence_digest", "retention_profile"],
];

const recordId = (...parts: string[]): string => `bmmem_${hashParts(...parts).slice(0, 24)}`;

function rendering(
  content: JsonObject,
  targetRef: string,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  const byteLength = Buffer.byteLength(orderedJson(content));
  return {
    ok: true,
    payload: { kind: "internal_memory", targetRef, operation, content, rendered, byteLength },
  };
}
