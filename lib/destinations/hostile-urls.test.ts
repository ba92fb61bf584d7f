import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileUrls } from "@/e2e/fakes/hostile-urls";
import { loopbackMcpClient, mcpServerOf, ticketDestination } from "@/e2e/fakes/mcp-ground";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import type { Destination } from "@/lib/domain/config";
import type { FoundIssue } from "@/lib/domain/found-issue";
import { type ClosableSafeFetch, createSafeFetch } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import { adapterFor } from "./registry";

let receiver: WebhookReceiver;
let fetch: ClosableSafeFetch;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  // Every name leads to where somebody listens.
  fetch = createSafeFetch({ resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
});
afterAll(async () => {
  await fetch.destroy();
  await receiver.close();
});

type Place = { destination: Destination; ground: Partial<AdapterContext> };

/** A destination of each kind that leads there, with everything else in order. `open`: plain http is allowed. */
const places: Record<string, (url: string, open: boolean) => Place> = {
  webhook: (url, open) => ({
    destination: sampleDestination({
      ...{ kind: "webhook", webhookUrl: url, webhookSecretRef: "env:TANDEM_SECRET" },
      config: { allow_insecure_http: open },
    }),
    ground: {},
  }),
  github_issue: (url, open) => ({
    destination: sampleDestination({
      ...{ kind: "github_issue", repo: "example/tracker" },
      config: { token_ref: "env:TANDEM_SECRET", api_base_url: url, allow_insecure_http: open },
    }),
    ground: {},
  }),
  linear_issue: (url, open) => ({
    destination: sampleDestination({
      ...{ kind: "linear_issue", linearTeam: "SHOP", linearProject: "Reliability" },
      config: { api_key_ref: "env:TANDEM_SECRET", api_url: url, allow_insecure_http: open },
    }),
    ground: {},
  }),
  mcp_tool: (url, open) => ({
    destination: ticketDestination(),
    ground: {
      // With a network open to the host that none of the forms is in: it opens nothing else.
      mcp: loopbackMcpClient(fetch, { privateNetworks: open ? ["10.9.0.0/16"] : [] }),
      mcpServers: new Map([["tickets", mcpServerOf(url, { authRef: "env:TANDEM_SECRET" })]]),
    },
  }),
};

const urls = () => [...new Set(hostileUrls(receiver.port))];
/** The same over plain http with http allowed, so that the scheme is not what saves us. */
const forms = () =>
  urls().flatMap((url) => [
    { url, open: false },
    { url: url.replace(/^https:/i, "http:"), open: true },
  ]);

const issue: FoundIssue = {
  ...{ externalId: "1", reference: "#1", url: null, title: "Checkout times out", state: "open" },
  createdAtMs: null,
};

function contextOf(ground: Partial<AdapterContext>): AdapterContext {
  return {
    fetch,
    resolveSecret: () => ({ ok: true, values: ["a-secret-nobody-may-see-a-secret-nobody-may-see"] }),
    privateNetworks: [],
    nowMs: Date.now(),
    ...ground,
  };
}

/** What every call of an adapter that could reach the network ends with, readiness not asked. */
async function outcomesOf({ destination, ground }: Place): Promise<string[]> {
  const adapter = adapterFor(destination.kind);
  const context = contextOf(ground);
  const rendered = adapter.render(destination, samplePayloadSubject(), context.mcpServers);
  const tested = adapter.renderTest(destination, context.mcpServers);
  // A form so odd that nothing can be rendered for it sends nothing.
  if (!rendered.ok || !tested.ok) return ["rejected"];
  const requestOf = (payload: typeof rendered.payload, test: boolean) =>
    samplePublishRequest(payload, adapter.seal(payload, sampleEnvelope), { test });
  const request = requestOf(rendered.payload, false);
  const called = await Promise.all([
    adapter.publish(destination, request, context),
    adapter.publish(destination, requestOf(tested.payload, true), context),
    adapter.issues?.find(destination, request, context),
    adapter.issues?.find(destination, request, context, issue),
    adapter.issues?.look(destination, "1", context),
    adapter.issues?.comment(destination, issue, request, context),
    adapter.lookUp?.(destination, request, context),
  ]);
  return called.flatMap((each) => (each ? [each.outcome] : []));
}

describe.each(Object.entries(places))("a %s at a hostile URL", (kind, placeOf) => {
  it("is told apart or refused on connecting: no call opens a connection", async () => {
    const all = forms();
    expect(urls().length).toBeGreaterThanOrEqual(140);
    const wrong: string[] = [];
    for (const { url, open } of all) {
      const outcomes = await outcomesOf(placeOf(url, open));
      // Unreachable, timed out or answered would all mean that somebody was knocked at.
      if (!outcomes.every((each) => each === "rejected" || each === "unknown"))
        wrong.push(`${url}: ${outcomes}`);
    }
    expect(wrong).toEqual([]);
    expect(receiver.connectionCount).toBe(0);
  }, 60_000);

  it("is not ready", () => {
    const ready = urls().filter((url) => {
      const { destination, ground } = placeOf(url, false);
      return adapterFor(destination.kind).readiness(destination, contextOf(ground)).length === 0;
    });
    // Left out, a tracker's address is its own; of the hostile forms only that one is no address at all.
    const isTracker = kind === "github_issue" || kind === "linear_issue";
    expect(ready).toEqual(isTracker ? [""] : []);
  });
});
