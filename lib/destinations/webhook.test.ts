import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import type { Destination } from "@/lib/domain/config";
import type { PayloadSubject, RenderedPayload } from "@/lib/domain/payload";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import { webhookAdapter } from "./webhook";

const secrets = [
  "newest-secret",
  `whsec_${Buffer.from("previous-secret-of-32-bytes-size").toString("base64")}`,
];
const fetch = createSafeFetch();
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secrets });
});
afterAll(async () => {
  await fetch.destroy();
  await receiver.close();
});
beforeEach(() => {
  receiver.requests.length = 0;
  receiver.script();
});

const development = { allow_insecure_http: true, allow_private_networks: true };

function destination(overrides: Partial<Destination> = {}): Destination {
  return sampleDestination({
    kind: "webhook",
    webhookUrl: receiver.url,
    webhookSecretRef: "env:TANDEM_HOOK_SECRET",
    config: development,
    ...overrides,
  });
}

function context(overrides: Partial<AdapterContext> = {}): AdapterContext {
  return {
    fetch,
    resolveSecret: () => ({ ok: true, values: secrets }),
    privateNetworks: [],
    nowMs: Date.now(),
    ...overrides,
  };
}

function render(
  subject: PayloadSubject = samplePayloadSubject(),
  overrides: Partial<Destination> = {},
): RenderedPayload {
  const result = webhookAdapter.render(destination(overrides), subject);
  if (!result.ok) throw new Error(result.reason.message);
  return result.payload;
}

async function publish(payload = render(), overrides: Partial<Destination> = {}, test = false) {
  const body = webhookAdapter.seal(payload, sampleEnvelope);
  const request = samplePublishRequest(payload, body, { test });
  return webhookAdapter.publish(destination(overrides), request, context());
}

describe("a delivery", () => {
  it("is signed for both live secrets over the raw body, with every header of the contract", async () => {
    const outcome = await publish();
    const [seen] = receiver.requests;
    expect(seen).toMatchObject({
      method: "POST",
      path: "/hook",
      tandemSignatureValid: true,
      standardSignatureValid: true,
    });
    expect(seen?.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": expect.stringContaining("incident-monitor/"),
      "x-tandem-event": "incident_monitor.incident",
      "x-tandem-delivery-id": sampleEnvelope.deliveryId,
      "x-tandem-signature": expect.stringMatching(/^t=\d{13},v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/),
      "x-tandem-signature-scheme": "tandem_hmac_sha256_v1",
      "idempotency-key": sampleEnvelope.idempotencyKey,
      "webhook-id": sampleEnvelope.deliveryId,
    });
    expect(outcome).toMatchObject({
      outcome: "published",
      externalId: sampleEnvelope.deliveryId,
      receipt: {
        provider: "webhook",
        operation: "post_webhook",
        signature_scheme: "tandem_hmac_sha256_v1",
        status_code: 202,
        response_truncated: false,
        payload_bytes: Buffer.byteLength(seen?.rawBody ?? ""),
      },
      exchange: { statusCode: 202, responseExcerpt: '{"accepted":true}' },
    });
    expect(outcome).not.toHaveProperty("externalUrl");
    expect(seen?.rawBody).not.toMatch(/newest-secret|whsec_|TANDEM_HOOK_SECRET/);
  });

  it("has the contract's body in its order", async () => {
    await publish();
    const raw = receiver.requests[0]?.rawBody ?? "";
    expect(
      raw.startsWith(
        '{"event":"incident_monitor.incident","schema_version":"2026-06-29","delivery_id":"bmwh_',
      ),
    ).toBe(true);
    expect(JSON.parse(raw)).toMatchObject({
      idempotency_key: sampleEnvelope.idempotencyKey,
      created_at_ms: sampleEnvelope.createdAtMs,
      destination: {
        destination_id: "dest-webhook",
        kind: "webhook",
        route_id: "route-1",
        route_match_reason: "component is checkout",
        target_ref: receiver.url,
      },
      draft: {
        draft_id: "failure-draft-0123456789abcdef0123456789abcdef",
        evidence_digest: "a".repeat(64),
        quality_gate: { passed: true },
        triage_run_id: "automation-v2-run-1",
        actor: "agent-7",
        attributes: { region: "eu-1" },
      },
      incident: { incident_id: expect.any(String), first_seen_at_ms: 1_767_225_600_000 },
      issue_draft: { suggested_title: "Checkout: payment call has no deadline" },
    });
  });

  it("of a test says so in body and header", async () => {
    const rendered = webhookAdapter.renderTest(destination());
    if (!rendered.ok) throw new Error("unready");
    expect(await publish(rendered.payload, {}, true)).toMatchObject({ outcome: "published" });
    const [seen] = receiver.requests;
    expect(seen?.headers["x-tandem-event"]).toBe("incident_monitor.test");
    expect(seen?.tandemSignatureValid && seen.standardSignatureValid).toBe(true);
    expect(JSON.parse(seen?.rawBody ?? "")).toMatchObject({ event: "incident_monitor.test", test: true });
  });

  it("stores no more of an answer than configured", async () => {
    receiver.script({ kind: "status", status: 500, body: "é".repeat(2_000) });
    const outcome = await publish(render(), { config: { ...development, max_response_bytes: 1 } });
    expect(outcome).toMatchObject({
      exchange: { responseExcerpt: "é".repeat(256), responseTruncated: true },
    });
  });

  it("names the timeout it waited", async () => {
    receiver.script({ kind: "hang" });
    const outcome = await publish(render(), { config: { ...development, timeout_ms: 1 } });
    expect(outcome).toMatchObject({
      outcome: "retryable",
      reason: { message: expect.stringContaining("250 ms") },
    });
  });
});

