import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { boundText, defaultJsonBounds } from "./bounded-json";
import type { DestinationAdapter } from "./destination";
import { hashParts } from "./hash-parts";
import { orderedJson } from "./ordered-json";
import { draftPayload, envelopePayload, renderForPeople } from "./payload-parts";
import { membersOf, sealedObject } from "./sealed-object";
import { telemetryPath } from "./telemetry-path";

const operation = "record_telemetry";
const provider = "incident_monitor_telemetry";

/** Reference 4.4: title 240, excerpt 400 in all, evidence references 500 each. */
const titleMax = 240;
const excerptMax = 400;
const bounds = {
  detailMax: 0,
  excerptLineCount: 0,
  excerptLineMax: 0,
  evidenceRefCount: 20,
  json: defaultJsonBounds,
};

/** What of the draft a record keeps: enough to filter and count by, no detail. */
const recordedFields = [
  "draft_id",
  "incident_id",
  "fingerprint",
  "repo",
  "event_type",
  "source",
  "component",
  "level",
  "project_id",
  "log_source_id",
  "source_kind",
  "risk_level",
  "risk_category",
  "confidence",
  "expected_destination",
  "actor",
  "model",
  "tool_name",
  "action",
  "policy",
  "blast_radius",
  "tenant_id",
  "workspace_id",
  "event_schema_version",
  "route_tags",
  "external_correlation_ids",
  "evidence_digest",
  "evidence_refs",
  "triage_run_id",
];

/** Of those, what the receipt repeats. */
const receiptFields = [
  "draft_id",
  "incident_id",
  "fingerprint",
  "repo",
  "title",
  "risk_level",
  "risk_category",
  "confidence",
  "source_kind",
  "project_id",
  "log_source_id",
  "evidence_digest",
  "route_id",
  "route_match_reason",
  "redaction_profile",
  "retention_profile",
];

/**
 * The local record (contract 8.3). Nothing is called and nothing is written here: the record travels in the outcome
 * and is committed with its receipt in one transaction, so that a lost reply cannot exist.
 */
export const telemetryAdapter: DestinationAdapter = {
  kind: "telemetry",
  retriesLostReplies: true,
  readiness,
  render,
  renderTest,
  seal: (payload, envelope) =>
    orderedJson({ ...payload.content, ...envelopePayload(envelope) }, ["record_id", "provider"]),
  publish: async (destination, request) => publish(destination, request),
};

function readiness(destination: Destination): Reason[] {
  const path = telemetryPath(destination);
  return path.ok ? [] : [path.reason];
}

function render(destination: Destination, subject: PayloadSubject): RenderResult {
  const path = telemetryPath(destination);
  if (!path.ok) return path;
  const targetRef = `telemetry:${path.path}`;
  const draft = draftPayload(subject.draft, bounds);
  const { fingerprint, repo, evidenceDigest } = subject.draft;
  const { destinationId, kind } = destination;
  const content: JsonObject = {
    ...recordHeader(destination, path.path, subject.route),
    record_id: recordId(destinationId, kind, targetRef, repo, fingerprint, evidenceDigest),
    ...membersOf(draft, recordedFields),
    title: boundText(subject.draft.title, titleMax),
    excerpt: boundText(subject.draft.excerpt.join("\n"), excerptMax),
  };
  const shown = { ...content, excerpt: [content.excerpt] };
  return rendering(content, targetRef, renderForPeople(shown, null));
}

function renderTest(destination: Destination): RenderResult {
  const path = telemetryPath(destination);
  if (!path.ok) return path;
  const message = "A test from Incident Monitor. No incident happened.";
  const content: JsonObject = {
    ...recordHeader(destination, path.path, { routeMatchReason: "destination test" }),
    test: true,
    title: "Test record",
    message,
  };
  return rendering(content, `telemetry:${path.path}`, {
    title: "Test record",
    sections: [{ heading: "Message", text: message }],
  });
}

function recordHeader(destination: Destination, path: string, route: PayloadSubject["route"]): JsonObject {
  const config = destination.config ?? {};
  const named = (value: unknown, fallback: string) =>
    typeof value === "string" && value.trim() !== "" ? boundText(value.trim(), 200) : fallback;
  return {
    provider,
    destination_id: destination.destinationId,
    kind: destination.kind,
    telemetry_path: path,
    target_ref: `telemetry:${path}`,
    route_id: route.routeId ?? null,
    route_match_reason: boundText(route.routeMatchReason, 500),
    redaction_profile: named(config.redaction_profile, "incident_monitor_local_default"),
    retention_profile: named(config.retention_profile, "incident_monitor_destination_receipt"),
  };
}

function publish(destination: Destination, request: PublishRequest): PublishOutcome {
  const path = telemetryPath(destination);
  if (!path.ok) return { outcome: "rejected", reason: path.reason };
  const record = sealedObject(request.body);
  if (!record)
    return { outcome: "rejected", reason: reason("payload_malformed", "The payload is not a record.") };
  // An approval froze the path with the record; a path changed since then must not redirect it silently.
  if (record.telemetry_path !== path.path) {
    const words = "The destination's telemetry path changed after this record was rendered.";
    return { outcome: "rejected", reason: reason("telemetry_path_changed", words) };
  }
  const id =
    typeof record.record_id === "string"
      ? record.record_id
      : recordId(destination.destinationId, "test", request.deliveryId);
  return {
    outcome: "published",
    externalId: id,
    externalTitle: "Local telemetry record",
    receipt: {
      provider,
      destination_id: destination.destinationId,
      operation,
      status: "posted",
      record_id: id,
      telemetry_path: path.path,
      target_ref: request.targetRef,
      delivery_id: request.deliveryId,
      idempotency_key: request.idempotencyKey,
      ...membersOf(record, receiptFields),
      ...(request.test ? { test: true } : {}),
    },
    localRecord: { kind: "telemetry", recordId: id, path: path.path, record: { ...record, record_id: id } },
  };
}

function recordId(...parts: string[]): string {
  return `bmtel_${hashParts(...parts).slice(0, 24)}`;
}

function rendering(
  content: JsonObject,
  targetRef: string,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  const byteLength = Buffer.byteLength(orderedJson(content));
  return { ok: true, payload: { kind: "telemetry", targetRef, operation, content, rendered, byteLength } };
}
