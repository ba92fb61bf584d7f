import type { Destination, JsonObject } from "@/lib/domain/config";
import type { DeliveryEnvelope, RenderedPayload } from "@/lib/domain/payload";
import { readGithubConfig } from "./github-config";
import { readIssue } from "./github-issue";
import { issueContent, sealIssue } from "./issue-body";
import {
  deliveryMarker,
  formatLeadMarker,
  type IssueMarkers,
  leadMarkerBytes,
  parseLeadMarkers,
  parseMarkers,
} from "./issue-markers";
import { trackerAdapter } from "./tracker";
import type { TrackerComment, TrackerDialect, TrackerIssue, TrackerTarget } from "./tracker-dialect";
import type { Meaning, TrackerWords } from "./tracker-tools";

/** Names of GitHub's own server, of the one it replaced, and of those that keep to GitHub's REST names. */
const words: TrackerWords = {
  prefixes: ["github", "gh", "mcp_github"],
  acts: {
    list: [{ tool: "list_issues" }, { tool: "list_repository_issues" }, { tool: "issues_list" }],
    get: [{ tool: "issue_read", method: "get" }, { tool: "get_issue" }, { tool: "issues_get" }],
    create: [{ tool: "issue_write", method: "create" }, { tool: "create_issue" }, { tool: "issues_create" }],
    comment: [
      ...[{ tool: "add_issue_comment" }, { tool: "create_issue_comment" }, { tool: "issues_create_comment" }],
      ...[{ tool: "add_comment" }, { tool: "create_comment" }],
    ],
    comments: [
      ...[{ tool: "issue_read", method: "get_comments" }, { tool: "get_issue_comments" }],
      ...[{ tool: "list_issue_comments" }, { tool: "issues_list_comments" }],
    ],
    search: [],
  },
  needs: {
    list: [["repoName", "slug"]],
    get: [["repoName", "slug"], ["issue"]],
    create: [["repoName", "slug"], ["title"], ["body"]],
    comment: [["repoName", "slug"], ["issue"], ["body"]],
    comments: [["repoName", "slug"], ["issue"]],
    search: [],
  },
  meaningOf: (name, all) => {
    if (name === "repo" || name === "repository" || name === "reponame" || name === "repositoryname") {
      return all.has("owner") ? "repoName" : "slug";
    }
    return meanings[name] ?? null;
  },
};

const meanings: Readonly<Record<string, Meaning>> = {
  ...{ owner: "owner", org: "owner", repofullname: "slug", repositoryfullname: "slug", fullname: "slug" },
  ...{ title: "title", body: "body", description: "body", content: "body", text: "body" },
  ...{ labels: "labels", assignees: "assignees" },
  ...{ issuenumber: "issue", number: "issue", issueid: "issue", issue: "issue" },
  ...{ state: "allStates", perpage: "pageSize", pagesize: "pageSize", limit: "pageSize", first: "pageSize" },
  ...{ page: "page", after: "cursor", cursor: "cursor" },
  ...{ sort: "byCreated", orderby: "byCreated", direction: "descending" },
  ...{ method: "method", showui: "noForm" },
};

function target(destination: Destination): TrackerTarget {
  const config = readGithubConfig(destination);
  const own = /^(repo|api_base_url|labels|assignees|title_prefix|body_template)_/;
  return {
    targetRef: config.slug,
    serverName: destination.mcpServer?.trim() ?? "",
    place: { owner: config.owner, repoName: config.repo, slug: config.slug },
    timeoutMs: Math.min(config.timeoutMs, 15_000),
    problems: config.problems,
    targetProblems: config.problems.filter((problem) => own.test(problem.code)),
  };
}

/** GitHub's own server cleans what it reads out, and may cut a body at its first `<`: the markers lead it as well. */
function lead(body: string, markers: IssueMarkers): string {
  const { fingerprint = "", evidence = "" } = markers;
  return `${formatLeadMarker("fingerprint", fingerprint)}\n${formatLeadMarker("evidence", evidence)}\n\n${body}`;
}

function seal(payload: Pick<RenderedPayload, "content">, envelope: DeliveryEnvelope): string {
  const { body, ...rest } = payload.content;
  if (typeof body !== "string") return sealIssue(payload, envelope);
  const own = formatLeadMarker("delivery", deliveryMarker(envelope.idempotencyKey));
  return sealIssue({ content: { ...rest, body: `${own}\n${body}` } }, envelope);
}

const markersOf = (text: string): IssueMarkers => ({ ...parseMarkers(text), ...parseLeadMarkers(text) });

