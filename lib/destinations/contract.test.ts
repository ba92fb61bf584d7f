import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { harnesses, withKeysReversed } from "@/e2e/fakes/destination-harness";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import { type Step, startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { type DestinationKind, destinationKinds } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import type { RenderedPayload } from "@/lib/domain/payload";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import { adapterFor, destinationAdapters } from "./registry";

const secret = "a-secret-nobody-may-see";
const fetch = createSafeFetch();
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secrets: [secret] });
});
afterAll(async () => {
  await fetch.destroy();
  await receiver.close();
});
beforeEach(() => {
  receiver.requests.length = 0;
  receiver.script();
});

function context(overrides: Partial<AdapterContext> = {}): AdapterContext {
  return {
    fetch,
    resolveSecret: () => ({ ok: true, values: [secret] }),
    privateNetworks: [],
    nowMs: Date.now(),
    ...overrides,
  };
}

function renderSample(kind: DestinationKind): RenderedPayload {
  const result = adapterFor(kind).render(harnesses[kind].destination(receiver), samplePayloadSubject());
  if (!result.ok) throw new Error(result.reason.message);
  return result.payload;
}

function requestFor(kind: DestinationKind, overrides: Partial<PublishRequest> = {}): PublishRequest {
  const payload = renderSample(kind);
  return samplePublishRequest(payload, adapterFor(kind).seal(payload, sampleEnvelope), overrides);
}

function publish(kind: DestinationKind, overrides: Partial<AdapterContext> = {}, timeoutMs?: number) {
  const destination = harnesses[kind].destination(receiver, timeoutMs);
  return adapterFor(kind).publish(destination, requestFor(kind), context(overrides));
}

const builtKinds = destinationKinds.filter((kind) => harnesses[kind].reach !== "unavailable");
const remoteKinds = destinationKinds.filter((kind) => harnesses[kind].reach === "remote");
const unavailableKinds = destinationKinds.filter((kind) => harnesses[kind].reach === "unavailable");

describe.each(destinationKinds)("%s", (kind) => {
  it("is registered under its own kind", () => {
    expect(destinationAdapters[kind].kind).toBe(kind);
    expect(Object.keys(destinationAdapters).sort()).toEqual([...destinationKinds].sort());
  });

  it("answers a body that is not its own with an outcome, never a throw", async () => {
    const request = samplePublishRequest(
      {
        kind,
        targetRef: "elsewhere",
        operation: "x",
        content: {},
        rendered: { title: "", sections: [] },
        byteLength: 0,
      },
      "not json",
    );
    const outcome = await adapterFor(kind).publish(harnesses[kind].destination(receiver), request, context());
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: expect.any(String) } });
    expect(receiver.requests).toHaveLength(0);
  });
});

describe.each(builtKinds)("%s, built", (kind) => {
  const adapter = adapterFor(kind);

  it("is ready when its settings are complete", () => {
    expect(adapter.readiness(harnesses[kind].destination(receiver), context())).toEqual([]);
  });

  it("renders the same payload for the same input, as plain JSON of the stated size", () => {
    const payload = renderSample(kind);
    expect(renderSample(kind)).toEqual(payload);
    expect(JSON.parse(JSON.stringify(payload.content))).toEqual(payload.content);
    expect(payload.byteLength).toBe(Buffer.byteLength(JSON.stringify(payload.content)));
    expect(payload.targetRef.length).toBeLessThanOrEqual(500);
    expect(payload.rendered.title).toBe("Checkout times out");
  });

  it("keeps out what changes after an approval, and ids and times of the delivery", () => {
    const keys = JSON.stringify(renderSample(kind).content).match(/"[a-z_]+":/g) ?? [];
    const unstable =
      /^"(status|approval_\w+|occurrence_count|last_seen\w*|delivery_id|idempotency_key|created_at_ms)":$/;
    expect(keys.filter((key) => unstable.test(key))).toEqual([]);
  });

  it("seals to the same bytes whatever order the stored keys come back in", () => {
    const payload = renderSample(kind);
    const stored = withKeysReversed(payload.content) as RenderedPayload["content"];
    const sealed = adapter.seal(payload, sampleEnvelope);
    expect(adapter.seal({ kind, content: stored }, sampleEnvelope)).toBe(sealed);
    expect(JSON.parse(sealed)).toEqual({
      ...payload.content,
      delivery_id: sampleEnvelope.deliveryId,
      idempotency_key: sampleEnvelope.idempotencyKey,
      created_at_ms: sampleEnvelope.createdAtMs,
    });
  });

  it("renders a test that says so and holds no incident text", () => {
    const result = adapter.renderTest(harnesses[kind].destination(receiver));
    expect(result).toMatchObject({ ok: true, payload: { kind, content: { test: true } } });
    expect(JSON.stringify(result)).not.toMatch(/Checkout|checkout|fp-|acme/);
  });

  it("publishes, with a receipt that names provider, destination, operation and target", async () => {
    const outcome = await publish(kind);
    expect(outcome).toMatchObject({
      outcome: "published",
      externalId: expect.any(String),
      externalTitle: expect.any(String),
      receipt: {
        provider: expect.any(String),
        destination_id: `dest-${kind}`,
        operation: renderSample(kind).operation,
        status: "posted",
        target_ref: renderSample(kind).targetRef,
        delivery_id: sampleEnvelope.deliveryId,
        route_id: "route-1",
        route_match_reason: "component is checkout",
      },
    });
    expect(JSON.stringify(outcome)).not.toContain(secret);
    const { receipt } = outcome as { receipt: unknown };
    expect(JSON.stringify(receipt)).not.toContain("POST /checkout answered");
  });
});

