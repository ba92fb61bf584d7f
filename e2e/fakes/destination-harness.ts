import type { AdapterContext } from "@/lib/destinations/destination";
import type { Destination, DestinationKind, JsonObject } from "@/lib/domain/config";
import { loopbackMcpClient, mcpServerOf, ticketDestination } from "./mcp-ground";
import { FakeTickets } from "./mcp-tools";
import { sampleDestination, sampleEnvelope } from "./sample-payload";
import { type Step, startWebhookReceiver, type WebhookReceiver } from "./webhook-receiver";

// For contract.test.ts alone: a new kind adds its line here and then passes the whole table.

/** What a kind talks to while it is tested: scripted, counted, on this machine. A webhook receiver will do for most. */
export type Remote = Pick<
  WebhookReceiver,
  "url" | "connectionCount" | "effectCount" | "script" | "waitForRequest" | "close"
> & { requests: Array<Pick<WebhookReceiver["requests"][number], "headers" | "rawBody">> };

/** How the other side misbehaves, one request at a time. */
export const misbehaviours = {
  "200": { kind: "status", status: 200 },
  "204": { kind: "status", status: 204 },
  "500": { kind: "status", status: 500 },
  "503 with Retry-After": retryAfter(503, "7"),
  "429 with Retry-After": retryAfter(429, "120"),
  "429 without": { kind: "status", status: 429 },
  "408": { kind: "status", status: 408 },
  "425": { kind: "status", status: 425 },
  "400": { kind: "status", status: 400 },
  "401": { kind: "status", status: 401 },
  "404": { kind: "status", status: 404 },
  "410": { kind: "status", status: 410 },
  "304": { kind: "status", status: 304 },
  "a lost reply": { kind: "drop" },
  "no reply in time": { kind: "hang" },
  "a reply that is not HTTP": { kind: "garbage" },
  "huge headers": { kind: "hugeHeaders", bytes: 50_000 },
  "a huge body": { kind: "huge", bytes: 10 * 1_048_576 },
  "a huge refusal": { kind: "huge", status: 400, bytes: 10 * 1_048_576 },
  "a reply that drips": { kind: "drip", status: 200, intervalMs: 10 },
  "a body that breaks off": { kind: "dropMidBody", status: 202, body: "{" },
  "a body of bytes that are no text": { kind: "status", status: 500, body: "\u0000\ud800oops" },
} satisfies Record<string, Step>;

export type Misbehaviour = keyof typeof misbehaviours;

/** What each of them comes to, as far as the table compares it. */
type Outcomes = Record<Misbehaviour, Record<string, unknown>>;

/** How the table reaches a kind: a ready destination, and whether publishing talks to anything. */
export type Harness = {
  destination: (remote: Remote, timeoutMs?: number) => Destination;
  /** What its context holds besides: servers it knows, and what the host opens unless the test says it itself. */
  ground?: (
    remote: Remote,
    base: Pick<AdapterContext, "fetch"> & { privateNetworks?: readonly string[] },
  ) => Partial<AdapterContext>;
  /** The title its payload shows to people; else the draft's own. */
  title?: string;
  /** What sealing makes of content members besides adding the envelope. */
  sealed?: (content: JsonObject) => JsonObject;
} & (
  | {
      reach: "remote";
      outcomes: Outcomes;
      /** What accepts a publish unless it is scripted otherwise; else a webhook receiver that knows this secret. */
      startRemote?: (secret: string) => Promise<Remote>;
    }
  | { reach: "local" }
);

