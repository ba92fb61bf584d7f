import type { Destination, DestinationKind } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome, FoundIssue, LookOutcome } from "@/lib/domain/found-issue";
import type { McpClient, McpServers } from "@/lib/domain/mcp";
import type { DeliveryEnvelope, PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import type { Reason } from "@/lib/domain/reason";
import type { TestReceiver } from "@/lib/domain/test-receiver";
import type { SafeFetch } from "@/lib/net/safe-fetch";

/** What an adapter may use. Config and secrets arrive as values: adapters read no environment and no database. */
export type AdapterContext = {
  fetch: SafeFetch;
  /** The resolved value(s) of a secret reference, newest first; null when it is unset or not allowed (D-33). */
  resolveSecret: (reference: string) => { ok: true; values: string[] } | { ok: false; reason: Reason };
  /** CIDR blocks the host allows for private destinations, e.g. ["10.1.0.0/16"]; never set by the panel (D-34). */
  privateNetworks: readonly string[];
  nowMs: number;
  signal?: AbortSignal;
  /** Speaks to MCP servers; left out where none can be called. */
  mcp?: McpClient;
  /** The MCP servers of this deployment as last inspected; left out: none is known. */
  mcpServers?: McpServers;
  /** The receiver inside this product; left out where no server listens. */
  testReceiver?: TestReceiver;
};

/** What readiness is judged by: values, no network. */
export type ReadinessContext = Pick<
  AdapterContext,
  "resolveSecret" | "privateNetworks" | "mcp" | "mcpServers" | "testReceiver"
>;

/**
 * One governed kind. `readiness` and `render` are pure given their arguments; `publish` makes at most one external
 * effect and says what came of it. It never throws for what the other side did.
 */
export type DestinationAdapter = {
  kind: DestinationKind;
  /** Why this destination cannot publish now; empty when it can. No network. */
  readiness: (destination: Destination, context: ReadinessContext) => Reason[];
  /** The exact payload, bounded; what an approval freezes. `mcpServers`: for a kind that freezes which tool it calls. */
  render: (destination: Destination, subject: PayloadSubject, mcpServers?: McpServers) => RenderResult;
  /** The bytes to send: content plus the delivery's envelope. Same input, same bytes. */
  seal: (payload: Pick<RenderedPayload, "content" | "kind">, envelope: DeliveryEnvelope) => string;
  /** A harmless event marked as a test, with no incident text, for the Test button. */
  renderTest: (destination: Destination, mcpServers?: McpServers) => RenderResult;
  publish: (
    destination: Destination,
    request: PublishRequest,
    context: AdapterContext,
  ) => Promise<PublishOutcome>;
  /** The same key sent twice has one effect at the receiver, so a lost reply may be retried (D-10). */
  retriesLostReplies: boolean;
  /**
   * For a kind that is no tracker: asks whether this very delivery had its effect, by its key. null where the destination
   * declares nothing to ask with; then only a person can say (D-10).
   */
  lookUp?: (
    destination: Destination,
    request: PublishRequest,
    context: AdapterContext,
  ) => Promise<FindOutcome> | null;
  /** What an issue tracker can be asked besides; a kind without it is never looked up and never commented. */
  issues?: IssueTracker;
};

/** `markersOnly`: nothing reported is sent to ask with, so equal titles are told only where a list is read anyway. */
export type FindRequest = Pick<PublishRequest, "body" | "idempotencyKey" | "targetRef"> & {
  markersOnly?: boolean;
};

/** Reads may be repeated; `comment` is one effect, like `publish`, and ends as one. */
export type IssueTracker = {
  /**
   * Looks for the markers of a sealed payload over issues of every state, newest first, and for the delivery's own key over
   * issues and, when `within` names one, its comments.
   */
  find: (
    destination: Destination,
    request: FindRequest,
    context: AdapterContext,
    within?: Pick<FoundIssue, "externalId">,
  ) => Promise<FindOutcome>;
  /** One issue as it is now. */
  look: (destination: Destination, externalId: string, context: AdapterContext) => Promise<LookOutcome>;
  /** Posts the payload's own comment on an issue instead of making another. */
  comment: (
    destination: Destination,
    issue: FoundIssue,
    request: PublishRequest,
    context: AdapterContext,
  ) => Promise<PublishOutcome>;
};
