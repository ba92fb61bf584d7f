import type { Destination } from "@/lib/domain/config";
import type { Exchange, PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome, FoundIssue, LookOutcome } from "@/lib/domain/found-issue";
import { type Reason, reason } from "@/lib/domain/reason";
import type { AdapterContext, DestinationAdapter, FindRequest } from "./destination";
import { askLinear, type LinearFailure, unreadable } from "./linear-client";
import { linearReadiness, readLinearConfig, readLinearKey } from "./linear-config";
import {
  checkOperation,
  commentOperation,
  createOperation,
  type LinearPayload,
  readSealed,
  renderLinear,
  renderLinearTest,
  sealLinear,
} from "./linear-payload";
import {
  effectId,
  findLinear,
  type LinearSession,
  lookAtLinear,
  readPlace,
  unknownFrom,
} from "./linear-search";

/**
 * Issues over Linear's GraphQL API (reference 4.2). Issues and comments are made under an id that follows from the delivery's
 * key: a lost reply is ambiguous until that id was looked up, and the id keeps even a second request from making another.
 */
export const linearAdapter: DestinationAdapter = {
  kind: "linear_issue",
  retriesLostReplies: false,
  readiness: linearReadiness,
  render: renderLinear,
  renderTest: renderLinearTest,
  seal: sealLinear,
  publish,
  issues: { find, look, comment },
};

async function publish(
  destination: Destination,
  request: PublishRequest,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const opened = open(destination, request, context);
  if (!opened.ok) return { outcome: "rejected", reason: opened.reason };
  const { session, payload } = opened;
  const placed = await readPlace(session, payload?.labels ?? session.config.labels);
  if (!placed.ok) return placed.failure;
  if (request.test) return checked(destination, request, placed.place.labelIds.length);
  if (!payload) return { outcome: "rejected", reason: testIsNoIssue };
  const { teamId, projectId, labelIds } = placed.place;
  const { title, description, priority } = payload;
  const id = effectId("issue", request.idempotencyKey);
  const input = { id, teamId, projectId, title, description, priority, labelIds };
  const mutation = `mutation Create($input: IssueCreateInput!) { issueCreate(input: $input) {
    success issue { id identifier title url } } }`;
  type Made = { id: string; identifier: string; title: string; url: string };
  type Data = { issueCreate: { success: boolean; issue: Made | null } };
  const { config, key } = session;
  const reply = await askLinear<Data>(config, key, "write", mutation, { input }, context);
  const filed = (issue: Pick<Made, "id" | "identifier"> & { url: string | null }, exchange: Exchange) =>
    ({
      outcome: "published",
      externalId: issue.id,
      externalUrl: httpsUrl(issue.url),
      externalTitle: issue.identifier,
      receipt: {
        ...receiptOf(destination, request, createOperation, payload),
        ...issueFacts(issue.id, issue.identifier, issue.url, exchange),
      },
      exchange,
    }) as const;
  if (!reply.ok) {
    const made = await madeBefore(session, id, reply.failure);
    return made
      ? filed({ ...made, identifier: made.reference, id }, reply.failure.exchange ?? {})
      : reply.failure;
  }
  const { success, issue } = reply.data.issueCreate ?? {};
  if (!success || !issue?.id || !issue.identifier) return unreadable("write", reply.exchange);
  return filed(issue, reply.exchange);
}

/**
 * A refusal may be of an id that is taken: by this delivery's own issue, which every look before was too early to see. The id
 * is nobody else's, so what lies under it is what was to be made.
 */
async function madeBefore(
  session: LinearSession,
  id: string,
  failure: LinearFailure,
): Promise<FoundIssue | null> {
  if (failure.outcome !== "rejected" || failure.reason.code !== "linear_refused") return null;
  const looked = await lookAtLinear(session, id);
  return looked.outcome === "there" ? looked.issue : null;
}