describe.each(remoteKinds)("%s, when the other side misbehaves", (kind) => {
  const tenMebibytes = 10 * 1_048_576;

  it.each<[string, Step, Record<string, unknown>]>([
    ["200", { kind: "status", status: 200 }, { outcome: "published" }],
    ["204", { kind: "status", status: 204 }, { outcome: "published" }],
    ["500", { kind: "status", status: 500 }, { outcome: "retryable", reason: { code: "http_status" } }],
    ["503 with Retry-After", retryAfter(503, "7"), { outcome: "retryable", retryAfterMs: 7_000 }],
    ["429 with Retry-After", retryAfter(429, "120"), { outcome: "retryable", retryAfterMs: 120_000 }],
    ["429 without", { kind: "status", status: 429 }, { outcome: "retryable", retryAfterMs: undefined }],
    ["408", { kind: "status", status: 408 }, { outcome: "retryable" }],
    ["425", { kind: "status", status: 425 }, { outcome: "retryable" }],
    ["400", { kind: "status", status: 400 }, { outcome: "rejected", exchange: { statusCode: 400 } }],
    ["401", { kind: "status", status: 401 }, { outcome: "rejected" }],
    ["404", { kind: "status", status: 404 }, { outcome: "rejected" }],
    ["410", { kind: "status", status: 410 }, { outcome: "rejected", disableDestination: true }],
    ["304", { kind: "status", status: 304 }, { outcome: "rejected", reason: { code: "redirect_refused" } }],
    ["a lost reply", { kind: "drop" }, { outcome: "retryable", reason: { code: "connection_lost" } }],
    ["no reply in time", { kind: "hang" }, { outcome: "retryable", reason: { code: "timeout" } }],
    [
      "a reply that is not HTTP",
      { kind: "garbage" },
      { outcome: "retryable", reason: { code: "malformed_reply" } },
    ],
    ["huge headers", { kind: "hugeHeaders", bytes: 50_000 }, { outcome: "retryable" }],
    [
      "a huge body",
      { kind: "huge", bytes: tenMebibytes },
      { outcome: "published", exchange: { responseTruncated: true } },
    ],
    [
      "a huge refusal",
      { kind: "huge", status: 400, bytes: tenMebibytes },
      { outcome: "rejected", exchange: { responseTruncated: true } },
    ],
    ["a reply that drips", { kind: "drip", status: 200, intervalMs: 10 }, { outcome: "published" }],
    [
      "a body that breaks off",
      { kind: "dropMidBody", status: 202, body: "{" },
      { outcome: "published", exchange: { responseTruncated: true } },
    ],
    [
      "a body of bytes that are no text",
      { kind: "status", status: 500, body: "\u0000\ud800oops" },
      { outcome: "retryable", exchange: { responseExcerpt: expect.not.stringContaining("\u0000") } },
    ],
  ])("%s", async (_name, step, expected) => {
    receiver.script(step);
    // Short only where waiting is the point: elsewhere a busy machine must not turn an answer into a timeout.
    const timeoutMs = step.kind === "hang" || step.kind === "drip" ? 1_000 : undefined;
    const outcome = await publish(kind, {}, timeoutMs);
    expect(outcome).toMatchObject(expected);
    // One call is one attempt, whatever came of it: trying again is the worker's.
    expect(receiver.requests).toHaveLength(1);
    const excerpt = "exchange" in outcome ? (outcome.exchange?.responseExcerpt ?? "") : "";
    expect(excerpt.length).toBeLessThanOrEqual(16_384);
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it.each([301, 302, 303, 307, 308])(
    "a %i redirect to this machine is named and not followed",
    async (status) => {
      const other = await startWebhookReceiver();
      receiver.script({ kind: "redirect", status, location: `${other.url}?token=tok-9` });
      const outcome = await publish(kind);
      expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "redirect_refused" } });
      expect(JSON.stringify(outcome)).toContain("never followed");
      expect(JSON.stringify(outcome)).not.toContain("tok-9");
      expect(other.connectionCount).toBe(0);
      await other.close();
    },
  );

  it("cancelled while waiting: may be tried again", async () => {
    const controller = new AbortController();
    receiver.script({ kind: "hang" });
    const received = receiver.waitForRequest();
    const pending = publish(kind, { signal: controller.signal });
    await received;
    controller.abort();
    expect(await pending).toMatchObject({ outcome: "retryable", reason: { code: "cancelled" } });
  });

  it("nobody listening: may be tried again, nothing was sent", async () => {
    const gone = await startWebhookReceiver();
    const request = { ...requestFor(kind), targetRef: gone.url };
    await gone.close();
    const destination = { ...harnesses[kind].destination(receiver), webhookUrl: gone.url };
    const outcome = await adapterFor(kind).publish(destination, request, context());
    expect(outcome).toMatchObject({ outcome: "retryable", reason: { code: "connection_refused" } });
  });

  it("an address the policy refuses: rejected with its reason and no connection", async () => {
    const before = receiver.connectionCount;
    const ready = harnesses[kind].destination(receiver);
    const destination = { ...ready, config: { allow_insecure_http: true } };
    expect(adapterFor(kind).readiness(destination, context())).not.toEqual([]);
    const outcome = await adapterFor(kind).publish(destination, requestFor(kind), context());
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "address_loopback" } });
    const outside = context({ privateNetworks: ["10.0.0.0/8"] });
    const limited = await adapterFor(kind).publish(ready, requestFor(kind), outside);
    expect(limited).toMatchObject({ reason: { code: "address_outside_private_networks" } });
    expect(receiver.connectionCount).toBe(before);
  });

  it("repeats a lost reply with the same body and key: one effect at the receiver", async () => {
    expect(adapterFor(kind).retriesLostReplies).toBe(true);
    const before = receiver.effectCount;
    const request = requestFor(kind, { deliveryId: "bmwh_again", idempotencyKey: "key-again" });
    receiver.script({ kind: "drop" }, { kind: "status", status: 202 }, { kind: "status", status: 202 });
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await adapterFor(kind).publish(
        harnesses[kind].destination(receiver),
        { ...request, attempt },
        context(),
      );
    }
    expect(new Set(receiver.requests.map((seen) => seen.rawBody)).size).toBe(1);
    expect(new Set(receiver.requests.map((seen) => seen.headers["idempotency-key"]))).toEqual(
      new Set(["key-again"]),
    );
    expect(receiver.effectCount).toBe(before + 1);
  });
});

