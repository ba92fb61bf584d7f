import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type McpFake, type McpStep, startMcpFake } from "@/e2e/fakes/mcp";
import { loopbackMcpClient, mcpServerOf, ticketDestination, ticketMapping } from "@/e2e/fakes/mcp-ground";
import { sampleEnvelope, samplePayloadSubject, samplePublishRequest } from "@/e2e/fakes/sample-payload";
import type { Destination } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import type { McpServer } from "@/lib/domain/mcp";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import { mcpToolAdapter } from "./mcp-tool";

const fetch = createSafeFetch();
let fake: McpFake;
let server: McpServer;

beforeEach(async () => {
  fake = await startMcpFake();
  server = mcpServerOf(fake.url);
});
afterEach(() => fake.close());
afterAll(() => fetch.destroy());

const serversOf = (...servers: McpServer[]) => new Map(servers.map((each) => [each.name, each]));

function context(overrides: Partial<AdapterContext> = {}): AdapterContext {
  return {
    fetch,
    resolveSecret: () => ({ ok: true, values: ["unused"] }),
    privateNetworks: ["127.0.0.0/8"],
    nowMs: Date.now(),
    mcp: loopbackMcpClient(fetch),
    mcpServers: serversOf(server),
    ...overrides,
  };
}

function render(destination = ticketDestination(), subject = samplePayloadSubject()) {
  const rendered = mcpToolAdapter.render(destination, subject, serversOf(server));
  if (!rendered.ok) throw new Error(rendered.reason.message);
  return rendered.payload;
}

function requestFor(
  destination = ticketDestination(),
  overrides: Partial<PublishRequest> = {},
): PublishRequest {
  const payload = render(destination);
  return samplePublishRequest(payload, mcpToolAdapter.seal(payload, sampleEnvelope), overrides);
}

const publish = (
  destination: Destination = ticketDestination(),
  overrides: Partial<AdapterContext> = {},
  request = requestFor(destination),
) => mcpToolAdapter.publish(destination, request, context(overrides));

describe("a call", () => {
  it("case 115: maps placeholders, keeps literals, and its receipt has names of arguments only", async () => {
    const payload = { ...ticketMapping, seen: "$incident.occurrence_count", key: "$idempotency_key" };
    const destination = ticketDestination({ payload });
    const learned = { recurrenceCount: 7 } as PublishRequest["learned"];
    const outcome = await publish(destination, {}, requestFor(destination, { learned }));
    expect(fake.tickets.tickets).toEqual([
      expect.objectContaining({
        arguments: {
          title: "Checkout times out",
          body: "POST /checkout answered 504 three times.\nUpstream: payments.",
          labels: ["payments"],
          priority: "high",
          key: sampleEnvelope.idempotencyKey,
          seen: 7,
        },
      }),
    ]);
    expect(outcome).toMatchObject({
      outcome: "published",
      externalUrl: "https://tickets.example.com/T-1",
      receipt: {
        provider: "mcp_tool",
        operation: "call_mcp_tool",
        ...{ server: "tickets", tool: "create_ticket", namespaced_tool: "mcp.tickets.create_ticket" },
        target_ref: "mcp:tickets/mcp.tickets.create_ticket",
        schema_hash: server.tools[0]?.schemaHash,
        argument_names: ["body", "key", "labels", "priority", "seen", "title"],
        arguments_redacted: true,
        metadata_keys: ["tickets/id", "trace"],
      },
      exchange: { statusCode: 200, responseExcerpt: "opened T-1" },
    });
    const { receipt } = outcome as { receipt: unknown };
    expect(JSON.stringify(receipt)).not.toMatch(/Checkout|POST|payments|"high"/);
  });

  it("keeps what a tool says to a thousand characters", async () => {
    fake.tickets.padding = 5_000;
    const outcome = await publish();
    expect(outcome).toMatchObject({ outcome: "published", exchange: { responseTruncated: true } });
    const excerpt = (outcome as { exchange?: { responseExcerpt?: string } }).exchange?.responseExcerpt;
    expect(excerpt?.length).toBe(1_000);
  });

  it("leaves out what the record does not have", async () => {
    const destination = ticketDestination({
      payload: { title: "$draft.title", body: "$draft.model", labels: ["$draft.model", "fixed"] },
    });
    const content = render(destination).content as { arguments: unknown };
    expect(content.arguments).toEqual({ title: "Checkout times out", labels: [null, "fixed"] });
  });

  it("a title that reads like a placeholder is a title", async () => {
    const subject = samplePayloadSubject({ draft: { title: "$idempotency_key" } });
    const payload = render(ticketDestination({ payload: { title: "$draft.title" } }), subject);
    const request = samplePublishRequest(payload, mcpToolAdapter.seal(payload, sampleEnvelope));
    await mcpToolAdapter.publish(ticketDestination(), request, context());
    expect(fake.tickets.tickets[0]?.arguments).toEqual({ title: "$idempotency_key" });
  });

  it("answers in JSON count as well as an event stream, and one that stays open is not waited for", async () => {
    const json = await startMcpFake({ json: true });
    const there = mcpServerOf(json.url, { identity: server.identity });
    expect(await publish(ticketDestination(), { mcpServers: serversOf(there) })).toMatchObject({
      outcome: "published",
    });
    await json.close();
    fake.script({ kind: "openStream" });
    expect(await publish(ticketDestination({ timeout_ms: 15_000 }))).toMatchObject({
      outcome: "published",
      exchange: { responseTruncated: false },
    });
  });

  it("ends its session, and asks for no standing stream", async () => {
    await publish();
    expect(fake.methods).toEqual([
      ...["initialize", "notifications/initialized", "tools/list", "tools/call", "DELETE"],
    ]);
    expect(fake.sessionCount).toBe(0);
  });
});

