import type { FindOutcome, FoundIssue, LookOutcome } from "@/lib/domain/found-issue";
import type { GithubClient, GithubReply } from "./github-client";
import type { GithubConfig } from "./github-config";
import { type GithubComment, type GithubIssue, readComment, readIssue } from "./github-issue";
import { type GithubFailure, githubFailure, readJson, unreadableReply } from "./github-outcome";
import type { GithubPayload } from "./github-payload";
import { deliveryMarker } from "./issue-markers";
import { sortIssues } from "./issue-matches";

const pageSize = 100;
const pageCountMax = 10;
/** A hundred issues with bodies as long as GitHub allows; a page past it is read in quarters. */
const pageByteLimit = 8 * 1_048_576;
/** An effect of ours cannot be older than its delivery, but for clocks that disagree. */
const clockMarginMs = 3_600_000;

export type Search = {
  client: GithubClient;
  config: GithubConfig;
  nowMs: number;
};

type Unknown = Extract<FindOutcome, { outcome: "unknown" }>;
type Page = { items: unknown[]; isLast: boolean };

/**
 * The delivery's own comment first, then issues, newest first. Complete to the tenth page, or to where neither this delivery's
 * effect nor a newer open match can follow; a page that cannot be read makes the answer unknown, never absent.
 */
export async function findIssue(
  search: Search,
  payload: GithubPayload,
  idempotencyKey: string,
  within: Pick<FoundIssue, "externalId"> | undefined,
): Promise<FindOutcome> {
  const delivery = deliveryMarker(idempotencyKey);
  const bornAfterMs = payload.createdAtMs - clockMarginMs;
  if (within) {
    const own = await findComment(search, within.externalId, delivery, bornAfterMs);
    if (own && "outcome" in own) return own;
    if (own) return { outcome: "found", matches: [], suggestions: [], ownEffect: own };
  }
  const issues = await readIssues(search, (seen) => {
    const oldestMs = Math.min(...seen.map(({ issue }) => issue.createdAtMs ?? Number.POSITIVE_INFINITY));
    const settles = ({ issue, markers }: GithubIssue) =>
      markers.delivery === delivery ||
      (markers.fingerprint === payload.fingerprint && issue.state === "open");
    return oldestMs < bornAfterMs && seen.some(settles);
  });
  if ("outcome" in issues) return issues;
  const seen = issues.seen.map((each) => ({ ...each, order: each.number }));
  return sortIssues(seen, { ...payload, delivery });
}

/**
 * Every issue until `isEnough`, the last page or the page limit. A page that only repeats what was read is read once more: it
 * stands where another should have been.
 */
async function readIssues(
  search: Search,
  isEnough: (seen: readonly GithubIssue[]) => boolean,
): Promise<{ seen: GithubIssue[] } | Unknown> {
  const numbers = new Set<unknown>();
  const seen: GithubIssue[] = [];
  for (let number = 1; number <= pageCountMax; number += 1) {
    let page = await readIssuePage(search, number);
    if (!("outcome" in page) && !page.isLast && page.items.every((item) => numbers.has(numberOf(item)))) {
      page = await readIssuePage(search, number);
    }
    if ("outcome" in page) return page;
    for (const item of page.items.filter((each) => !numbers.has(numberOf(each)))) {
      numbers.add(numberOf(item));
      const issue = readIssue(item, search.config);
      if (issue) seen.push(issue);
    }
    if (page.isLast || isEnough(seen)) return { seen };
  }
  return { seen };
}

const numberOf = (item: unknown) => (item as { number?: unknown } | null)?.number;

async function readIssuePage(search: Search, page: number): Promise<Page | Unknown> {
  const read = (size: number, number: number) =>
    readPage(search, "GET /repos/{owner}/{repo}/issues", {
      state: "all",
      sort: "created",
      direction: "desc",
      per_page: size,
      page: number,
    });
  const whole = await read(pageSize, page);
  if (!("outcome" in whole) || whole.reason.code !== "reply_unreadable") return whole;
  const items: unknown[] = [];
  for (let quarter = 1; quarter <= 4; quarter += 1) {
    const part = await read(pageSize / 4, (page - 1) * 4 + quarter);
    if ("outcome" in part) return part;
    items.push(...part.items);
    if (part.isLast) return { items, isLast: true };
  }
  return { items, isLast: false };
}

