import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { boundText } from "./bounded-json";
import { hashParts } from "./hash-parts";
import { orderedJson } from "./ordered-json";

/** What the records of one local kind have in common: who provides them, what storing one is called, how they are named. */
export type LocalKind = {
  kind: "telemetry" | "internal_memory";
  provider: string;
  operation: string;
  idPrefix: string;
  /** Where the destination names none. */
  retentionProfile: string;
};

/** Where in its kind a record goes, in the kind's own word. */
export type LocalPlace = { targetRef: string; field: JsonObject };

/** The same id whenever the same is recorded. */
export const recordIdOf = ({ idPrefix }: LocalKind, ...parts: string[]): string =>
  `${idPrefix}_${hashParts(...parts).slice(0, 24)}`;

export function recordHeader(
  local: LocalKind,
  destination: Destination,
  place: LocalPlace,
  route: PayloadSubject["route"],
): JsonObject {
  const config = destination.config ?? {};
  const named = (value: unknown, fallback: string) =>
    typeof value === "string" && value.trim() !== "" ? boundText(value.trim(), 200) : fallback;
  return {
    provider: local.provider,
    destination_id: destination.destinationId,
    kind: destination.kind,
    ...place.field,
    target_ref: place.targetRef,
    route_id: route.routeId ?? null,
    route_match_reason: boundText(route.routeMatchReason, 500),
    redaction_profile: named(config.redaction_profile, "incident_monitor_local_default"),
    retention_profile: named(config.retention_profile, local.retentionProfile),
  };
}

export function renderedRecord(
  { kind, operation }: LocalKind,
  content: JsonObject,
  targetRef: string,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  const byteLength = Buffer.byteLength(orderedJson(content));
  return { ok: true, payload: { kind, targetRef, operation, content, rendered, byteLength } };
}

/** What a test of the destination stores: a record that says it is none. */
export function renderedTestRecord(
  local: LocalKind,
  destination: Destination,
  place: LocalPlace,
): RenderResult {
  const title = "Test record";
  const message = "A test from Incident Monitor. No incident happened.";
  const header = recordHeader(local, destination, place, { routeMatchReason: "destination test" });
  return renderedRecord(local, { ...header, test: true, title, message }, place.targetRef, {
    title,
    sections: [{ heading: "Message", text: message }],
  });
}
