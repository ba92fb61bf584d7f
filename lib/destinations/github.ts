import type { Destination } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome, FoundIssue, LookOutcome } from "@/lib/domain/found-issue";
import { type Reason, reason } from "@/lib/domain/reason";
import type { AdapterContext, DestinationAdapter } from "./destination";
import { checkRepository } from "./github-check";
import type { GithubReply } from "./github-client";
import { type GithubConfig, githubReadiness, readGithubConfig } from "./github-config";
import { commentUrl, issueUrl, numberFromLocation, readComment, readIssue } from "./github-issue";
import {
  exchangeOf,
  type GithubCall,
  type GithubFailure,
  githubFailure,
  readJson,
  unreadableReply,
} from "./github-outcome";
import {
  commentOperation,
  createOperation,
  type GithubPayload,
  readSealed,
  renderGithub,
  renderGithubTest,
} from "./github-payload";
import { findIssue, lookAtIssue, type Search, unknownFrom } from "./github-search";
import { type SignedIn, signIn } from "./github-sign-in";
import { sealIssue } from "./issue-body";

/**
 * What GitHub asks of those who make content: one request after another, a second between them, and no more than these in a
 * minute and an hour (docs.github.com, secondary rate limits). Its headers say more and are obeyed by `retryAfterMs`.
 */
export const githubPace = { concurrency: 1, minIntervalMs: 1_000, perMinute: 80, perHour: 500 } as const;

/**
 * Issues over GitHub's REST API (contract 8.3). One POST an effect and never a second by itself: a reply that got lost is
 * ambiguous until `find` has looked for the delivery's own marker (D-10).
 */
export const githubAdapter: DestinationAdapter = {
  kind: "github_issue",
  retriesLostReplies: false,
  readiness: githubReadiness,
  render: renderGithub,
  renderTest: renderGithubTest,
  seal: sealIssue,
  publish,
  issues: { find, look, comment },
};

async function publish(
  destination: Destination,
  request: PublishRequest,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const opened = await open(destination, request, context);
  if (!opened.ok) return opened.failure;
  const { config, signedIn, payload } = opened;
  if (request.test) return checkRepository(config, signedIn, request, context.nowMs);
  if (!payload) return { outcome: "rejected", reason: testIsNoIssue };
  const { title, body, labels, assignees } = payload;
  const reply = await signedIn.client({
    route: "POST /repos/{owner}/{repo}/issues",
    parameters: { title, body, labels, assignees },
  });
  const number = isGood(reply) ? createdNumber(reply, config) : null;
  if (number === null) return failed(reply, "create", signedIn, context.nowMs);
  const url = issueUrl((readJson(reply) as { html_url?: unknown } | null)?.html_url, number, config);
  return {
    outcome: "published",
    externalId: String(number),
    externalUrl: url,
    externalTitle: `${config.slug}#${number}`,
    receipt: {
      ...receiptOf(destination, request, createOperation, payload),
      issue_number: number,
      issue_url: url,
      status_code: exchangeOf(reply).statusCode ?? null,
    },
    exchange: exchangeOf(reply),
  };
}

async function comment(
  destination: Destination,
  issue: FoundIssue,
  request: PublishRequest,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const malformed = issueNumberProblem(issue.externalId);
  if (malformed) return { outcome: "rejected", reason: malformed };
  const opened = await open(destination, request, context);
  if (!opened.ok) return opened.failure;
  const { config, signedIn, payload } = opened;
  if (request.test || !payload) return { outcome: "rejected", reason: testIsNoIssue };
  const reply = await signedIn.client({
    route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    parameters: { issue_number: Number(issue.externalId), body: payload.commentBody },
  });
  const commentId = isGood(reply) ? createdCommentId(reply, issue.externalId, config) : null;
  if (commentId === null) return failed(reply, "comment", signedIn, context.nowMs);
  const url = commentUrl(config, issue.externalId, commentId);
  return {
    outcome: "published",
    operation: commentOperation,
    externalId: issue.externalId,
    externalUrl: url,
    externalTitle: `Comment on ${config.slug}#${issue.externalId}`,
    receipt: {
      ...receiptOf(destination, request, commentOperation, payload),
      issue_number: Number(issue.externalId),
      issue_url: issueUrl(issue.url, Number(issue.externalId), config),
      comment_id: String(commentId),
      comment_url: url,
      status_code: exchangeOf(reply).statusCode ?? null,
    },
    exchange: exchangeOf(reply),
  };
}