type OwnComment = NonNullable<Extract<FindOutcome, { outcome: "found" }>["ownEffect"]>;

/** Null when the issue has no comment of this delivery, or is gone. */
async function findComment(
  search: Search,
  externalId: string,
  delivery: string,
  bornAfterMs: number,
): Promise<OwnComment | Unknown | null> {
  const number = Number(externalId);
  for (let page = 1; page <= pageCountMax; page += 1) {
    const found = await readPage(search, "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      issue_number: number,
      since: new Date(Math.max(0, bornAfterMs)).toISOString(),
      per_page: pageSize,
      page,
    });
    if ("outcome" in found) return isGone(found) ? null : found;
    const own = found.items
      .map((item) => readComment(item, externalId, search.config))
      .find((each): each is GithubComment => each?.markers.delivery === delivery);
    if (own) return withIssue(search, externalId, own);
    if (found.isLast) return null;
  }
  return null;
}

async function withIssue(
  search: Search,
  externalId: string,
  { commentId, commentUrl }: GithubComment,
): Promise<OwnComment | Unknown> {
  const looked = await lookAtIssue(search, externalId);
  if (looked.outcome === "unknown") return looked;
  const issue = looked.outcome === "there" ? looked.issue : null;
  if (issue) return { issue, commentId, commentUrl };
  const words = "The issue went away while its comments were read.";
  return { outcome: "unknown", reason: { code: "issue_gone", message: words } };
}

const isGone = ({ exchange }: Unknown) => exchange?.statusCode === 404 || exchange?.statusCode === 410;

/** One issue as it is now. What GitHub does not know, and what turns out to be a pull request, is gone. */
export async function lookAtIssue(search: Search, externalId: string): Promise<LookOutcome> {
  const reply = await search.client({
    route: "GET /repos/{owner}/{repo}/issues/{issue_number}",
    parameters: { issue_number: Number(externalId) },
  });
  const value = readJson(reply);
  if (value === null) {
    const unknown = unknownFrom(failureOf(reply, search.nowMs));
    return isGone(unknown) ? { outcome: "gone" } : unknown;
  }
  const found = readIssue(value, search.config);
  if (found) return { outcome: "there", issue: found.issue };
  const isPull = typeof value === "object" && "pull_request" in value;
  return isPull ? { outcome: "gone" } : unknownFrom(unreadableReply(reply, "read"));
}

async function readPage(
  search: Search,
  route: string,
  parameters: Record<string, unknown>,
): Promise<Page | Unknown> {
  const reply = await search.client({ route, parameters, responseByteLimit: pageByteLimit });
  const items = readJson(reply);
  if (!Array.isArray(items)) return unknownFrom(failureOf(reply, search.nowMs));
  const link = reply.result.outcome === "response" ? (reply.result.headers.link ?? "") : "";
  // A page may be short while more follow; only GitHub's own word, or a page with nothing on it, ends the list.
  const hasNext = /rel="next"/.test(link);
  const isFull = items.length >= Number(parameters.per_page);
  return { items, isLast: items.length === 0 || (!hasNext && !isFull) };
}

export function failureOf(reply: GithubReply, nowMs: number): GithubFailure {
  const { result } = reply;
  const isGood = result.outcome === "response" && result.status >= 200 && result.status < 300;
  return isGood ? unreadableReply(reply, "read") : githubFailure(reply, "read", nowMs);
}

export function unknownFrom(failure: GithubFailure): Unknown {
  const { reason, exchange } = failure;
  const wait = failure.outcome === "retryable" ? failure.retryAfterMs : undefined;
  return {
    ...{ outcome: "unknown", reason, exchange },
    ...(failure.outcome === "rejected" && { refused: true }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}
