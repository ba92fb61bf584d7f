import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  harnesses,
  type Misbehaviour,
  misbehaviours,
  type Remote,
  withKeysReversed,
} from "@/e2e/fakes/destination-harness";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import { startWebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { type Destination, type DestinationKind, destinationKinds } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import type { RenderedPayload } from "@/lib/domain/payload";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import { adapterFor, destinationAdapters } from "./registry";

const secret = "a-secret-nobody-may-see";
const fetch = createSafeFetch();
/** One for every kind, also for those that reach nothing: it proves that they do not. */
const remotes = new Map<DestinationKind, Remote>();

beforeAll(async () => {
  for (const kind of destinationKinds) remotes.set(kind, await startRemote(kind));
});
afterAll(async () => {
  await fetch.destroy();
  for (const remote of remotes.values()) await remote.close();
});
beforeEach(() => {
  for (const remote of remotes.values()) {
    remote.requests.length = 0;
    remote.script();
  }
});

function startRemote(kind: DestinationKind): Promise<Remote> {
  const harness = harnesses[kind];
  const start = harness.reach === "remote" ? harness.startRemote : undefined;
  return start ? start(secret) : startWebhookReceiver({ secrets: [secret] });
}

function remoteOf(kind: DestinationKind): Remote {
  const remote = remotes.get(kind);
  if (!remote) throw new Error(`no remote for ${kind}`);
  return remote;
}

const destinationOf = (kind: DestinationKind, timeoutMs?: number): Destination =>
  harnesses[kind].destination(remoteOf(kind), timeoutMs);

function context(
  kind: DestinationKind,
  overrides: Partial<AdapterContext> = {},
  remote = remoteOf(kind),
): AdapterContext {
  return {
    fetch,
    resolveSecret: () => ({ ok: true, values: [secret] }),
    privateNetworks: [],
    nowMs: Date.now(),
    ...overrides,
    ...harnesses[kind].ground?.(remote, { fetch, ...overrides }),
  };
}

function renderSample(
  kind: DestinationKind,
  destination = destinationOf(kind),
  remote = remoteOf(kind),
): RenderedPayload {
  const { mcpServers } = context(kind, {}, remote);
  const result = adapterFor(kind).render(destination, samplePayloadSubject(), mcpServers);
  if (!result.ok) throw new Error(result.reason.message);
  return result.payload;
}

function requestFor(
  kind: DestinationKind,
  overrides: Partial<PublishRequest> = {},
  destination = destinationOf(kind),
  remote = remoteOf(kind),
): PublishRequest {
  const payload = renderSample(kind, destination, remote);
  return samplePublishRequest(payload, adapterFor(kind).seal(payload, sampleEnvelope), overrides);
}

function publish(kind: DestinationKind, overrides: Partial<AdapterContext> = {}, timeoutMs?: number) {
  return adapterFor(kind).publish(destinationOf(kind, timeoutMs), requestFor(kind), context(kind, overrides));
}

const remoteKinds = destinationKinds.filter((kind) => harnesses[kind].reach === "remote");
const repeatingKinds = remoteKinds.filter((kind) => adapterFor(kind).retriesLostReplies);

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
    const outcome = await adapterFor(kind).publish(destinationOf(kind), request, context(kind));
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: expect.any(String) } });
    expect(remoteOf(kind).requests).toHaveLength(0);
  });
});