describe("is not sent", () => {
  it.each<[string, Partial<AdapterContext>, Partial<Destination>, string]>([
    ["without a secret reference", {}, { webhookSecretRef: undefined }, "secret_ref_missing"],
    ["with an unset secret", unset(), {}, "secret_unset"],
    ["with no value behind it", { resolveSecret: () => ({ ok: true, values: [] }) }, {}, "secret_unset"],
    [
      "with a broken whsec_ secret",
      { resolveSecret: () => ({ ok: true, values: ["whsec_!"] }) },
      {},
      "secret_malformed",
    ],
    ["to a URL edited since", {}, { webhookUrl: "https://other.example.com/" }, "target_changed"],
    [
      "with an unreadable allow-list",
      {},
      { config: { ...development, allowed_hosts: 7 } },
      "allowed_hosts_malformed",
    ],
    [
      "to a host off the list",
      {},
      { config: { ...development, allowed_hosts: ["a.example"] } },
      "url_host_not_allowed",
    ],
  ])("%s", async (_name, contextOverrides, overrides, code) => {
    const before = receiver.connectionCount;
    const payload = render();
    const request = samplePublishRequest(payload, webhookAdapter.seal(payload, sampleEnvelope));
    const outcome = await webhookAdapter.publish(destination(overrides), request, context(contextOverrides));
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code } });
    expect(receiver.connectionCount).toBe(before);
  });

  it("over its byte limit, or with an id that is no header", async () => {
    const payload = render();
    const request = samplePublishRequest(payload, "x".repeat(70_000));
    const tooLarge = await webhookAdapter.publish(destination(), request, context());
    expect(tooLarge).toMatchObject({ outcome: "rejected", reason: { code: "payload_too_large" } });
    const badId = { ...request, body: "{}", deliveryId: "a\r\nb" };
    const malformed = await webhookAdapter.publish(destination(), badId, context());
    expect(malformed).toMatchObject({ outcome: "rejected", reason: { code: "delivery_id_malformed" } });
    expect(receiver.requests).toHaveLength(0);
  });
});

describe("readiness", () => {
  const codes = (overrides: Partial<Destination>, contextOverrides: Partial<AdapterContext> = {}) =>
    webhookAdapter.readiness(destination(overrides), context(contextOverrides)).map((item) => item.code);

  it.each<[string, Partial<Destination>, string[]]>([
    ["a public https URL", { webhookUrl: "https://hooks.example.com/x", config: {} }, []],
    ["no URL", { webhookUrl: " " }, ["webhook_url_missing"]],
    [
      "nothing at all",
      { webhookUrl: undefined, webhookSecretRef: undefined },
      ["webhook_url_missing", "secret_ref_missing"],
    ],
    ["http", { webhookUrl: "http://hooks.example.com/", config: {} }, ["url_insecure"]],
    [
      "opt-ins that are not true",
      { config: { allow_insecure_http: "true", allow_private_networks: 1 } },
      ["url_insecure", "address_loopback", "url_port"],
    ],
    ["bracketed IPv6", { webhookUrl: "https://[::1]/", config: {} }, ["address_loopback"]],
    ["IPv4-mapped IPv6", { webhookUrl: "https://[::ffff:127.0.0.1]/", config: {} }, ["address_ipv4_mapped"]],
    ["NAT64", { webhookUrl: "https://[64:ff9b::7f00:1]/", config: {} }, ["address_nat64"]],
    [
      "an unreadable allow-list",
      { config: { ...development, allowed_hosts: [7] } },
      ["allowed_hosts_malformed"],
    ],
    [
      "the list's other name",
      { config: { ...development, host_allowlist: "a.example" } },
      ["url_host_not_allowed"],
    ],
  ])("of %s", (_name, overrides, expected) => expect(codes(overrides)).toEqual(expected));

  it("looks at the secret and the host's networks", () => {
    expect(codes({}, unset())).toEqual(["secret_unset"]);
    expect(codes({}, { privateNetworks: ["10.0.0.0/8"] })).toEqual(["address_outside_private_networks"]);
  });
});

function unset(): Partial<AdapterContext> {
  return { resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "not set" } }) };
}