export const harnesses: Record<DestinationKind, Harness> = {
  webhook: {
    reach: "remote",
    destination: (remote, timeoutMs = 10_000) =>
      sampleDestination({
        kind: "webhook",
        webhookUrl: remote.url,
        webhookSecretRef: "env:TANDEM_CONTRACT_SECRET",
        config: { allow_insecure_http: true, allow_private_networks: true, timeout_ms: timeoutMs },
      }),
    outcomes: {
      "200": { outcome: "published" },
      "204": { outcome: "published" },
      "500": { outcome: "retryable", reason: { code: "http_status" } },
      "503 with Retry-After": { outcome: "retryable", retryAfterMs: 7_000 },
      "429 with Retry-After": { outcome: "retryable", retryAfterMs: 120_000 },
      "429 without": { outcome: "retryable", retryAfterMs: undefined },
      "408": { outcome: "retryable" },
      "425": { outcome: "retryable" },
      "400": { outcome: "rejected", exchange: { statusCode: 400 } },
      "401": { outcome: "rejected" },
      "404": { outcome: "rejected" },
      "410": { outcome: "rejected", disableDestination: true },
      "304": { outcome: "rejected", reason: { code: "redirect_refused" } },
      "a lost reply": { outcome: "retryable", reason: { code: "connection_lost" } },
      "no reply in time": { outcome: "retryable", reason: { code: "timeout" } },
      "a reply that is not HTTP": { outcome: "retryable", reason: { code: "malformed_reply" } },
      "huge headers": { outcome: "retryable" },
      "a huge body": { outcome: "published", exchange: { responseTruncated: true } },
      "a huge refusal": { outcome: "rejected", exchange: { responseTruncated: true } },
      "a reply that drips": { outcome: "published" },
      "a body that breaks off": { outcome: "published", exchange: { responseTruncated: true } },
      "a body of bytes that are no text": { outcome: "retryable" },
    },
  },
  github_issue: {
    reach: "remote",
    startRemote: () => {
      const issue = { number: 7, html_url: "https://elsewhere.example.com/example/tracker/issues/7" };
      return startWebhookReceiver({
        otherwise: { kind: "status", status: 201, body: JSON.stringify(issue) },
      });
    },
    destination: (remote, timeoutMs = 10_000) =>
      sampleDestination({
        kind: "github_issue",
        repo: "example/tracker",
        config: {
          token_ref: "env:TANDEM_CONTRACT_SECRET",
          api_base_url: new URL(remote.url).origin,
          allow_insecure_http: true,
          allow_private_networks: true,
          timeout_ms: timeoutMs,
        },
      }),
    title: "Checkout: payment call has no deadline",
    sealed: withDeliveryMarkers,
    outcomes: {
      "200": { outcome: "ambiguous", reason: { code: "reply_unreadable" } },
      "204": { outcome: "ambiguous", reason: { code: "reply_unreadable" } },
      "500": { outcome: "ambiguous", reason: { code: "server_error" } },
      "503 with Retry-After": { outcome: "ambiguous", reason: { code: "server_error" } },
      "429 with Retry-After": { outcome: "retryable", retryAfterMs: 120_000 },
      "429 without": { outcome: "retryable", retryAfterMs: 60_000, reason: { code: "rate_limited" } },
      "408": { outcome: "ambiguous" },
      "425": { outcome: "retryable" },
      "400": { outcome: "rejected", exchange: { statusCode: 400 } },
      "401": { outcome: "rejected", reason: { code: "unauthorised" } },
      "404": { outcome: "rejected", reason: { code: "repo_not_found" } },
      "410": { outcome: "rejected", disableDestination: true, reason: { code: "issues_disabled" } },
      "304": { outcome: "rejected", reason: { code: "redirect_refused" } },
      "a lost reply": { outcome: "ambiguous", reason: { code: "connection_lost" } },
      "no reply in time": { outcome: "ambiguous", reason: { code: "timeout" } },
      "a reply that is not HTTP": { outcome: "ambiguous", reason: { code: "malformed_reply" } },
      "huge headers": { outcome: "ambiguous" },
      "a huge body": { outcome: "ambiguous", exchange: { responseTruncated: true } },
      "a huge refusal": { outcome: "rejected", exchange: { responseTruncated: true } },
      "a reply that drips": { outcome: "ambiguous" },
      "a body that breaks off": { outcome: "ambiguous", exchange: { responseTruncated: true } },
      "a body of bytes that are no text": { outcome: "ambiguous" },
    },
  },
  telemetry: { reach: "local", destination: () => sampleDestination({ kind: "telemetry" }) },
  linear_issue: {
    reach: "remote",
    startRemote: () => {
      const team = { id: "team-1", key: "SHOP", name: "Shop" };
      const project = { id: "project-1", name: "Reliability", teams: { nodes: [{ id: "team-1" }] } };
      const place = { teams: { nodes: [team] }, projects: { nodes: [project] }, issueLabels: { nodes: [] } };
      const issue = { id: "issue-1", identifier: "SHOP-1", title: "x", url: "https://linear.example/SHOP-1" };
      const answer = (data: unknown) =>
        ({ kind: "status", status: 200, body: JSON.stringify({ data }) }) as const;
      return startWebhookReceiver({
        aside: (rawBody) => (rawBody.includes("query Place") ? answer(place) : null),
        otherwise: answer({ issueCreate: { success: true, issue } }),
      });
    },
    destination: (remote, timeoutMs = 10_000) =>
      sampleDestination({
        kind: "linear_issue",
        ...{ linearTeam: "SHOP", linearProject: "Reliability" },
        config: {
          ...{ api_key_ref: "env:TANDEM_CONTRACT_SECRET", api_url: remote.url, timeout_ms: timeoutMs },
          ...{ allow_insecure_http: true, allow_private_networks: true },
        },
      }),
    title: "Checkout: payment call has no deadline",
    sealed: withShownDeliveryMarkers,
    outcomes: {
      "200": { outcome: "ambiguous", reason: { code: "reply_unreadable" } },
      "204": { outcome: "ambiguous", reason: { code: "reply_unreadable" } },
      "500": { outcome: "ambiguous", reason: { code: "server_error" } },
      "503 with Retry-After": { outcome: "ambiguous", reason: { code: "server_error" } },
      "429 with Retry-After": { outcome: "retryable", retryAfterMs: 120_000 },
      "429 without": { outcome: "retryable", retryAfterMs: 60_000, reason: { code: "rate_limited" } },
      "408": { outcome: "ambiguous" },
      "425": { outcome: "retryable" },
      "400": { outcome: "rejected", exchange: { statusCode: 400 } },
      "401": { outcome: "rejected", reason: { code: "unauthorised" } },
      "404": { outcome: "rejected", exchange: { statusCode: 404 } },
      "410": { outcome: "rejected", exchange: { statusCode: 410 } },
      "304": { outcome: "rejected", reason: { code: "redirect_refused" } },
      "a lost reply": { outcome: "ambiguous", reason: { code: "connection_lost" } },
      "no reply in time": { outcome: "ambiguous", reason: { code: "timeout" } },
      "a reply that is not HTTP": { outcome: "ambiguous", reason: { code: "malformed_reply" } },
      "huge headers": { outcome: "ambiguous" },
      "a huge body": { outcome: "ambiguous", exchange: { responseTruncated: true } },
      "a huge refusal": { outcome: "rejected", exchange: { responseTruncated: true } },
      "a reply that drips": { outcome: "ambiguous" },
      "a body that breaks off": { outcome: "ambiguous", exchange: { responseTruncated: true } },
      "a body of bytes that are no text": { outcome: "ambiguous" },
    },
  },
  mcp_tool: {
    reach: "remote",
    startRemote: () =>
      startWebhookReceiver({
        aside: mcpHandshake,
        otherwise: { kind: "status", status: 200, body: mcpAnswer(2, { content: [] }) },
      }),
    destination: (_remote, timeoutMs = 10_000) => ticketDestination({ timeout_ms: timeoutMs }),
    ground: (remote, base) => {
      const privateNetworks = base.privateNetworks ?? ["127.0.0.0/8"];
      return {
        privateNetworks,
        mcp: loopbackMcpClient(base.fetch, { privateNetworks }),
        mcpServers: new Map([["tickets", mcpServerOf(remote.url)]]),
      };
    },
    outcomes: {
      "200": { outcome: "ambiguous", reason: { code: "reply_unreadable" } },
      "204": { outcome: "ambiguous", reason: { code: "reply_unreadable" } },
      "500": { outcome: "ambiguous", reason: { code: "server_error" } },
      "503 with Retry-After": { outcome: "ambiguous", reason: { code: "server_error" } },
      "429 with Retry-After": { outcome: "retryable", retryAfterMs: 120_000 },
      "429 without": { outcome: "retryable", retryAfterMs: 60_000, reason: { code: "rate_limited" } },
      "408": { outcome: "ambiguous" },
      "425": { outcome: "retryable" },
      "400": { outcome: "rejected", exchange: { statusCode: 400 } },
      "401": { outcome: "blocked", reason: { code: "sign_in_required" } },
      "404": { outcome: "rejected", exchange: { statusCode: 404 } },
      "410": { outcome: "rejected", disableDestination: true, reason: { code: "gone" } },
      "304": { outcome: "rejected", reason: { code: "redirect_refused" } },
      "a lost reply": { outcome: "ambiguous", reason: { code: "connection_lost" } },
      "no reply in time": { outcome: "ambiguous", reason: { code: "timeout" } },
      "a reply that is not HTTP": { outcome: "ambiguous", reason: { code: "malformed_reply" } },
      "huge headers": { outcome: "ambiguous" },
      "a huge body": { outcome: "ambiguous", exchange: { responseTruncated: true } },
      "a huge refusal": { outcome: "rejected", exchange: { responseTruncated: true } },
      "a reply that drips": { outcome: "ambiguous" },
      "a body that breaks off": { outcome: "ambiguous", exchange: { responseTruncated: true } },
      "a body of bytes that are no text": { outcome: "ambiguous" },
    },
  },
  internal_memory: {
    reach: "local",
    destination: () => sampleDestination({ kind: "internal_memory" }),
  },
};

