import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { PayloadSubject, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { boundText, defaultJsonBounds } from "./bounded-json";
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
import { draftPayload, envelopePayload, renderForPeople } from "./payload-parts";
import { membersOf, sealedObject } from "./sealed-object";
import { telemetryPath } from "./telemetry-path";

const local: LocalKind = {
  kind: "telemetry",
  provider: "incident_monitor_telemetry",
  operation: "record_telemetry",
  idPrefix: "bmtel",
  retentionProfile: "incident_monitor_destination_receipt",
};
const placeOf = (path: string): LocalPlace => ({
  targetRef: `telemetry:${path}`,
  field: { telemetry_path: path },
});

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
  const place = placeOf(path.path);
  const draft = draftPayload(subject.draft, bounds);
  const { fingerprint, repo, evidenceDigest } = subject.draft;
  const { destinationId, kind } = destination;
  const content: JsonObject = {
    ...recordHeader(local, destination, place, subject.route),
    record_id: recordIdOf(local, destinationId, kind, place.targetRef, repo, fingerprint, evidenceDigest),
    ...membersOf(draft, recordedFields),
    title: boundText(subject.draft.title, titleMax),
    excerpt: boundText(subject.draft.excerpt.join("\n"), excerptMax),
  };
  const shown = { ...content, excerpt: [content.excerpt] };
  return renderedRecord(local, content, place.targetRef, renderForPeople(shown, null));
}

function renderTest(destination: Destination): RenderResult {
  const path = telemetryPath(destination);
  if (!path.ok) return path;
  return renderedTestRecord(local, destination, placeOf(path.path));
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
      : recordIdOf(local, destination.destinationId, "test", request.deliveryId);
  return {
    outcome: "published",
    externalId: id,
    externalTitle: "Local telemetry record",
    receipt: {
      provider: local.provider,
      destination_id: destination.destinationId,
      operation: local.operation,
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
