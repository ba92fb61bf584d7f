import type { Destination } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import { type Reason, reason } from "@/lib/domain/reason";
import type { AdapterContext, DestinationAdapter, ReadinessContext } from "./destination";
import { readWebhookConfig, webhookTargetRef } from "./webhook-config";
import { webhookOutcome } from "./webhook-outcome";
import {
  renderWebhook,
  renderWebhookTest,
  sealWebhook,
  webhookEvent,
  webhookOperation,
  webhookTestEvent,
} from "./webhook-payload";
import { placeMissing, webhookPlace } from "./webhook-place";
import { signatureHeaders, signatureScheme } from "./webhook-signature";

const userAgent = "incident-monitor/0.1 (+webhook)";

/** Signed HTTPS POST (contract 8.2). One attempt a call: waiting and trying again belong to the worker (D-11). */
export const webhookAdapter: DestinationAdapter = {
  kind: "webhook",
  retriesLostReplies: true,
  readiness,
  render: renderWebhook,
  renderTest: renderWebhookTest,
  seal: sealWebhook,
  publish,
};

/** URL, policy and secret; no DNS look-up, which is repeated and binding at connect time anyway. */
function readiness(destination: Destination, context: ReadinessContext): Reason[] {
  const config = readWebhookConfig(destination, context.privateNetworks);
  return [...config.problems, ...placeMissing(config, context)];
}

async function publish(
  destination: Destination,
  request: PublishRequest,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const config = readWebhookConfig(destination, context.privateNetworks);
  const [problem] = config.problems;
  if (problem) return { outcome: "rejected", reason: problem };
  // The URL may have been edited after an approval froze this payload for another receiver.
  if (webhookTargetRef(config.url) !== request.targetRef) {
    const why = reason("target_changed", "The webhook URL changed after this payload was rendered.");
    return { outcome: "rejected", reason: why };
  }
  const payloadBytes = Buffer.byteLength(request.body);
  if (payloadBytes > config.payloadByteLimit) {
    return { outcome: "rejected", reason: tooLarge(payloadBytes, config.payloadByteLimit) };
  }
  const place = webhookPlace(config, context);
  if (!place.ok) return { outcome: "rejected", reason: place.reason };
  const headers = headersFor(request, place.secrets, context.nowMs);
  if (!headers) {
    const why = reason(
      "delivery_id_malformed",
      "The delivery id or idempotency key cannot be sent as a header.",
    );
    return { outcome: "rejected", reason: why };
  }
  const result = await context.fetch({
    url: place.url,
    method: "POST",
    // Ours last: nothing configured can unsign a delivery.
    headers: { ...place.headers, ...headers },
    ...(place.tls && { tls: place.tls }),
    body: request.body,
    policy: place.policy,
    timeoutMs: config.timeoutMs,
    requestByteLimit: config.payloadByteLimit,
    responseByteLimit: config.responseByteLimit,
    signal: context.signal,
  });
  return webhookOutcome(result, (exchange, status) => ({
    outcome: "published",
    externalId: request.deliveryId,
    externalTitle: "Signed webhook delivery",
    receipt: {
      provider: "webhook",
      destination_id: destination.destinationId,
      operation: webhookOperation,
      status: "posted",
      delivery_id: request.deliveryId,
      target_ref: request.targetRef,
      route_id: request.routeId ?? null,
      route_match_reason: request.routeMatchReason ?? null,
      signature_scheme: signatureScheme,
      status_code: status,
      response_truncated: exchange.responseTruncated ?? null,
      payload_bytes: payloadBytes,
    },
    exchange,
  }));
}

/** Signed anew for each attempt, so that a receiver's clock tolerance counts from when this attempt left. */
function headersFor(
  request: PublishRequest,
  secrets: readonly string[],
  nowMs: number,
): Record<string, string> | null {
  const isToken = (value: string) => /^[\x21-\x7e]{1,200}$/.test(value);
  if (!isToken(request.deliveryId) || !isToken(request.idempotencyKey)) return null;
  const { deliveryId, idempotencyKey, body } = request;
  return {
    "content-type": "application/json",
    "user-agent": userAgent,
    "x-tandem-event": request.event ?? (request.test ? webhookTestEvent : webhookEvent),
    "x-tandem-delivery-id": deliveryId,
    "idempotency-key": idempotencyKey,
    ...signatureHeaders({ secrets, deliveryId, timestampMs: nowMs, body }),
  };
}

function tooLarge(payloadBytes: number, limit: number): Reason {
  const words = `The payload is ${payloadBytes} bytes; this destination's limit is ${limit}.`;
  return reason("payload_too_large", words, { payloadBytes, limit });
}