describe("what is not called", () => {
  it("case 116: an unknown placeholder is refused by its name, before anybody is asked", async () => {
    const destination = ticketDestination({
      payload: { title: "$draft.title", body: { deep: ["$draft.nobody"] } },
    });
    expect(
      mcpToolAdapter.readiness(ticketDestination({ payload: { title: "$draft.nobody" } }), context()),
    ).toEqual([]);
    expect(await publish(destination)).toMatchObject({
      outcome: "rejected",
      reason: { code: "placeholder_unknown", message: expect.stringContaining("$draft.nobody") },
    });
    expect(fake.connectionCount).toBe(0);
  });

  it("a tool that takes other arguments than those approved", async () => {
    const request = requestFor();
    fake.tickets.extraRequired = ["team"];
    expect(await publish(ticketDestination(), {}, request)).toMatchObject({
      outcome: "rejected",
      reason: { code: "tool_changed" },
    });
    expect(fake.methods).not.toContain("tools/call");
  });

  it("a tool that is gone, and a server of the same name at another address", async () => {
    const request = requestFor();
    fake.tickets.tools = () => [];
    expect(await publish(ticketDestination(), {}, request)).toMatchObject({
      outcome: "rejected",
      reason: { code: "mcp_tool_unknown" },
    });
    const moved = mcpServerOf(fake.url, { identity: "another" });
    expect(await publish(ticketDestination(), { mcpServers: serversOf(moved) }, request)).toMatchObject({
      reason: { code: "target_changed" },
    });
  });

  it("a tool that the server's list does not allow any more", async () => {
    const request = requestFor();
    const narrowed = mcpServerOf(fake.url, { allowedTools: ["find_ticket"] });
    expect(await publish(ticketDestination(), { mcpServers: serversOf(narrowed) }, request)).toMatchObject({
      outcome: "rejected",
      reason: { code: "mcp_tool_not_allowed" },
    });
    expect(fake.connectionCount).toBe(0);
  });

  it("with arguments that its schema refuses once they are filled in", async () => {
    const subject = samplePayloadSubject({ draft: { title: "" } });
    const payload = render(ticketDestination(), subject);
    const request = samplePublishRequest(payload, mcpToolAdapter.seal(payload, sampleEnvelope));
    expect(await publish(ticketDestination(), {}, request)).toMatchObject({
      outcome: "rejected",
      reason: { code: "arguments_do_not_fit", message: expect.stringContaining("title must be at least 1") },
    });
    expect(fake.methods).not.toContain("tools/call");
  });

  it("a test: it asks for the tools and calls none", async () => {
    const rendered = mcpToolAdapter.renderTest(ticketDestination(), serversOf(server));
    if (!rendered.ok) throw new Error("no test");
    const body = mcpToolAdapter.seal(rendered.payload, sampleEnvelope);
    const request = samplePublishRequest(rendered.payload, body, { test: true });
    expect(await publish(ticketDestination(), {}, request)).toMatchObject({
      outcome: "published",
      receipt: { operation: "check_mcp_tool", test: true },
    });
    expect(fake.methods).not.toContain("tools/call");
    const called = await publish(ticketDestination(), {}, { ...request, test: false });
    expect(called).toMatchObject({ outcome: "rejected", reason: { code: "payload_malformed" } });
  });
});

