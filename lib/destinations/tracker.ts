import type { Destination } from "@/lib/domain/config";
import type { Exchange, PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome, FoundIssue, LookOutcome } from "@/lib/domain/found-issue";
import { type Reason, reason } from "@/lib/domain/reason";
import type { AdapterContext, DestinationAdapter, IssueTracker, ReadinessContext } from "./destination";
import type { TrackerDialect, TrackerIssue } from "./tracker-dialect";
import {
  checkOperation,
  chooseServer,
  commentOperation,
  createOperation,
  renderTracker,
  renderTrackerTest,
} from "./tracker-payload";
import { readTrackerReply } from "./tracker-reply";
import { findInTracker, lookInTracker } from "./tracker-search";
import { callTracker, changedTool, openTracker, type TrackerSession, unknownFrom } from "./tracker-session";

export type TrackerAdapter = DestinationAdapter & { issues: IssueTracker };

/**
 * Issues filed through an MCP server that can list, read, create and comment (reference 4.1, 4.2). One call an effect, its
 * arguments shaped by the tool's schema and never tried out in another form (W-42); what got lost is looked for by the
 * delivery's own marker before anything is made again (D-10).
 */
export function trackerAdapter(dialect: TrackerDialect): TrackerAdapter {
  const open = openTracker.bind(null, dialect);
  return {
    kind: dialect.kind,
    retriesLostReplies: false,
    readiness: (destination, context) => readiness(dialect, destination, context),
    render: (destination, subject, servers) => renderTracker(dialect, destination, subject, servers),
    renderTest: (destination, servers) => renderTrackerTest(dialect, destination, servers),
    seal: dialect.seal,
    publish: async (destination, request, context) => {
      const opened = await open(destination, request, context);
      if (!opened.ok) return opened.stop;
      return closing(opened.tracker, () => create(opened.tracker, destination, request));
    },
    issues: {
      find: async (destination, request, context, within) =>
        find(dialect, destination, request, context, within),
      look: async (destination, externalId, context) => look(dialect, destination, externalId, context),
      comment: async (destination, issue, request, context) => {
        if (!dialect.isExternalId(issue.externalId)) return { outcome: "rejected", reason: noIssueId };
        const opened = await open(destination, request, context);
        if (!opened.ok) return opened.stop;
        return closing(opened.tracker, () => comment(opened.tracker, destination, issue, request));
      },
    },
  };
}

function readiness(dialect: TrackerDialect, destination: Destination, context: ReadinessContext): Reason[] {
  const target = dialect.target(destination);
  const chosen = chooseServer(dialect, target, context.mcpServers);
  const server = context.mcpServers?.get(target.serverName);
  const obstacles = server?.enabled ? (context.mcp?.obstacles(server) ?? []) : [];
  return [...target.problems, ...obstacles, ...(chosen.ok ? [] : chosen.reasons)];
}

async function closing<T>({ session }: TrackerSession, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } finally {
    await session.close();
  }
}

async function create(
  tracker: TrackerSession,
  destination: Destination,
  request: PublishRequest,
): Promise<PublishOutcome> {
  const { dialect, payload } = tracker;
  const changed = changedTool(tracker);
  if (changed) return changed;
  if (request.test) return check(tracker, destination, request);
  if (!payload) return { outcome: "rejected", reason: testIsNoIssue };
  const { title, body, filedWith } = payload;
  const called = await callTracker(tracker, "create", { ...filedWith, title, body });
  if (!called.ok) return called.stop;
  const { result } = called;
  const made = madeIssue(tracker, result);
  if (!made) return ambiguous(result.exchange);
  return {
    outcome: "published",
    externalId: made.externalId,
    externalUrl: made.url ?? undefined,
    externalTitle: titleOf(dialect, made, request),
    receipt: {
      ...receiptOf(tracker, destination, request, createOperation),
      ...issueFacts(made, result.exchange),
    },
    exchange: result.exchange,
  };
}

async function comment(
  tracker: TrackerSession,
  destination: Destination,
  issue: FoundIssue,
  request: PublishRequest,
): Promise<PublishOutcome> {
  const { dialect, payload } = tracker;
  const changed = changedTool(tracker);
  if (changed) return changed;
  if (request.test || !payload) return { outcome: "rejected", reason: testIsNoIssue };
  const called = await callTracker(tracker, "comment", {
    issue: issue.externalId,
    body: payload.commentBody,
  });
  if (!called.ok) return called.stop;
  const { result } = called;
  // That it was made is what the answer says by being no error; which one it is, servers do not always tell.
  const [made] = readTrackerReply(result, dialect.readComment).items;
  return {
    outcome: "published",
    operation: commentOperation,
    externalId: issue.externalId,
    externalUrl: made?.commentUrl ?? issue.url ?? undefined,
    externalTitle: `Comment on ${titleOf(dialect, issue, request)}`,
    receipt: {
      ...receiptOf(tracker, destination, request, commentOperation),
      ...issueFacts(issue, result.exchange),
      comment_id: made?.commentId ?? null,
      comment_url: made?.commentUrl ?? null,
    },
    exchange: result.exchange,
  };
}

