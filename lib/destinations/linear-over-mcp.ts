import type { Destination, JsonObject } from "@/lib/domain/config";
import type { FoundIssue } from "@/lib/domain/found-issue";
import { boundText } from "./bounded-json";
import { readLinearConfig } from "./linear-config";
import { linearContent, parseLinearMarkers, sealLinear } from "./linear-payload";
import { isClosed } from "./linear-search";
import { trackerAdapter } from "./tracker";
import type { TrackerComment, TrackerDialect, TrackerIssue, TrackerTarget } from "./tracker-dialect";
import type { Meaning, TrackerWords } from "./tracker-tools";

/** Names of Linear's own server and of those in use beside it. */
const words: TrackerWords = {
  prefixes: ["linear", "mcp_linear"],
  acts: {
    list: [{ tool: "list_issues" }, { tool: "issues_list" }],
    get: [{ tool: "get_issue" }, { tool: "issue_get" }],
    create: [{ tool: "save_issue" }, { tool: "create_issue" }, { tool: "issue_create" }],
    comment: [{ tool: "save_comment" }, { tool: "create_comment" }, { tool: "add_comment" }],
    comments: [{ tool: "list_comments" }, { tool: "get_issue_comments" }, { tool: "list_issue_comments" }],
    search: [{ tool: "search_issues" }],
  },
  needs: {
    list: [["team", "project", "query"]],
    get: [["issue"]],
    create: [["team"], ["title"], ["body"]],
    comment: [["issue"], ["body"]],
    comments: [["issue"]],
    search: [["query"]],
  },
  meaningOf: (name, all) => {
    // Beside the issue's own argument `id` is a comment's, or the issue's to change: neither is ever given.
    if (name === "id") return all.has("issueid") || all.has("title") ? null : "issue";
    return meanings[name] ?? null;
  },
};

const meanings: Readonly<Record<string, Meaning>> = {
  ...{ team: "team", teamid: "team", teamkey: "team", project: "project", projectid: "project" },
  ...{ title: "title", description: "body", body: "body", content: "body" },
  ...{ labels: "labels", labelnames: "labels", priority: "priority" },
  ...{ issueid: "issue", issue: "issue", issueidentifier: "issue", identifier: "issue" },
  ...{ limit: "pageSize", first: "pageSize", pagesize: "pageSize", cursor: "cursor", after: "cursor" },
  ...{ orderby: "byCreated", includearchived: "archived", query: "query", search: "query" },
};

function target(destination: Destination): TrackerTarget {
  const config = readLinearConfig(destination);
  const own = /^(linear_team|linear_project|labels|title_prefix|body_template)_/;
  return {
    targetRef: `${config.team}/${config.project}`.slice(0, 500),
    serverName: destination.mcpServer?.trim() ?? "",
    place: { team: config.team, project: config.project },
    timeoutMs: config.timeoutMs,
    problems: config.problems,
    targetProblems: config.problems.filter((problem) => own.test(problem.code)),
  };
}

const identifierForm = /^[A-Z][A-Z0-9]{0,19}-[1-9]\d{0,9}$/;
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A name, or an object with one: servers give a state as either. */
const nameOf = (value: unknown): string =>
  typeof value === "string" ? value : textOf((value as { name?: unknown } | null | undefined)?.name);

function readIssue(fields: Record<string, unknown>): TrackerIssue | null {
  const id = textOf(fields.id);
  const identifier = [textOf(fields.identifier), id, textOf(fields.key)].find((each) =>
    identifierForm.test(each),
  );
  if (!identifier || typeof fields.title !== "string") return null;
  const state = fields.state ?? fields.status;
  const type = textOf(fields.statusType) || textOf((state as { type?: unknown } | null | undefined)?.type);
  const createdAtMs = Date.parse(textOf(fields.createdAt) || textOf(fields.created_at));
  const body = [fields.description, fields.body].find((each): each is string => typeof each === "string");
  const archivedAt = textOf(fields.archivedAt) || null;
  return {
    issue: {
      externalId: identifier,
      reference: identifier,
      url: httpsUrl(fields.url),
      title: boundText(fields.title, 500),
      state: isClosed({ state: { name: nameOf(state), type: type || null }, archivedAt }) ? "closed" : "open",
      createdAtMs: Number.isNaN(createdAtMs) ? null : createdAtMs,
    },
    markers: parseLinearMarkers(body),
    order: Number.isNaN(createdAtMs) ? 0 : createdAtMs,
  };
}

const httpsUrl = (url: unknown): string | null =>
  typeof url === "string" && /^https:\/\/[^\s"'<>]{1,1000}$/.test(url) ? url : null;

function linkedIssue(text: string): FoundIssue | null {
  const form = /https:\/\/linear\.app\/[\w-]{1,100}\/issue\/([A-Z][A-Z0-9]{0,19}-[1-9]\d{0,9})\b/g;
  const found = [...text.slice(0, 20_000).matchAll(form)];
  const [url, identifier] = found[0] ?? [];
  if (!url || !identifier || found.some(([, other]) => other !== identifier)) return null;
  return {
    ...{ externalId: identifier, reference: identifier, url, title: identifier },
    state: "open",
    createdAtMs: null,
  };
}

function readComment({ id, body, url }: Record<string, unknown>): TrackerComment | null {
  if (typeof body !== "string" || typeof id !== "string" || id === "") return null;
  return { commentId: id.slice(0, 100), commentUrl: httpsUrl(url), markers: parseLinearMarkers(body) };
}

const dialect: TrackerDialect = {
  kind: "linear_issue",
  provider: "linear",
  words,
  pageSize: 50,
  pageCountMax: 4,
  listsAll: false,
  target,
  content: (destination, subject) => {
    const { team, project, labels } = readLinearConfig(destination);
    const { issue, priority } = linearContent(destination, subject);
    return {
      issue,
      filed: { labels, priority },
      facts: [
        `Team: ${team}`,
        `Project: ${project}`,
        `Priority: ${priority}`,
        `Labels: ${labels.join(", ") || "none"}`,
      ],
    };
  },
  frozenPlace: (destination): JsonObject => {
    const { team, project } = readLinearConfig(destination);
    return { team, project };
  },
  seal: sealLinear,
  readFiled: ({ labels, priority }) => {
    const isTexts = Array.isArray(labels) && labels.every((each) => typeof each === "string");
    if (!isTexts || typeof priority !== "number") return null;
    return { ...(labels.length > 0 && { labels }), priority };
  },
  readIssue,
  readComment,
  linkedIssue,
  searchFor: ({ fingerprint }) => fingerprint,
  // A row that filed over Linear's own API before knows its issues by UUID, which servers take as well.
  isExternalId: (id) => identifierForm.test(id) || /^[0-9a-f-]{36}$/.test(id),
};

export const linearOverMcp = trackerAdapter(dialect);