describe("misbehaviour", () => {
  it.each<[string, McpStep, Record<string, unknown>, number]>([
    [
      "case 117: a tool failure",
      { kind: "isError" },
      { outcome: "rejected", reason: { code: "mcp_tool_failed" } },
      0,
    ],
    [
      "case 117: a sign-in",
      { kind: "signIn" },
      { outcome: "blocked", reason: { code: "sign_in_required" } },
      0,
    ],
    [
      "an elicitation by URL",
      { kind: "throws", code: -32042, message: "sign in at https://x.example" },
      { outcome: "blocked" },
      0,
    ],
    ["invalid parameters", { kind: "throws", code: -32602, message: "no" }, { outcome: "rejected" }, 0],
    ["an internal error", { kind: "throws", code: -32603, message: "no" }, { outcome: "ambiguous" }, 0],
    ["the reply is lost after the write", { kind: "drop" }, { outcome: "ambiguous" }, 1],
    ["the reply is lost before it", { kind: "drop", writes: false }, { outcome: "ambiguous" }, 0],
    [
      "no reply in time",
      { kind: "hang", writes: true },
      { outcome: "ambiguous", reason: { code: "timeout" } },
      1,
    ],
    [
      "a reply after 20 s",
      { kind: "delay", ms: 20_000 },
      { outcome: "ambiguous", reason: { code: "timeout" } },
      0,
    ],
    ["a 502 after the write", { kind: "status", status: 502, writes: true }, { outcome: "ambiguous" }, 1],
    [
      "401",
      { kind: "status", status: 401, headers: { "www-authenticate": "Bearer" } },
      { outcome: "blocked" },
      0,
    ],
    ["a huge reply", { kind: "huge", bytes: 6_000_000 }, { outcome: "ambiguous" }, 1],
    [
      "a reply that is no MCP",
      { kind: "malformed" },
      { outcome: "ambiguous", reason: { code: "reply_unreadable" } },
      1,
    ],
    ["a stream without an answer", { kind: "emptyStream", writes: true }, { outcome: "ambiguous" }, 1],
    ["202 and no answer", { kind: "status", status: 202, writes: true }, { outcome: "ambiguous" }, 1],
  ])("%s", async (_name, step, expected, made) => {
    fake.script(step);
    const timeoutMs = step.kind === "hang" || step.kind === "delay" ? 1_000 : 15_000;
    const outcome = await publish(ticketDestination({ timeout_ms: timeoutMs }));
    expect(outcome).toMatchObject(expected);
    expect(fake.tickets.tickets).toHaveLength(made);
    expect(fake.methods.filter((method) => method === "tools/call")).toHaveLength(1);
    // What a tool says may quote its arguments: it stands in the excerpt, which is redacted, and nowhere else.
    expect(JSON.stringify({ ...outcome, exchange: null })).not.toMatch(/Checkout|POST \/checkout/);
  });

  it("before the call nothing was done: it may be tried again", async () => {
    const request = requestFor();
    fake.answerAll(503);
    expect(await publish(ticketDestination(), {}, request)).toMatchObject({ outcome: "retryable" });
    fake.answerAll(401);
    expect(await publish(ticketDestination(), {}, request)).toMatchObject({ outcome: "blocked" });
    await fake.close();
    expect(await publish(ticketDestination(), {}, request)).toMatchObject({ outcome: "retryable" });
  });

  it("cancelled while the tool works: nobody knows", async () => {
    const stop = new AbortController();
    fake.script({ kind: "hang", writes: true });
    const called = fake.waitForCall();
    const pending = publish(ticketDestination(), { signal: stop.signal });
    await called;
    stop.abort();
    expect(await pending).toMatchObject({ outcome: "ambiguous", reason: { code: "cancelled" } });
  });
});