async function find(
  dialect: TrackerDialect,
  destination: Destination,
  request: Pick<PublishRequest, "body" | "idempotencyKey" | "targetRef">,
  context: AdapterContext,
  within?: Pick<FoundIssue, "externalId">,
): Promise<FindOutcome> {
  if (within && !dialect.isExternalId(within.externalId)) return { outcome: "unknown", reason: noIssueId };
  const opened = await openTracker(dialect, destination, request, context);
  if (!opened.ok) return unknownFrom(opened.stop);
  const { tracker } = opened;
  const { payload } = tracker;
  return closing(tracker, async () => {
    if (!payload) return { outcome: "absent", suggestions: [] };
    return findInTracker(tracker, payload, request.idempotencyKey, within);
  });
}

async function look(
  dialect: TrackerDialect,
  destination: Destination,
  externalId: string,
  context: AdapterContext,
): Promise<LookOutcome> {
  if (!dialect.isExternalId(externalId)) return { outcome: "unknown", reason: noIssueId };
  const opened = await openTracker(dialect, destination, null, context);
  if (!opened.ok) return unknownFrom(opened.stop);
  return closing(opened.tracker, () => lookInTracker(opened.tracker, externalId));
}

/** What Test does: the tools are those that were shown, and one page of issues can be read. */
async function check(
  tracker: TrackerSession,
  destination: Destination,
  request: PublishRequest,
): Promise<PublishOutcome> {
  const called = await callTracker(tracker, "list", { pageSize: 1 });
  if (!called.ok) return called.stop.outcome === "ambiguous" ? retryable(called.stop) : called.stop;
  return {
    outcome: "published",
    operation: checkOperation,
    externalId: request.deliveryId,
    externalTitle: "Issues can be read through the MCP server",
    receipt: { ...receiptOf(tracker, destination, request, checkOperation), status: "checked", test: true },
    exchange: called.result.exchange,
  };
}

const retryable = (stop: { reason: Reason; exchange?: Exchange }): PublishOutcome => ({
  ...{ outcome: "retryable", reason: stop.reason, exchange: stop.exchange },
});

function madeIssue(
  { dialect, target }: TrackerSession,
  result: Parameters<typeof readTrackerReply>[0],
): FoundIssue | null {
  const { items } = readTrackerReply(result, (fields) => dialect.readIssue(fields, target));
  const made = items.find((item): item is TrackerIssue => item !== "other");
  return made?.issue ?? dialect.linkedIssue(result.text, target);
}

/** It did not fail, and does not say what it made: the marker tells. */
const ambiguous = (exchange: Exchange): PublishOutcome => ({
  outcome: "ambiguous",
  reason: reason("reply_unreadable", "The MCP tool's answer names no issue; it is looked for by its marker."),
  exchange,
});

const titleOf = (dialect: TrackerDialect, { reference }: FoundIssue, { targetRef }: PublishRequest) =>
  dialect.provider === "github" ? `${targetRef}${reference}` : reference;

const testIsNoIssue = reason("payload_malformed", "The payload is a test's, which is never filed.");
const noIssueId = reason("issue_number_malformed", "This is not what the tracker calls one of its issues.");

const issueFacts = ({ externalId, reference, url }: FoundIssue, exchange: Exchange) => ({
  issue_id: externalId,
  ...(/^\d+$/.test(externalId) && { issue_number: Number(externalId) }),
  issue_identifier: reference,
  issue_url: url,
  status_code: exchange.statusCode ?? null,
});

function receiptOf(
  { dialect, target, pins, payload }: TrackerSession,
  destination: Destination,
  request: PublishRequest,
  operation: string,
): Record<string, unknown> {
  const pin = operation === commentOperation ? pins?.comment : pins?.create;
  return {
    ...{ provider: dialect.provider, operation, status: "posted" },
    destination_id: destination.destinationId,
    delivery_id: request.deliveryId,
    idempotency_key: request.idempotencyKey,
    ...(dialect.provider === "github" && { repo: request.targetRef }),
    target_ref: request.targetRef,
    route_id: request.routeId ?? null,
    route_match_reason: request.routeMatchReason ?? null,
    ...(payload && { fingerprint_marker: payload.fingerprint }),
    payload_bytes: Buffer.byteLength(request.body),
    server: target.serverName,
    tool: pin?.tool ?? null,
    schema_hash: pin?.schema_hash ?? null,
  };
}
