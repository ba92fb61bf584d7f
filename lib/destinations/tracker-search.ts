import type { FindOutcome, FoundIssue, LookOutcome } from "@/lib/domain/found-issue";
import { reason } from "@/lib/domain/reason";
import { deliveryMarker } from "./issue-markers";
import { sortIssues } from "./issue-matches";
import type { TrackerComment, TrackerIssue, TrackerPayload } from "./tracker-dialect";
import { readTrackerReply, type TrackerReply } from "./tracker-reply";
import { callTracker, isNotThere, type TrackerSession, unknownFrom } from "./tracker-session";
import { type MeaningValues, pageSizeOf, takes } from "./tracker-tools";

type Unknown = Extract<FindOutcome, { outcome: "unknown" }>;
type OwnEffect = NonNullable<Extract<FindOutcome, { outcome: "found" }>["ownEffect"]>;

/** An effect of ours cannot be older than its delivery, but for clocks that disagree. */
const clockMarginMs = 3_600_000;
/** Issues with our title whose text a list cut or left out, read one by one. */
const readOneMax = 10;
const searchMax = 50;
const commentPageMax = 5;

const unknown = (code: string, words: string): Unknown => ({
  outcome: "unknown",
  reason: reason(code, words),
});

/** The delivery's own comment first, then issues, newest first. Never absent where something may have gone unread. */
export async function findInTracker(
  tracker: TrackerSession,
  payload: TrackerPayload,
  idempotencyKey: string,
  within: Pick<FoundIssue, "externalId"> | undefined,
): Promise<FindOutcome> {
  const delivery = deliveryMarker(idempotencyKey);
  if (within) {
    const own = await findComment(tracker, within.externalId, delivery);
    if (own && "outcome" in own) return own;
    if (own) return { outcome: "found", matches: [], suggestions: [], ownEffect: own };
  }
  const listed = await readList(tracker, payload.createdAtMs - clockMarginMs, (seen) =>
    seen.some(({ issue, markers }) => {
      const isOpenMatch = markers.fingerprint === payload.fingerprint && issue.state === "open";
      return markers.delivery === delivery || isOpenMatch;
    }),
  );
  if ("outcome" in listed) return listed;
  const searched = tracker.dialect.listsAll ? [] : await search(tracker, payload);
  if ("outcome" in searched) return searched;
  const known = new Set(listed.map(({ issue }) => issue.externalId));
  const seen = [...listed, ...searched.filter(({ issue }) => !known.has(issue.externalId))];
  const whole = await readWhole(tracker, seen, payload, delivery);
  if ("outcome" in whole) return whole;
  return sortIssues(whole, { fingerprint: payload.fingerprint, title: payload.title, delivery });
}

/**
 * Pages until the server says that it was the last, or one is short or brings nothing new. Where there is no next page to ask
 * for, what was not listed must be too old to be ours: otherwise nothing is known.
 */
async function readList(
  tracker: TrackerSession,
  bornAfterMs: number,
  isSettled: (seen: readonly TrackerIssue[]) => boolean,
): Promise<TrackerIssue[] | Unknown> {
  const { words, pageSize, pageCountMax, listsAll } = tracker.dialect;
  const list = tracker.tools.list;
  const size = list ? pageSizeOf(words, list, pageSize) : null;
  const turns = { cursor: list && takes(words, list, "cursor"), page: list && takes(words, list, "page") };
  const seen = new Map<string, TrackerIssue>();
  let cursor: string | null = null;
  for (let page = 1; page <= pageCountMax; page += 1) {
    const reply: Items | Unknown = await readPage(tracker, "list", {
      ...(page > 1 && { page }),
      ...(cursor !== null && { cursor }),
    });
    if ("outcome" in reply) return reply;
    const fresh = issuesOf(reply).filter(({ issue }) => !seen.has(issue.externalId));
    for (const item of fresh) seen.set(item.issue.externalId, item);
    const all = [...seen.values()];
    const isShort = size !== null && reply.items.length < size && reply.cursor === null;
    const isWhole = size === null && !turns.cursor && !turns.page;
    if (reply.hasMore === false || reply.items.length === 0 || isWhole) return all;
    if (reply.hasMore === null && isShort) return all;
    if (page > 1 && fresh.length === 0) return all;
    const isOld = oldestOf(all) < bornAfterMs;
    if (isOld && (!listsAll || isSettled(all))) return all;
    cursor = reply.cursor;
    if ((turns.cursor && cursor !== null) || turns.page) continue;
    if (isOld) return all;
    return unknown("list_incomplete", "The MCP server's list of issues cannot be read far enough back.");
  }
  return [...seen.values()];
}

const oldestOf = (items: readonly TrackerIssue[]): number =>
  Math.min(...items.map(({ issue }) => issue.createdAtMs ?? Number.POSITIVE_INFINITY));

type Items = TrackerReply<TrackerIssue | "other">;

const issuesOf = ({ items }: Items): TrackerIssue[] => items.filter((item) => item !== "other");