describe("looking", () => {
  const looking = ticketDestination({
    lookup_tool: "mcp.tickets.find_ticket",
    lookup_arguments: { key: "$idempotency_key" },
    lookup_path: "tickets",
  });
  const look = (request: PublishRequest) => mcpToolAdapter.lookUp?.(looking, request, context());

  it("asks with the frozen arguments and finds what a lost reply left", async () => {
    fake.script({ kind: "drop" });
    const request = requestFor(looking);
    expect(await publish(looking, {}, request)).toMatchObject({ outcome: "ambiguous" });
    expect(await look(request)).toMatchObject({
      outcome: "found",
      ownEffect: { issue: { url: "https://tickets.example.com/T-1" } },
    });
    expect(fake.tickets.effects()).toEqual(new Map([[sampleEnvelope.idempotencyKey, 1]]));
  });

  it("nothing there is absent; a server that does not answer says nothing", async () => {
    const request = requestFor(looking);
    expect(await look(request)).toMatchObject({ outcome: "absent" });
    fake.answerAll(500);
    expect(await look(request)).toMatchObject({ outcome: "unknown" });
  });

  it("without a declared tool there is nobody to ask", () => {
    expect(mcpToolAdapter.lookUp?.(ticketDestination(), requestFor(), context())).toBeNull();
  });
});

describe("readiness", () => {
  const codes = (
    destination: Destination,
    servers: McpServer[] = [server],
    more: Partial<AdapterContext> = {},
  ) =>
    mcpToolAdapter
      .readiness(destination, context({ mcpServers: serversOf(...servers), ...more }))
      .map((each) => each.code);

  it.each<[string, Record<string, unknown>, string[]]>([
    ["off by default", { allow_publish: undefined }, ["mcp_publish_not_allowed"]],
    ["a word is not true", { allow_publish: "true" }, ["mcp_publish_not_allowed"]],
    ["the other name", { allow_publish: undefined, allow_mcp_publish: true }, []],
    ["case 115: no mapping", { payload: undefined }, ["payload_mapping_missing"]],
    ["case 115: a malformed mapping", { payload: ["$draft.title"] }, ["payload_mapping_malformed"]],
    ["an empty mapping", { payload: {} }, ["payload_mapping_malformed"]],
    ["a mapping the tool does not take", { payload: { title: ["x"] } }, ["mapping_does_not_fit"]],
    ["a mapping without what it needs", { payload: { body: "x" } }, ["mapping_does_not_fit"]],
    ["the older name", { payload: undefined, arguments: { title: "x" } }, []],
    ["a look-up without arguments", { lookup_tool: "find_ticket" }, ["lookup_malformed"]],
    [
      "a look-up that publishes",
      { lookup_tool: "create_ticket", lookup_arguments: { title: "x" } },
      ["lookup_is_publish"],
    ],
    ["an unknown look-up", { lookup_tool: "nobody", lookup_arguments: { key: "x" } }, ["mcp_tool_unknown"]],
  ])("%s", (_name, config, expected) => {
    expect(codes(ticketDestination(config))).toEqual(expected);
  });

  it("names the server's own trouble", () => {
    const destination = ticketDestination();
    const offline = { lastError: { code: "timeout", message: "It did not answer." } };
    expect(codes(destination, [])).toEqual(["mcp_server_unknown"]);
    expect(codes(destination, [mcpServerOf(fake.url, { enabled: false })])).toEqual(["mcp_server_disabled"]);
    expect(codes(destination, [mcpServerOf(fake.url, offline)])).toEqual(["mcp_server_not_connected"]);
    expect(codes(destination, [mcpServerOf(fake.url, { connectedAtMs: null, tools: [] })])).toEqual([
      "mcp_server_not_connected",
    ]);
    expect(codes(destination, [mcpServerOf(fake.url, { allowedTools: [] })])).toEqual([
      "mcp_tool_not_allowed",
    ]);
    expect(codes({ ...destination, mcpTool: "nobody" })).toEqual(["mcp_tool_unknown"]);
    expect(codes({ ...destination, mcpTool: undefined })).toEqual(["mcp_tool_missing"]);
    expect(codes({ ...destination, mcpServer: undefined })).toEqual(["mcp_server_missing"]);
  });

  it("goes by the host's networks, not by the destination's own switches", () => {
    const mcp = loopbackMcpClient(fetch, { privateNetworks: [] });
    const opted = ticketDestination({ allow_private_networks: true, allow_insecure_http: true });
    expect(codes(opted, [server], { mcp })).toContain("address_loopback");
  });

  it("asks nobody", () => {
    codes(ticketDestination());
    expect(fake.connectionCount).toBe(0);
  });
});
