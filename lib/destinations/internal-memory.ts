import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import { learnedToFacts, type MemoryCategory, memoryCategories, memoryCategory } from "@/lib/domain/memory";
import type { PayloadSubject, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { boundText } from "./bounded-json";
import type { DestinationAdapter } from "./destination";
import {
  type LocalKind,
  type LocalPlace,
  recordHeader,
  recordIdOf,
  renderedRecord,
  renderedTestRecord,
} from "./local-record";
import { orderedJson } from "./ordered-json";
import { boundList, envelopePayload } from "./payload-parts";
import { membersOf, sealedObject } from "./sealed-object";

const local: LocalKind = {
  kind: "internal_memory",
  provider: "incident_monitor_internal_memory",
  operation: "store_memory_summary",
  idPrefix: "bmmem",
  retentionProfile: "incident_monitor_memory_signal",
};
const placeOf = (category: MemoryCategory): LocalPlace => ({
  targetRef: `memory:${category}`,
  field: { category },
});

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
  const place = placeOf(found.category);
  const title = boundText(draft.title, titleMax);
  const content: JsonObject = {
    ...recordHeader(local, destination, place, subject.route),
    record_id: recordIdOf(
      local,
      ...[destination.destinationId, destination.kind, place.targetRef],
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
  return renderedRecord(local, content, place.targetRef, rendered);
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
  return renderedTestRecord(local, destination, placeOf(found.category));
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
      : recordIdOf(local, destination.destinationId, "test", request.deliveryId);
  const facts = request.learned ? learnedToFacts(request.learned) : { recurrence_count: 1 };
  const summary = `${String(record.summary ?? record.message ?? "")} recurrence_count=${facts.recurrence_count}`;
  return {
    outcome: "published",
    externalId: id,
    externalTitle: "Internal memory summary",
    receipt: {
      provider: local.provider,
      operation: local.operation,
      ...{ status: "posted", stored: true, storage_backend: "incident_monitor_posts" },
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