async function comment(
  destination: Destination,
  issue: FoundIssue,
  request: PublishRequest,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const opened = open(destination, request, context);
  if (!opened.ok) return { outcome: "rejected", reason: opened.reason };
  const { session, payload } = opened;
  if (request.test || !payload) return { outcome: "rejected", reason: testIsNoIssue };
  const id = effectId("comment", request.idempotencyKey);
  const input = { id, issueId: issue.externalId, body: payload.commentBody };
  const mutation = `mutation Comment($input: CommentCreateInput!) { commentCreate(input: $input) {
    success comment { id url } } }`;
  type Data = { commentCreate: { success: boolean; comment: { id: string; url: string } | null } };
  const { config, key } = session;
  const reply = await askLinear<Data>(config, key, "write", mutation, { input }, context);
  if (!reply.ok) return reply.failure;
  const { success, comment: made } = reply.data.commentCreate ?? {};
  if (!success || !made?.id) return unreadable("write", reply.exchange);
  return {
    outcome: "published",
    operation: commentOperation,
    externalId: issue.externalId,
    externalUrl: httpsUrl(made.url),
    externalTitle: `Comment on ${issue.reference}`,
    receipt: {
      ...receiptOf(destination, request, commentOperation, payload),
      ...issueFacts(issue.externalId, issue.reference, issue.url, reply.exchange),
      comment_id: made.id,
      comment_url: httpsUrl(made.url) ?? null,
    },
    exchange: reply.exchange,
  };
}

async function find(
  destination: Destination,
  request: FindRequest,
  context: AdapterContext,
  within?: Pick<FoundIssue, "externalId">,
): Promise<FindOutcome> {
  const opened = open(destination, request, context);
  if (!opened.ok) return { outcome: "unknown", reason: opened.reason };
  if (!opened.payload) return { outcome: "absent", suggestions: [] };
  return findLinear(opened.session, opened.payload, request, within);
}

async function look(
  destination: Destination,
  externalId: string,
  context: AdapterContext,
): Promise<LookOutcome> {
  const config = readLinearConfig(destination, context.privateNetworks);
  const key = readLinearKey(config.keyReference, context);
  if (!key.ok) return unknownFrom({ outcome: "rejected", reason: key.reason });
  return lookAtLinear({ config, key: key.key, context }, externalId);
}

type Opened =
  | { ok: true; session: LinearSession; payload: LinearPayload | null }
  | { ok: false; reason: Reason };

/** Settings, key, target and payload are looked at before anything is asked of the network. */
function open(
  destination: Destination,
  request: Pick<PublishRequest, "body" | "targetRef">,
  context: AdapterContext,
): Opened {
  const config = readLinearConfig(destination, context.privateNetworks);
  const [problem] = config.problems;
  if (problem) return { ok: false, reason: problem };
  const sealed = readSealed(config, request);
  if (!sealed.ok) return sealed;
  const key = readLinearKey(config.keyReference, context);
  if (!key.ok) return key;
  return { ok: true, session: { config, key: key.key, context }, payload: sealed.payload };
}

function checked(destination: Destination, request: PublishRequest, labelCount: number): PublishOutcome {
  return {
    outcome: "published",
    operation: checkOperation,
    externalId: request.deliveryId,
    externalTitle: "Team, project and labels are there",
    receipt: {
      ...{ provider: "linear", operation: checkOperation, status: "posted", test: true },
      destination_id: destination.destinationId,
      delivery_id: request.deliveryId,
      target_ref: request.targetRef,
      known_labels: labelCount,
    },
  };
}

const testIsNoIssue = reason("payload_malformed", "The payload is a test's, which is never filed.");

/** What a page links to. Anything but a web address of theirs is left out. */
const httpsUrl = (url: unknown): string | undefined =>
  typeof url === "string" && /^https?:\/\/[^\s"'<>]{1,1000}$/.test(url) ? url : undefined;

function issueFacts(id: string, reference: string, url: string | null, exchange: Exchange) {
  return {
    issue_id: id,
    issue_identifier: reference,
    issue_url: httpsUrl(url) ?? null,
    status_code: exchange.statusCode ?? null,
  };
}

function receiptOf(
  destination: Destination,
  request: PublishRequest,
  operation: string,
  payload: LinearPayload,
): Record<string, unknown> {
  return {
    ...{ provider: "linear", operation, status: "posted" },
    destination_id: destination.destinationId,
    delivery_id: request.deliveryId,
    idempotency_key: request.idempotencyKey,
    target_ref: request.targetRef,
    route_id: request.routeId ?? null,
    route_match_reason: request.routeMatchReason ?? null,
    fingerprint_marker: payload.fingerprint,
    payload_bytes: Buffer.byteLength(request.body),
  };
}
