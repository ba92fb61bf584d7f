import type { FoundIssue } from "@/lib/domain/found-issue";
import { boundText } from "./bounded-json";
import type { GithubConfig } from "./github-config";
import { type IssueMarkers, parseMarkers } from "./issue-markers";

/** An issue as GitHub tells it, with the markers it ends with. */
export type GithubIssue = { issue: FoundIssue; number: number; markers: IssueMarkers };

export type GithubComment = { commentId: string; commentUrl: string; markers: IssueMarkers };

type Place = Pick<GithubConfig, "webOrigin" | "slug">;

/** Null for what is no issue: a pull request, or JSON of another shape. */
export function readIssue(value: unknown, place: Place): GithubIssue | null {
  const fields = readFields(value);
  const number = positiveInteger(fields.number);
  if (number === null || fields.pull_request) return null;
  const createdAtMs = Date.parse(textOf(fields.created_at));
  return {
    number,
    markers: parseMarkers(textOf(fields.body)),
    issue: {
      externalId: String(number),
      reference: `#${number}`,
      url: issueUrl(fields.html_url, number, place),
      title: boundText(textOf(fields.title), 500),
      state: fields.state === "closed" ? "closed" : "open",
      createdAtMs: Number.isNaN(createdAtMs) ? null : createdAtMs,
    },
  };
}

export function readComment(value: unknown, issueNumber: string, place: Place): GithubComment | null {
  const fields = readFields(value);
  const id = positiveInteger(fields.id);
  if (id === null) return null;
  const markers = parseMarkers(textOf(fields.body));
  return { commentId: String(id), commentUrl: commentUrl(place, issueNumber, id), markers };
}

export function commentUrl(place: Place, issueNumber: string, commentId: number): string {
  return `${pageUrl(place, issueNumber)}#issuecomment-${commentId}`;
}

/** The number at the end of a `Location` of this API, where the body of a 201 cannot be read. */
export function numberFromLocation(
  location: string | undefined,
  under: "issues" | "issues/comments",
  { apiBaseUrl, slug }: Pick<GithubConfig, "apiBaseUrl" | "slug">,
): number | null {
  const start = `${apiBaseUrl}/repos/${slug}/${under}/`;
  if (!location?.toLowerCase().startsWith(start.toLowerCase())) return null;
  const rest = location.slice(start.length);
  return /^[1-9]\d{0,14}$/.test(rest) ? Number(rest) : null;
}

/** GitHub's own link when it leads to this server; else the one it is bound to have. */
export function issueUrl(htmlUrl: unknown, number: number, place: Place): string {
  const own = textOf(htmlUrl);
  if (URL.canParse(own)) {
    const url = new URL(own);
    const isPlain = url.username === "" && url.password === "" && url.search === "";
    if (isPlain && url.origin === place.webOrigin && url.pathname.endsWith(`/issues/${number}`))
      return url.href;
  }
  return pageUrl(place, number);
}

function pageUrl({ webOrigin, slug }: Place, number: number | string): string {
  return `${webOrigin}/${slug}/issues/${number}`;
}

function readFields(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function positiveInteger(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
