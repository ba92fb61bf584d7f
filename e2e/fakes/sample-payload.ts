import type { Destination } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import type { DeliveryEnvelope, PayloadSubject, RenderedPayload } from "@/lib/domain/payload";

type SubjectOverrides = {
  draft?: Partial<PayloadSubject["draft"]>;
  incident?: PayloadSubject["incident"];
  route?: PayloadSubject["route"];
  issueDraft?: PayloadSubject["issueDraft"];
};

/** A draft as the pipeline hands it to an adapter: redacted already, of ordinary size. */
export function samplePayloadSubject(overrides: SubjectOverrides = {}): PayloadSubject {
  return {
    draft: {
      draftId: "failure-draft-0123456789abcdef0123456789abcdef",
      incidentId: "failure-incident-0123456789abcdef0123456789abcdef",
      fingerprint: "fp-checkout-timeout",
      repo: "acme/shop",
      title: "Checkout times out",
      detail: "POST /checkout answered 504 three times.\nUpstream: payments.",
      eventType: "automation_v2.run.failed",
      source: "automation_v2",
      component: "checkout",
      level: "error",
      projectId: "shop",
      sourceKind: "external_app",
      riskLevel: "medium",
      confidence: "high",
      evidenceRefs: ["log://shop/app.log#1842"],
      excerpt: ["ERROR checkout timed out after 30000 ms", "    at pay (src/pay.ts:42:7)"],
      routeTags: ["payments"],
      externalCorrelationIds: ["req-7f3a"],
      attributes: { actor: "agent-7", approval_state: "pending", region: "eu-1" },
      qualityGate: { passed: true, score: 0.9 },
      triageRunId: "automation-v2-run-1",
      evidenceDigest: "a".repeat(64),
      ...overrides.draft,
    },
    incident: overrides.incident ?? {
      incidentId: "failure-incident-0123456789abcdef0123456789abcdef",
      title: "Checkout times out",
      eventType: "automation_v2.run.failed",
      firstSeenAtMs: 1_767_225_600_000,
    },
    route: overrides.route ?? { routeId: "route-1", routeMatchReason: "component is checkout" },
    issueDraft:
      overrides.issueDraft === undefined
        ? { suggested_title: "Checkout: payment call has no deadline", coder_ready: false }
        : overrides.issueDraft,
  };
}

export function sampleDestination(overrides: Partial<Destination> & Pick<Destination, "kind">): Destination {
  return {
    destinationId: `dest-${overrides.kind}`,
    name: `A ${overrides.kind}`,
    enabled: true,
    requireApproval: false,
    routeTags: [],
    ...overrides,
  };
}

export const sampleEnvelope: DeliveryEnvelope = {
  deliveryId: "bmwh_0123456789abcdef0123456789abcdef",
  idempotencyKey: "b".repeat(64),
  createdAtMs: 1_767_225_600_123,
};

export function samplePublishRequest(
  payload: RenderedPayload,
  body: string,
  overrides: Partial<PublishRequest> = {},
): PublishRequest {
  return {
    deliveryId: sampleEnvelope.deliveryId,
    postId: "failure-post-0123456789abcdef0123456789abcdef",
    idempotencyKey: sampleEnvelope.idempotencyKey,
    kind: payload.kind,
    targetRef: payload.targetRef,
    operation: payload.operation,
    body,
    payloadDigest: "c".repeat(64),
    attempt: 1,
    nowMs: Date.now(),
    routeId: "route-1",
    routeMatchReason: "component is checkout",
    ...overrides,
  };
}
