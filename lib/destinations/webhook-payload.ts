import type { Destination, JsonObject } from "@/lib/domain/config";
import type { DeliveryEnvelope, PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { reason } from "@/lib/domain/reason";
import { boundJson, boundText, defaultJsonBounds } from "./bounded-json";
import { orderedJson } from "./ordered-json";
import {
  type DraftBounds,
  draftPayload,
  envelopePayload,
  incidentPayload,
  renderForPeople,
} from "./payload-parts";
import { readWebhookConfig, webhookTargetRef } from "./webhook-config";

export const webhookOperation = "post_webhook";
export const webhookEvent = "incident_monitor.incident";
export const webhookTestEvent = "incident_monitor.test";
const schemaVersion = "2026-06-29";

/** The order of the contract's table; receivers that log the first bytes see what matters first. */
const keyOrder = [
  "event",
  "schema_version",
  "mode",
  "test",
  "delivery_id",
  "idempotency_key",
  "created_at_ms",
  "destination",
  "message",
  "draft",
  "incident",
  "issue_draft",
];

/** Room for the envelope's three fields, which are added after the content was frozen. */
const envelopeByteAllowance = 320;

const full: DraftBounds = {
  detailMax: 4_000,
  excerptLineCount: 20,
  excerptLineMax: 500,
  evidenceRefCount: 20,
  json: defaultJsonBounds,
};
const withoutExcerpt = { ...full, excerptLineCount: 0 };

/**
 * Tried in order until the payload fits: the excerpt goes first, then the detail shrinks, last the issue draft and the
 * quality gate. What identifies the incident never goes.
 */
const boundSteps: readonly DraftBounds[] = [
  full,
  { ...full, excerptLineCount: 5, excerptLineMax: 300 },
  withoutExcerpt,
  { ...withoutExcerpt, detailMax: 1_500 },
  { ...withoutExcerpt, detailMax: 300 },
  { ...withoutExcerpt, detailMax: 300, json: { depth: 6, entries: 20, text: 300 } },
];

export function renderWebhook(destination: Destination, subject: PayloadSubject): RenderResult {
  const { url, payloadByteLimit, mode } = readWebhookConfig(destination);
  const targetRef = webhookTargetRef(url);
  if (!targetRef)
    return { ok: false, reason: reason("webhook_url_malformed", "The webhook URL is not usable.") };
  const shared = {
    event: webhookEvent,
    schema_version: schemaVersion,
    destination: destinationPayload(destination, targetRef, subject.route),
    incident: incidentPayload(subject.incident),
  };
  if (mode === "thin") return renderThin(shared, subject.draft, targetRef);
  let byteLength = 0;
  for (const bounds of boundSteps) {
    const draft = draftPayload(subject.draft, bounds);
    const issueDraft = subject.issueDraft ? boundJson(subject.issueDraft, bounds.json) : null;
    const content: JsonObject = { ...shared, draft, issue_draft: issueDraft };
    byteLength = Buffer.byteLength(orderedJson(content, keyOrder));
    if (byteLength + envelopeByteAllowance <= payloadByteLimit) {
      return rendering(content, targetRef, byteLength, renderForPeople(draft, issueDraft));
    }
  }
  return {
    ok: false,
    reason: reason(
      "payload_too_large",
      `The payload needs ${byteLength + envelopeByteAllowance} bytes even when shortened; ` +
        `this destination's limit is ${payloadByteLimit}.`,
      { byteLength: byteLength + envelopeByteAllowance, payloadByteLimit },
    ),
  };
}

/** What tells a failure apart and lets a receiver look it up; no words of the report leave. */
const thinFields = [
  ...[
    "draft_id",
    "incident_id",
    "fingerprint",
    "event_type",
    "level",
    "project_id",
    "log_source_id",
    "source_kind",
  ],
  ...["risk_level", "risk_category", "confidence", "route_tags", "evidence_digest"],
];

function renderThin(shared: JsonObject, subject: PayloadSubject["draft"], targetRef: string): RenderResult {
  const whole = draftPayload(subject, withoutExcerpt);
  const draft = Object.fromEntries(thinFields.map((field) => [field, whole[field]]));
  const content: JsonObject = { ...shared, mode: "thin", draft, incident: null, issue_draft: null };
  const byteLength = Buffer.byteLength(orderedJson(content, keyOrder));
  const facts = Object.entries(draft)
    .filter(([, value]) => typeof value === "string" && value !== "")
    .map(([name, value]) => `${name}: ${value}`);
  return rendering(content, targetRef, byteLength, {
    title: boundText(subject.title, 500),
    sections: [
      { heading: "Sent", text: facts.join("\n") },
      {
        heading: "Not sent",
        text: "Title, detail, excerpt and evidence: the receiver reads them over the API.",
      },
    ],
  });
}

/** What the Test button sends: says that it is a test, and holds no incident text. */
export function renderWebhookTest(destination: Destination): RenderResult {
  const targetRef = webhookTargetRef(readWebhookConfig(destination).url);
  if (!targetRef)
    return { ok: false, reason: reason("webhook_url_malformed", "The webhook URL is not usable.") };
  const message = "A test from Incident Monitor. No incident happened.";
  const content: JsonObject = {
    event: webhookTestEvent,
    schema_version: schemaVersion,
    test: true,
    destination: destinationPayload(destination, targetRef, { routeMatchReason: "destination test" }),
    message,
  };
  const byteLength = Buffer.byteLength(orderedJson(content, keyOrder));
  return rendering(content, targetRef, byteLength, {
    title: "Test delivery",
    sections: [{ heading: "Message", text: message }],
  });
}

export function sealWebhook(payload: Pick<RenderedPayload, "content">, envelope: DeliveryEnvelope): string {
  return orderedJson({ ...payload.content, ...envelopePayload(envelope) }, keyOrder);
}

function destinationPayload(
  destination: Destination,
  targetRef: string,
  route: PayloadSubject["route"],
): JsonObject {
  return {
    destination_id: destination.destinationId,
    kind: destination.kind,
    route_id: route.routeId ?? null,
    route_match_reason: boundText(route.routeMatchReason, 500),
    target_ref: targetRef,
  };
}

function rendering(
  content: JsonObject,
  targetRef: string,
  byteLength: number,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  return {
    ok: true,
    payload: { kind: "webhook", targetRef, operation: webhookOperation, content, rendered, byteLength },
  };
}