describe.each(destinationKinds)("%s, set up", (kind) => {
  const adapter = adapterFor(kind);

  it("is ready when its settings are complete", () => {
    expect(adapter.readiness(destinationOf(kind), context(kind))).toEqual([]);
  });

  it("renders the same payload for the same input, as plain JSON of the stated size", () => {
    const payload = renderSample(kind);
    expect(renderSample(kind)).toEqual(payload);
    expect(JSON.parse(JSON.stringify(payload.content))).toEqual(payload.content);
    expect(payload.byteLength).toBe(Buffer.byteLength(JSON.stringify(payload.content)));
    expect(payload.targetRef.length).toBeLessThanOrEqual(500);
    expect(payload.rendered.title).toBe(harnesses[kind].title ?? "Checkout times out");
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
      ...harnesses[kind].sealed?.(payload.content),
      delivery_id: sampleEnvelope.deliveryId,
      idempotency_key: sampleEnvelope.idempotencyKey,
      created_at_ms: sampleEnvelope.createdAtMs,
    });
  });

  it("renders a test that says so and holds no incident text", () => {
    const result = adapter.renderTest(destinationOf(kind), context(kind).mcpServers);
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
  const harness = harnesses[kind];
  const outcomes = harness.reach === "remote" ? Object.entries(harness.outcomes) : [];

  it.each(outcomes)("%s", async (name, expected) => {
    const remote = remoteOf(kind);
    const step = misbehaviours[name as Misbehaviour];
    remote.script(step);
    // Short only where waiting is the point: elsewhere a busy machine must not turn an answer into a timeout.
    const timeoutMs = step.kind === "hang" || step.kind === "drip" ? 1_000 : undefined;
    const outcome = await publish(kind, {}, timeoutMs);
    expect(outcome).toMatchObject(expected);
    // One call is one attempt, whatever came of it: trying again is the worker's.
    expect(remote.requests).toHaveLength(1);
    const excerpt = "exchange" in outcome ? (outcome.exchange?.responseExcerpt ?? "") : "";
    expect(excerpt.length).toBeLessThanOrEqual(16_384);
    expect(excerpt).not.toContain("\u0000");
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it.each([301, 302, 303, 307, 308])(
    "a %i redirect to this machine is named and not followed",
    async (status) => {
      const other = await startWebhookReceiver();
      remoteOf(kind).script({ kind: "redirect", status, location: `${other.url}?token=tok-9` });
      const outcome = await publish(kind);
      expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "redirect_refused" } });
      expect(JSON.stringify(outcome)).toContain("never followed");
      expect(JSON.stringify(outcome)).not.toContain("tok-9");
      expect(other.connectionCount).toBe(0);
      await other.close();
    },
  );

  it("cancelled while waiting: may be tried again where that is one effect, and is ambiguous elsewhere", async () => {
    const controller = new AbortController();
    const remote = remoteOf(kind);
    remote.script({ kind: "hang" });
    const received = remote.waitForRequest();
    const pending = publish(kind, { signal: controller.signal });
    await received;
    controller.abort();
    const outcome = adapterFor(kind).retriesLostReplies ? "retryable" : "ambiguous";
    expect(await pending).toMatchObject({ outcome, reason: { code: "cancelled" } });
  });

  it("nobody listening: may be tried again, nothing was sent", async () => {
    const gone = await startRemote(kind);
    const destination = harness.destination(gone);
    const request = requestFor(kind, {}, destination, gone);
    const there = context(kind, {}, gone);
    await gone.close();
    const outcome = await adapterFor(kind).publish(destination, request, there);
    expect(outcome).toMatchObject({ outcome: "retryable", reason: { code: "connection_refused" } });
  });

  it("an address the policy refuses: rejected with its reason and no connection", async () => {
    const before = remoteOf(kind).connectionCount;
    const ready = destinationOf(kind);
    const destination = { ...ready, config: { ...ready.config, allow_private_networks: undefined } };
    const shut = context(kind, { privateNetworks: [] });
    expect(adapterFor(kind).readiness(destination, shut)).not.toEqual([]);
    const outcome = await adapterFor(kind).publish(destination, requestFor(kind), shut);
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "address_loopback" } });
    const outside = context(kind, { privateNetworks: ["10.0.0.0/8"] });
    const limited = await adapterFor(kind).publish(ready, requestFor(kind), outside);
    expect(limited).toMatchObject({ reason: { code: "address_outside_private_networks" } });
    expect(remoteOf(kind).connectionCount).toBe(before);
  });
});

describe.each(repeatingKinds)("%s", (kind) => {
  it("repeats a lost reply with the same body and key: one effect at the receiver", async () => {
    const remote = remoteOf(kind);
    const before = remote.effectCount;
    const request = requestFor(kind, { deliveryId: "bmwh_again", idempotencyKey: "key-again" });
    remote.script({ kind: "drop" }, { kind: "status", status: 202 }, { kind: "status", status: 202 });
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await adapterFor(kind).publish(destinationOf(kind), { ...request, attempt }, context(kind));
    }
    expect(new Set(remote.requests.map((seen) => seen.rawBody)).size).toBe(1);
    expect(new Set(remote.requests.map((seen) => seen.headers["idempotency-key"]))).toEqual(
      new Set(["key-again"]),
    );
    expect(remote.effectCount).toBe(before + 1);
  });
});

describe("which kinds repeat a lost reply", () => {
  it("a webhook does; an issue tracker never", () => {
    expect(repeatingKinds).toContain("webhook");
    const trackers = destinationKinds.filter((kind) => adapterFor(kind).issues);
    expect(trackers.filter((kind) => adapterFor(kind).retriesLostReplies)).toEqual([]);
  });
});

describe("the GitHub row that old configurations imply", () => {
  it.each([
    [undefined, ["repo_missing", "token_ref_missing"]],
    ["local/unassigned", ["repo_missing", "token_ref_missing"]],
    ["not-a-slug", ["repo_malformed", "token_ref_missing"]],
    ["acme/shop", ["token_ref_missing"]],
  ])("repo %s gives %j", (repo, expected) => {
    const destination = sampleDestination({ kind: "github_issue", repo });
    expect(
      adapterFor("github_issue")
        .readiness(destination, context("github_issue"))
        .map((item) => item.code),
    ).toEqual(expected);
  });
});
