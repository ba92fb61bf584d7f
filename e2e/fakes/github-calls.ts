export type GithubOperation =
  | "createIssue"
  | "createComment"
  | "listIssues"
  | "listComments"
  | "getIssue"
  | "getRepository"
  | "installationToken";

/**
 * How one request is treated. `writes` says whether the fake does what was asked before it misbehaves; a read has nothing to
 * write. Without a step it does what was asked and answers as GitHub does.
 */
export type GithubStep =
  /** Breaks the connection: after the write unless `writes` is false. */
  | { kind: "drop"; writes?: boolean }
  /** Does what was asked and answers only after `ms`. */
  | { kind: "delay"; ms: number }
  /** Another answer than the true one; the write is done first only if `writes`. */
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: unknown; writes?: boolean }
  /** 403 as the secondary rate limit says it. */
  | { kind: "secondaryLimit"; retryAfterS?: number }
  /** 403 as the hourly rate limit says it. */
  | { kind: "primaryLimit"; resetInS: number }
  /** Does what was asked and answers with its status, but a body that is no JSON. `noLocation` leaves that header out. */
  | { kind: "malformed"; noLocation?: boolean }
  /** Does what was asked and answers with its status and this many bytes. */
  | { kind: "huge"; bytes: number; noLocation?: boolean }
  /** Does what was asked, sends the status line and then a byte now and then, for ever. */
  | { kind: "drip"; intervalMs: number; noLocation?: boolean }
  /** A list answers with the page before the one asked for. */
  | { kind: "duplicatePage" };

export type GithubAnswer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A request as GitHub understands it: `id` is an issue's number or an installation's id. */
export type GithubCall = { operation: GithubOperation; slug: string; id: number; query: URLSearchParams };

const repo = "/repos/(?<owner>[^/]+)/(?<repo>[^/]+)";
const routes: ReadonlyArray<[string, RegExp, GithubOperation]> = [
  ["GET", new RegExp(`^${repo}$`), "getRepository"],
  ["GET", new RegExp(`^${repo}/issues$`), "listIssues"],
  ["POST", new RegExp(`^${repo}/issues$`), "createIssue"],
  ["GET", new RegExp(`^${repo}/issues/(?<id>\\d+)$`), "getIssue"],
  ["GET", new RegExp(`^${repo}/issues/(?<id>\\d+)/comments$`), "listComments"],
  ["POST", new RegExp(`^${repo}/issues/(?<id>\\d+)/comments$`), "createComment"],
  ["POST", /^\/app\/installations\/(?<id>\d+)\/access_tokens$/, "installationToken"],
];

/** What a method and a path below the API's base ask for; null where GitHub has nothing. */
export function readCall(method: string, path: string, query: URLSearchParams): GithubCall | null {
  for (const [asked, form, operation] of routes) {
    const match = method === asked ? form.exec(path) : null;
    if (!match) continue;
    const { owner = "", repo: name = "", id = "0" } = match.groups ?? {};
    return { operation, slug: `${owner}/${name}`, id: Number(id), query };
  }
  return null;
}

/** The page a call asks for, with the link to the next one where there is one. */
export function page(
  items: unknown[],
  { query, slug, id, operation }: GithubCall,
  apiBaseUrl: string,
): GithubAnswer {
  const size = Math.min(100, Number(query.get("per_page") ?? "30"));
  const number = Number(query.get("page") ?? "1");
  const rest = operation === "listIssues" ? "issues" : `issues/${id}/comments`;
  const next = `<${apiBaseUrl}/repos/${slug}/${rest}?page=${number + 1}&per_page=${size}>; rel="next"`;
  const hasNext = items.length > number * size;
  const body = items.slice((number - 1) * size, number * size);
  return { status: 200, body, headers: hasNext ? { link: next } : {} };
}

export function refused(status: number, message: string): GithubAnswer {
  return { status, body: { message, documentation_url: "https://docs.github.com/rest" } };
}

export function secondaryLimit(retryAfterS: number | undefined): GithubAnswer {
  const answer = refused(403, "You have exceeded a secondary rate limit. Please wait before you try again.");
  return retryAfterS === undefined ? answer : { ...answer, headers: { "retry-after": String(retryAfterS) } };
}

export function primaryLimit(resetS: number): GithubAnswer {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(resetS) };
  return { ...refused(403, "API rate limit exceeded"), headers };
}