async function find(
  destination: Destination,
  request: Pick<PublishRequest, "body" | "idempotencyKey" | "targetRef">,
  context: AdapterContext,
  within?: Pick<FoundIssue, "externalId">,
): Promise<FindOutcome> {
  const malformed = within && issueNumberProblem(within.externalId);
  if (malformed) return { outcome: "unknown", reason: malformed };
  const opened = await open(destination, request, context);
  if (!opened.ok) return unknownFrom(opened.failure);
  const { signedIn, payload } = opened;
  if (!payload) return { outcome: "absent", suggestions: [] };
  const found = await findIssue(searchOf(opened, context), payload, request.idempotencyKey, within);
  return forgetting(found, signedIn);
}

async function look(
  destination: Destination,
  externalId: string,
  context: AdapterContext,
): Promise<LookOutcome> {
  const malformed = issueNumberProblem(externalId);
  if (malformed) return { outcome: "unknown", reason: malformed };
  const config = readGithubConfig(destination, context.privateNetworks);
  const signedIn = await signIn(config, context);
  if (!signedIn.ok) return unknownFrom(signedIn.failure);
  return forgetting(await lookAtIssue(searchOf({ config, signedIn }, context), externalId), signedIn);
}

type Opened = { ok: true; config: GithubConfig; signedIn: SignedIn; payload: GithubPayload | null };

/** Settings, target and payload are looked at before anything is asked of the network; then GitHub is signed in to. */
async function open(
  destination: Destination,
  request: Pick<PublishRequest, "body" | "targetRef">,
  context: AdapterContext,
): Promise<Opened | { ok: false; failure: GithubFailure }> {
  const config = readGithubConfig(destination, context.privateNetworks);
  const [problem] = config.problems;
  if (problem) return { ok: false, failure: { outcome: "rejected", reason: problem } };
  const sealed = readSealed(config, request);
  if (!sealed.ok) return { ok: false, failure: { outcome: "rejected", reason: sealed.reason } };
  const signedIn = await signIn(config, context);
  return signedIn.ok ? { ok: true, config, signedIn, payload: sealed.payload } : signedIn;
}

function searchOf(
  { config, signedIn }: Pick<Opened, "config" | "signedIn">,
  { nowMs }: AdapterContext,
): Search {
  return { client: signedIn.client, config, nowMs };
}

/** A kept App token that is refused may only have been revoked early: certain that nothing was made, so once more with a new one. */
function failed(reply: GithubReply, call: GithubCall, signedIn: SignedIn, nowMs: number): GithubFailure {
  const failure = isGood(reply) ? unreadableReply(reply, call) : githubFailure(reply, call, nowMs);
  if (failure.reason.code !== "unauthorised" || !signedIn.forget()) return failure;
  return { outcome: "retryable", reason: failure.reason, exchange: failure.exchange };
}

function forgetting<Answer extends FindOutcome | LookOutcome>(answer: Answer, signedIn: SignedIn): Answer {
  const isRefused = answer.outcome === "unknown" && answer.reason.code === "unauthorised";
  return isRefused && signedIn.forget() ? { ...answer, refused: false } : answer;
}

function isGood({ result }: GithubReply): boolean {
  return result.outcome === "response" && result.status >= 200 && result.status < 300;
}

/** From the body; where that was cut off or is not what it should be, from the `Location` that comes with a 201. */
function createdNumber(reply: GithubReply, config: GithubConfig): number | null {
  return (
    readIssue(readJson(reply), config)?.number ?? numberFromLocation(locationOf(reply), "issues", config)
  );
}

function createdCommentId(reply: GithubReply, issueNumber: string, config: GithubConfig): number | null {
  const made = readComment(readJson(reply), issueNumber, config);
  return made ? Number(made.commentId) : numberFromLocation(locationOf(reply), "issues/comments", config);
}

function locationOf({ result }: GithubReply): string | undefined {
  return result.outcome === "response" ? result.headers.location : undefined;
}

const testIsNoIssue = reason("payload_malformed", "The payload is a test's, which is never filed.");

function issueNumberProblem(externalId: string): Reason | null {
  if (/^[1-9]\d{0,14}$/.test(externalId)) return null;
  return reason("issue_number_malformed", "This is not the number of a GitHub issue.");
}

function receiptOf(
  destination: Destination,
  request: PublishRequest,
  operation: string,
  payload: GithubPayload,
): Record<string, unknown> {
  return {
    provider: "github",
    destination_id: destination.destinationId,
    operation,
    status: "posted",
    delivery_id: request.deliveryId,
    idempotency_key: request.idempotencyKey,
    repo: request.targetRef,
    target_ref: request.targetRef,
    route_id: request.routeId ?? null,
    route_match_reason: request.routeMatchReason ?? null,
    fingerprint_marker: payload.fingerprint,
    payload_bytes: Buffer.byteLength(request.body),
  };
}