async function readPage(
  tracker: TrackerSession,
  act: "list" | "search",
  values: MeaningValues,
): Promise<Items | Unknown> {
  const { dialect, target } = tracker;
  const called = await callTracker(tracker, act, {
    ...{ allStates: "all", archived: true, pageSize: dialect.pageSize },
    ...{ byCreated: ["created", "created_at"], descending: ["desc", "descending"] },
    ...values,
  });
  if (!called.ok) return unknownFrom(called.stop);
  const reply = readTrackerReply(called.result, (fields) => dialect.readIssue(fields, target));
  if (reply.isData) return reply;
  return unknown("reply_unreadable", "The MCP server's list of issues could not be read as data.");
}

/** Older issues with the same fingerprint, by the tool that searches or by the list's own query; none where neither can. */
async function search(tracker: TrackerSession, payload: TrackerPayload): Promise<TrackerIssue[] | Unknown> {
  const { dialect, tools } = tracker;
  const act = tools.search ? "search" : "list";
  const tool = tools[act];
  if (!tool || !takes(dialect.words, tool, "query")) return [];
  const found = await readPage(tracker, act, { query: dialect.searchFor(payload), pageSize: searchMax });
  return "outcome" in found ? found : issuesOf(found);
}

/** Lists cut texts or leave them out: an issue that may be this delivery's, or a match, is read whole. */
async function readWhole(
  tracker: TrackerSession,
  seen: readonly TrackerIssue[],
  payload: TrackerPayload,
  delivery: string,
): Promise<TrackerIssue[] | Unknown> {
  if (seen.some(({ markers }) => markers.delivery === delivery)) return [...seen];
  const title = wordsOf(payload.title);
  const doubtful = seen.filter(
    ({ issue, markers }) => !markers.fingerprint && wordsOf(issue.title) === title,
  );
  const whole = new Map(seen.map((each) => [each.issue.externalId, each]));
  for (const { issue } of doubtful.slice(0, readOneMax)) {
    const read = await readOne(tracker, issue.externalId);
    if (read === "gone") continue;
    if ("outcome" in read) return read;
    whole.set(issue.externalId, read);
  }
  return [...whole.values()];
}

/** Servers that clean titles change their signs and not their words. */
const wordsOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/&(?:#?\w{1,10});/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

async function readOne(
  tracker: TrackerSession,
  externalId: string,
): Promise<TrackerIssue | "gone" | Unknown> {
  const { dialect, target } = tracker;
  const called = await callTracker(tracker, "get", { issue: externalId });
  if (!called.ok) return isNotThere(called.stop) ? "gone" : unknownFrom(called.stop);
  const { items } = readTrackerReply(called.result, (fields) => dialect.readIssue(fields, target));
  const issues = items.filter((item) => item !== "other");
  const found = issues.find(({ issue }) => issue.externalId === externalId);
  if (found) return found;
  // Asked for by an id that the answer has no room for: it is the one issue it tells of.
  const [only, another] = issues;
  if (only && !another && isUuid(externalId)) return only;
  if (items.includes("other")) return "gone";
  return unknown("reply_unreadable", "The MCP server's answer about an issue could not be read as data.");
}

const isUuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

/** One issue as it is now. */
export async function lookInTracker(tracker: TrackerSession, externalId: string): Promise<LookOutcome> {
  const read = await readOne(tracker, externalId);
  if (read === "gone") return { outcome: "gone" };
  return "outcome" in read ? read : { outcome: "there", issue: read.issue };
}

/** Null when the issue has no comment of this delivery, or is gone. */
async function findComment(
  tracker: TrackerSession,
  externalId: string,
  delivery: string,
): Promise<OwnEffect | Unknown | null> {
  const { dialect, tools } = tracker;
  const tool = tools.comments;
  if (!tool) {
    const words = "The MCP server has no tool that reads comments: a person has to say whether it is there.";
    return { ...unknown("comments_unreadable", words), refused: true };
  }
  const size = pageSizeOf(dialect.words, tool, dialect.pageSize);
  let cursor: string | null = null;
  for (let page = 1; page <= commentPageMax; page += 1) {
    const called = await callTracker(tracker, "comments", {
      ...{ issue: externalId, pageSize: dialect.pageSize },
      ...(page > 1 && { page }),
      ...(cursor !== null && { cursor }),
    });
    if (!called.ok) return isNotThere(called.stop) ? null : unknownFrom(called.stop);
    const reply: TrackerReply<TrackerComment> = readTrackerReply(called.result, dialect.readComment);
    if (!reply.isData) {
      return unknown("reply_unreadable", "The MCP server's list of comments could not be read as data.");
    }
    const own = reply.items.find(({ markers }) => markers.delivery === delivery);
    if (own) return withIssue(tracker, externalId, own);
    cursor = reply.cursor;
    const isShort = size === null || reply.items.length < size;
    const canTurn = cursor !== null || takes(dialect.words, tool, "page");
    if (reply.hasMore === false || (isShort && cursor === null) || !canTurn) return null;
  }
  return null;
}

async function withIssue(
  tracker: TrackerSession,
  externalId: string,
  { commentId, commentUrl }: TrackerComment,
): Promise<OwnEffect | Unknown> {
  const read = await readOne(tracker, externalId);
  if (read === "gone") return unknown("issue_gone", "The issue went away while its comments were read.");
  if ("outcome" in read) return read;
  return { issue: read.issue, commentId: commentId ?? externalId, commentUrl };
}