/** As the REST API tells it, as GitHub's own server shortens it, or only an address: what it says after making one. */
function readServerIssue(
  fields: Record<string, unknown>,
  { targetRef }: TrackerTarget,
): TrackerIssue | "other" | null {
  const links = [fields.html_url, fields.url, fields.web_url, fields.permalink, fields.issue_url];
  const linked = links.flatMap((link) => placesIn(typeof link === "string" ? link : ""));
  const inPlace = linked.find(({ slug }) => slug === targetRef.toLowerCase());
  const hasText = typeof fields.title === "string" || typeof fields.body === "string";
  if (linked.length > 0 && !inPlace) return hasText ? "other" : null;
  if (fields.pull_request || links.some((link) => typeof link === "string" && /\/pulls?\/\d+/.test(link))) {
    return "other";
  }
  const number = fields.number ?? fields.issue_number ?? fields.issueNumber ?? inPlace?.number;
  if (!hasText && !inPlace) return null;
  const issue = readIssue(
    {
      ...{
        number: typeof number === "string" ? Number(number) : number,
        title: fields.title,
        body: fields.body,
      },
      state: String(fields.state ?? "").toLowerCase(),
      html_url: inPlace?.link,
      created_at: fields.created_at ?? fields.createdAt,
    },
    { webOrigin: inPlace?.origin ?? "https://github.com", slug: targetRef },
  );
  if (!issue) return null;
  const body = typeof fields.body === "string" ? fields.body : "";
  return { issue: issue.issue, markers: markersOf(body), order: issue.number };
}

/** Addresses of issues in a text; the API's own lead through `/repos/`. */
function placesIn(text: string): Array<{ link: string; origin: string; slug: string; number: number }> {
  const form =
    /https:\/\/([a-z0-9.-]{1,253}(?::\d{1,5})?)(?:\/api\/v3)?(\/repos)?\/([\w.-]{1,100}\/[\w.-]{1,100})\/issues\/([1-9]\d{0,14})\b/gi;
  return [...text.slice(0, 20_000).matchAll(form)].map(([, host = "", isApi, slug = "", number]) => {
    const origin = `https://${isApi ? host.replace(/^api\./i, "") : host}`;
    return {
      link: `${origin}/${slug}/issues/${number}`,
      origin,
      slug: slug.toLowerCase(),
      number: Number(number),
    };
  });
}

function linkedIssue(text: string, { targetRef }: TrackerTarget): TrackerIssue["issue"] | null {
  const found = placesIn(text).filter(({ slug }) => slug === targetRef.toLowerCase());
  const [first] = found;
  if (!first || found.some(({ number }) => number !== first.number)) return null;
  const { number, link } = first;
  const reference = `#${number}`;
  return {
    externalId: String(number),
    reference,
    url: link,
    title: reference,
    state: "open",
    createdAtMs: null,
  };
}

function readComment(fields: Record<string, unknown>): TrackerComment | null {
  const { id, body, html_url, url } = fields;
  const link = [html_url, url].find(
    (each): each is string =>
      typeof each === "string" && /^https:\/\/[^\s"'<>]{1,1000}#issuecomment-\d+$/.test(each),
  );
  if (typeof body !== "string" && !link) return null;
  const isId = (typeof id === "number" && id > 0) || (typeof id === "string" && /^\d{1,20}$/.test(id));
  return {
    commentId: isId ? String(id) : (link?.match(/\d+$/)?.[0] ?? null),
    commentUrl: link ?? null,
    markers: markersOf(typeof body === "string" ? body : ""),
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

const dialect: TrackerDialect = {
  kind: "github_issue",
  provider: "github",
  words,
  pageSize: 100,
  pageCountMax: 10,
  listsAll: true,
  target,
  content: (destination, subject) => {
    const config = readGithubConfig(destination);
    const issue = issueContent(subject, { ...config, reservedBytes: leadMarkerBytes, hidesComments: true });
    const { labels, assignees } = config;
    return {
      issue: { ...issue, body: lead(issue.body, issue.markers) },
      filed: { labels, assignees },
      facts: [
        `Repository: ${config.slug}`,
        `Labels: ${labels.join(", ") || "none"}`,
        `Assignees: ${assignees.join(", ") || "none"}`,
      ],
    };
  },
  frozenPlace: (destination): JsonObject => ({ repo: readGithubConfig(destination).slug }),
  seal,
  readFiled: ({ labels, assignees }) =>
    isTexts(labels) && isTexts(assignees)
      ? { ...(labels.length > 0 && { labels }), ...(assignees.length > 0 && { assignees }) }
      : null,
  readIssue: readServerIssue,
  readComment,
  linkedIssue,
  searchFor: ({ fingerprint }) => fingerprint,
  isExternalId: (id) => /^[1-9]\d{0,14}$/.test(id),
};

export const githubOverMcp = trackerAdapter(dialect);
