import { type GithubAnswer, type GithubCall, page, refused } from "./github-calls";
import {
  addIssue,
  commentJson,
  deliveryKeyOf,
  type FakeIssue,
  type FakeRepository,
  issueJson,
  type NewIssue,
  newRepository,
  repositoryJson,
} from "./github-records";
import type { FakeSignIn } from "./github-sign-in";

type Place = Parameters<typeof issueJson>[1];

/** What the fake GitHub does when it behaves. */
export class GithubActs {
  /** Lists show an issue only this many list requests after it was made. */
  lag = 0;
  /** Lists show an issue only so long after it was made. */
  lagMs = 0;
  apiBaseUrl = "";
  webOrigin = "";
  #repositories = new Map<string, FakeRepository>();
  #visibleFrom = new Map<FakeIssue, number>();
  #listReads = 0;
  #commentId = 0;

  constructor(
    private readonly signIn: FakeSignIn,
    private readonly given: Readonly<Record<string, Partial<FakeRepository>>> | undefined,
    private readonly nowMs: () => number,
  ) {
    for (const [slug, each] of Object.entries(given ?? {})) this.#repositories.set(slug, newRepository(each));
  }

  requireRepository(slug: string): FakeRepository {
    const found = this.#repositories.get(slug);
    if (found) return found;
    if (this.given) throw new Error(`no repository ${slug}`);
    const made = newRepository();
    this.#repositories.set(slug, made);
    return made;
  }

  effects(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { issues } of this.#repositories.values()) {
      for (const body of issues.flatMap((issue) => [
        issue.body,
        ...issue.comments.map((each) => each.body),
      ])) {
        const key = deliveryKeyOf(body);
        if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return counts;
  }

  act(call: GithubCall, body: Record<string, unknown>, authorization: string): GithubAnswer {
    if (call.operation === "installationToken") {
      return this.signIn.installationToken(authorization, call.id, this.nowMs());
    }
    if (!this.signIn.accepts(authorization, this.nowMs())) return refused(401, "Bad credentials");
    if (this.given && !this.#repositories.has(call.slug)) return refused(404, "Not Found");
    const repository = this.requireRepository(call.slug);
    const place = { apiBaseUrl: this.apiBaseUrl, webOrigin: this.webOrigin, slug: call.slug };
    if (call.operation === "getRepository") return { status: 200, body: repositoryJson(repository, place) };
    if (!repository.hasIssues) return refused(410, "Issues has been disabled in this repository.");
    if (call.operation === "listIssues") return this.#listIssues(repository, call, place);
    if (call.operation === "createIssue") return this.#createIssue(repository, body, place);
    const issue = repository.issues.find((each) => each.number === call.id);
    if (!issue) return refused(404, "Not Found");
    if (call.operation === "getIssue") return { status: 200, body: issueJson(issue, place) };
    if (call.operation === "createComment") return this.#createComment(repository, issue, body, place);
    const since = Date.parse(call.query.get("since") ?? "") || 0;
    const comments = issue.comments.filter((each) => each.createdAtMs >= since);
    return page(
      comments.map((each) => commentJson(each, issue, place)),
      call,
      this.apiBaseUrl,
    );
  }

  #listIssues(repository: FakeRepository, call: GithubCall, place: Place): GithubAnswer {
    this.#listReads += 1;
    const state = call.query.get("state") ?? "open";
    const shown = repository.issues
      .filter((each) => (this.#visibleFrom.get(each) ?? 0) <= this.#listReads)
      .filter((each) => this.lagMs === 0 || each.createdAtMs + this.lagMs <= this.nowMs())
      .filter((each) => state === "all" || each.state === state)
      .sort((left, right) => right.createdAtMs - left.createdAtMs || right.number - left.number);
    return page(
      shown.map((each) => issueJson(each, place)),
      call,
      this.apiBaseUrl,
    );
  }

  #createIssue(repository: FakeRepository, body: Record<string, unknown>, place: Place): GithubAnswer {
    if (repository.isArchived) return refused(403, "Repository was archived so is read-only.");
    if (typeof body.title !== "string" || body.title === "" || body.title.length > 256) {
      const errors = [{ resource: "Issue", field: "title", code: "missing_field" }];
      return { status: 422, body: { message: "Validation Failed", errors } };
    }
    const issue = addIssue(repository, newIssueOf(body), this.nowMs());
    this.#visibleFrom.set(issue, this.#listReads + this.lag + 1);
    const json = issueJson(issue, place);
    return { status: 201, body: json, headers: { location: String(json.url) } };
  }

  #createComment(
    repository: FakeRepository,
    issue: FakeIssue,
    body: Record<string, unknown>,
    place: Place,
  ): GithubAnswer {
    if (repository.isArchived) return refused(403, "Repository was archived so is read-only.");
    this.#commentId += 1;
    const comment = { id: this.#commentId, body: String(body.body), createdAtMs: this.nowMs() };
    issue.comments.push(comment);
    const location = `${this.apiBaseUrl}/repos/${place.slug}/issues/comments/${comment.id}`;
    return { status: 201, body: commentJson(comment, issue, place), headers: { location } };
  }
}

function newIssueOf(body: Record<string, unknown>): NewIssue {
  const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return {
    title: String(body.title),
    body: typeof body.body === "string" ? body.body : "",
    labels: names(body.labels),
    assignees: names(body.assignees),
  };
}
