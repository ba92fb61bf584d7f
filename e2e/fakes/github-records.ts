/** What the fake GitHub keeps. Ids and numbers count up; times are the fake's own clock. */
export type FakeComment = { id: number; body: string; createdAtMs: number };

export type FakeIssue = {
  number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  labels: string[];
  assignees: string[];
  isPullRequest: boolean;
  createdAtMs: number;
  comments: FakeComment[];
};

export type FakeRepository = {
  isPrivate: boolean;
  hasIssues: boolean;
  isArchived: boolean;
  permissions: Record<string, boolean>;
  /** Newest last. */
  issues: FakeIssue[];
};

export type NewIssue = Partial<Omit<FakeIssue, "number" | "comments">>;

export function newRepository(given: Partial<FakeRepository> = {}): FakeRepository {
  return {
    isPrivate: false,
    hasIssues: true,
    isArchived: false,
    permissions: { pull: true, triage: true, push: true, maintain: false, admin: false },
    issues: [],
    ...given,
  };
}

export function addIssue(repository: FakeRepository, given: NewIssue, nowMs: number): FakeIssue {
  const issue: FakeIssue = {
    title: "Untitled",
    body: "",
    state: "open",
    labels: [],
    assignees: [],
    isPullRequest: false,
    createdAtMs: nowMs,
    ...given,
    number: (repository.issues.at(-1)?.number ?? 0) + 1,
    comments: [],
  };
  repository.issues.push(issue);
  return issue;
}

/** The key in the last line of a body that is a delivery marker, by the marker's description alone. */
export function deliveryKeyOf(body: string): string | null {
  const lines = body.trimEnd().split(/\r?\n/).reverse();
  const marker = /^<!-- tandem:[a-z]+:v1:[0-9a-f]{64} -->$/;
  const end = lines.findIndex((line) => !marker.test(line));
  const last = (end < 0 ? lines : lines.slice(0, end)).find((line) => line.includes("tandem:delivery:"));
  return last?.match(/[0-9a-f]{64}/)?.[0] ?? null;
}

type Place = { apiBaseUrl: string; webOrigin: string; slug: string };

export function issueJson(issue: FakeIssue, { apiBaseUrl, webOrigin, slug }: Place): Record<string, unknown> {
  const page = `${webOrigin}/${slug}/${issue.isPullRequest ? "pull" : "issues"}/${issue.number}`;
  return {
    id: 1_000_000 + issue.number,
    number: issue.number,
    url: `${apiBaseUrl}/repos/${slug}/issues/${issue.number}`,
    html_url: page,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    labels: issue.labels.map((name) => ({ name })),
    assignees: issue.assignees.map((login) => ({ login })),
    comments: issue.comments.length,
    created_at: isoSeconds(issue.createdAtMs),
    ...(issue.isPullRequest && { pull_request: { html_url: page } }),
  };
}

export function commentJson(comment: FakeComment, issue: FakeIssue, { webOrigin, slug }: Place) {
  return {
    id: comment.id,
    html_url: `${webOrigin}/${slug}/issues/${issue.number}#issuecomment-${comment.id}`,
    body: comment.body,
    created_at: isoSeconds(comment.createdAtMs),
    updated_at: isoSeconds(comment.createdAtMs),
  };
}

export function repositoryJson(repository: FakeRepository, { webOrigin, slug }: Place) {
  return {
    full_name: slug,
    html_url: `${webOrigin}/${slug}`,
    private: repository.isPrivate,
    has_issues: repository.hasIssues,
    archived: repository.isArchived,
    permissions: repository.permissions,
  };
}

/** GitHub's times have no milliseconds. */
export function isoSeconds(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
}