const mcpAnswer = (id: number, result: unknown) => JSON.stringify({ jsonrpc: "2.0", id, result });

/** Hello and the tools, so that only the call itself is scripted and counted; null for that one. */
function mcpHandshake(rawBody: string): Step | null {
  const { id, method } = JSON.parse(rawBody) as { id: number; method: string };
  const serverInfo = { name: "tickets", version: "1.0.0" };
  const results: Record<string, unknown> = {
    initialize: { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo },
    "tools/list": { tools: new FakeTickets().tools() },
  };
  if (method === "notifications/initialized") return { kind: "status", status: 202 };
  return method in results ? { kind: "status", status: 200, body: mcpAnswer(id, results[method]) } : null;
}

/** Issue trackers: body and comment end in the marker of the delivery. */
export function withDeliveryMarkers({ body, comment }: JsonObject): JsonObject {
  const marker = `\n<!-- tandem:delivery:v1:${sampleEnvelope.idempotencyKey} -->`;
  return { body: `${body}${marker}`, comment: { body: `${(comment as { body: string }).body}${marker}` } };
}

/** The same for a tracker that keeps Markdown and no HTML: the marker is a line of code. */
function withShownDeliveryMarkers({ body, comment }: JsonObject): JsonObject {
  const marker = `\n\`tandem:delivery:v1:${sampleEnvelope.idempotencyKey}\``;
  return { body: `${body}${marker}`, comment: { body: `${(comment as { body: string }).body}${marker}` } };
}

function retryAfter(status: number, seconds: string): Step {
  return { kind: "status", status, headers: { "retry-after": seconds } };
}

/** Rebuilt with keys in the opposite order, as a jsonb column might give them back. */
export function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, withKeysReversed(item)]),
  );
}