describe.each(unavailableKinds)("%s, not built yet", (kind) => {
  it("says so in readiness, rendering and publishing", async () => {
    const adapter = adapterFor(kind);
    const destination = harnesses[kind].destination(receiver);
    const reasons = adapter.readiness(destination, context());
    expect(reasons.map((item) => item.code)).toEqual(["kind_not_available"]);
    expect(adapter.render(destination, samplePayloadSubject())).toMatchObject({
      ok: false,
      reason: reasons[0],
    });
    expect(adapter.renderTest(destination)).toMatchObject({ ok: false, reason: reasons[0] });
  });
});

describe("the GitHub row that old configurations imply", () => {
  it.each([
    [undefined, ["repo_missing", "kind_not_available"]],
    ["local/unassigned", ["repo_missing", "kind_not_available"]],
    ["not-a-slug", ["repo_malformed", "kind_not_available"]],
    ["acme/shop", ["kind_not_available"]],
  ])("repo %s gives %j", (repo, expected) => {
    const destination = sampleDestination({ kind: "github_issue", repo });
    expect(
      adapterFor("github_issue")
        .readiness(destination, context())
        .map((item) => item.code),
    ).toEqual(expected);
  });
});

function retryAfter(status: number, seconds: string): Step {
  return { kind: "status", status, headers: { "retry-after": seconds } };
}
