import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GithubOperation, GithubStep } from "@/e2e/fakes/github";
import { type GithubGround, githubGround } from "@/e2e/fakes/github-ground";
import { paceOf } from "@/lib/domain/delivery-pace";
import { describeTest } from "@/lib/domain/destination-test";
import type { FoundIssue } from "@/lib/domain/found-issue";
import { githubAdapter, githubPace } from "./github";

const slug = "example/tracker";
let ground: GithubGround;

beforeEach(async () => {
  ground = await githubGround();
});
afterEach(() => ground.close());

type Overrides = Parameters<GithubGround["request"]>[0];

function publish(overrides: Overrides = {}, config: Record<string, unknown> = {}) {
  const destination = overrides?.destination ?? ground.destination(config);
  return githubAdapter.publish(destination, ground.request({ ...overrides, destination }), ground.context());
}

function comment(issue: FoundIssue, overrides: Overrides = {}) {
  const { issues } = githubAdapter;
  if (!issues) throw new Error("no tracker");
  return issues.comment(ground.destination(), issue, ground.request(overrides), ground.context());
}

function existing(number: number): FoundIssue {
  const url = `${ground.fake.webOrigin}/${slug}/issues/${number}`;
  return {
    externalId: String(number),
    reference: `#${number}`,
    url,
    title: "x",
    state: "open",
    createdAtMs: null,
  };
}

describe("creating an issue", () => {
  it("files exactly what was sealed, with one POST, and says where", async () => {
    const outcome = await publish({}, { labels: ["incident", "prod"], assignees: ["octocat"] });
    const url = `${ground.fake.webOrigin}/${slug}/issues/1`;
    expect(outcome).toMatchObject({
      outcome: "published",
      externalId: "1",
      externalUrl: url,
      externalTitle: "example/tracker#1",
      exchange: { statusCode: 201, requestDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const [issue] = ground.fake.repository(slug).issues;
    const sealed = JSON.parse(ground.request().body);
    expect(issue).toMatchObject({
      title: sealed.title,
      body: sealed.body,
      labels: ["incident", "prod"],
      assignees: ["octocat"],
    });
    expect(ground.fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /repos/example/tracker/issues",
    ]);
    expect(ground.fake.requests[0]?.headers).toMatchObject({
      authorization: "token gh-token",
      "x-github-api-version": "2022-11-28",
      "user-agent": expect.stringContaining("incident-monitor/"),
    });
    expect(ground.fake.effectCount(ground.request().idempotencyKey)).toBe(1);
  });

  it("case 96: the configured destination, its route and its target are in the receipt", async () => {
    const destination = { ...ground.destination(), destinationId: "gh-main" };
    const outcome = await publish({ destination, routeId: "r-1", routeMatchReason: "risk is high" });
    expect(outcome).toMatchObject({
      receipt: {
        provider: "github",
        destination_id: "gh-main",
        operation: "create_issue",
        target_ref: slug,
        route_id: "r-1",
        route_match_reason: "risk is high",
        issue_number: 1,
        issue_url: `${ground.fake.webOrigin}/${slug}/issues/1`,
      },
    });
  });

  it.each<[string, GithubStep, Record<string, unknown>, number]>([
    ["the connection breaks after the write", { kind: "drop" }, { outcome: "ambiguous" }, 1],
    ["the connection breaks before the write", { kind: "drop", writes: false }, { outcome: "ambiguous" }, 0],
    [
      "the answer takes too long",
      { kind: "delay", ms: 20_000 },
      { outcome: "ambiguous", reason: { code: "timeout" } },
      1,
    ],
    ["a 502 after the write", { kind: "status", status: 502, writes: true }, { outcome: "ambiguous" }, 1],
    ["a 503 before the write", { kind: "status", status: 503 }, { outcome: "ambiguous" }, 0],
    [
      "a malformed answer with its Location",
      { kind: "malformed" },
      { outcome: "published", externalId: "1" },
      1,
    ],
    ["a malformed answer without", { kind: "malformed", noLocation: true }, { outcome: "ambiguous" }, 1],
    [
      "a huge answer with its Location",
      { kind: "huge", bytes: 1_000_000 },
      { outcome: "published", externalId: "1" },
      1,
    ],
    [
      "a huge answer without",
      { kind: "huge", bytes: 1_000_000, noLocation: true },
      { outcome: "ambiguous" },
      1,
    ],
    ["an answer that drips", { kind: "drip", intervalMs: 20, noLocation: true }, { outcome: "ambiguous" }, 1],
    [
      "the secondary limit",
      { kind: "secondaryLimit", retryAfterS: 90 },
      { outcome: "retryable", retryAfterMs: 90_000 },
      0,
    ],
    [
      "the secondary limit without a time",
      { kind: "secondaryLimit" },
      { outcome: "retryable", retryAfterMs: 60_000 },
      0,
    ],
    [
      "a 429 with a time",
      status(429, {}, { "retry-after": "30" }),
      { outcome: "retryable", retryAfterMs: 30_000 },
      0,
    ],
    [
      "single sign-on",
      status(403, {}, { "x-github-sso": "required; url=https://x" }),
      refused("sso_required"),
      0,
    ],
    [
      "a missing permission",
      status(403, { message: "Resource not accessible by integration" }),
      refused("permission_missing"),
      0,
    ],
    [
      "an archived repository",
      status(403, { message: "Repository was archived" }),
      refused("repo_archived"),
      0,
    ],
    ["a refused token", status(401, { message: "Bad credentials" }), refused("unauthorised"), 0],
    ["an unknown repository", status(404, {}), refused("repo_not_found"), 0],
    [
      "a field it refuses",
      status(422, { errors: [{ field: "assignees", code: "invalid" }] }),
      {
        outcome: "rejected",
        reason: { code: "validation_failed", message: expect.stringContaining("assignees (invalid)") },
      },
      0,
    ],
    ["a refusal of another shape", status(422, "no"), refused("validation_failed"), 0],
    [
      "issues switched off",
      status(410, {}),
      { outcome: "rejected", disableDestination: true, reason: { code: "issues_disabled" } },
      0,
    ],
  ])("%s", async (_name, step, expected, written) => {
    ground.fake.script("createIssue", step);
    const slow = step.kind === "delay" || step.kind === "drip";
    expect(await publish({}, slow ? { timeout_ms: 1_000 } : {})).toMatchObject(expected);
    expect(ground.fake.repository(slug).issues).toHaveLength(written);
    expect(ground.fake.requests).toHaveLength(1);
  });

  it("waits for the hourly limit by GitHub's clock, not by ours", async () => {
    await ground.close();
    ground = await githubGround({ clockAheadMs: 7_200_000 });
    ground.fake.script("createIssue", { kind: "primaryLimit", resetInS: 600 });
    const outcome = await publish();
    expect(outcome).toMatchObject({ outcome: "retryable", reason: { code: "rate_limited" } });
    const wait = "retryAfterMs" in outcome ? Number(outcome.retryAfterMs) : 0;
    expect(Math.abs(wait - 600_000)).toBeLessThan(5_000);
  });

  it.each([
    ["of another server", "https://evil.example.com/example/tracker/issues/9"],
    ["with a query", "HOST/example/tracker/issues/9?next=x"],
    ["of another issue", "HOST/example/tracker/issues/8"],
    ["that is no URL", "javascript:alert(1)"],
  ])("a link %s is not taken over", async (_name, link) => {
    const html_url = link.replace("HOST", ground.fake.webOrigin);
    ground.fake.script("createIssue", status(201, { number: 9, html_url }));
    expect(await publish()).toMatchObject({ externalUrl: `${ground.fake.webOrigin}/${slug}/issues/9` });
  });

  it.each([0, -1, 1.5, "7", 2 ** 60, null])(
    "an answer that numbers the issue %j is not believed",
    async (number) => {
      ground.fake.script("createIssue", status(201, { number }));
      expect(await publish()).toMatchObject({ outcome: "ambiguous", reason: { code: "reply_unreadable" } });
    },
  );

  it("a Location of another place is not believed", async () => {
    const location = "https://evil.example.com/repos/example/tracker/issues/7";
    ground.fake.script("createIssue", status(201, "x", { location }));
    expect(await publish()).toMatchObject({ outcome: "ambiguous" });
  });
});

describe("what is never sent", () => {
  it.each<[string, () => Overrides]>([
    ["another repository", () => ({ targetRef: "example/other" })],
    [
      "a payload rendered for another repository",
      () => ({ body: ground.request({ destination: ground.destination({}, "example/other") }).body }),
    ],
    [
      "a payload rendered for another server",
      () => ({
        body: ground.request({ destination: ground.destination({ api_base_url: "https://ghe.example.com" }) })
          .body,
      }),
    ],
    ["no JSON", () => ({ body: "x" })],
    ["no issue", () => ({ body: JSON.stringify({ repo: slug, server: ground.fake.webOrigin }) })],
    [
      "a test's payload",
      () => ({ body: JSON.stringify({ test: true, repo: slug, server: ground.fake.webOrigin }) }),
    ],
  ])("%s", async (_name, overrides) => {
    expect(await publish(overrides())).toMatchObject({ outcome: "rejected" });
    expect(ground.fake.requests.filter((each) => each.method === "POST")).toEqual([]);
  });

  it("anything, without its token", async () => {
    expect(await publish({}, { token_ref: "env:TANDEM_NONE" })).toMatchObject({
      outcome: "rejected",
      reason: { code: "secret_unset" },
    });
    expect(ground.fake.connectionCount).toBe(0);
  });
});

describe("commenting on an issue", () => {
  it("case 95: a matched open issue gets the payload's own comment, once, as comment_issue", async () => {
    const issue = ground.fake.addIssue(slug, { title: "known" });
    const outcome = await comment(existing(issue.number));
    const url = `${ground.fake.webOrigin}/${slug}/issues/1#issuecomment-1`;
    expect(outcome).toMatchObject({
      outcome: "published",
      operation: "comment_issue",
      externalId: "1",
      externalUrl: url,
      receipt: { operation: "comment_issue", issue_number: 1, comment_id: "1", comment_url: url },
    });
    expect(issue.comments.map((each) => each.body)).toEqual([JSON.parse(ground.request().body).comment.body]);
    expect(ground.fake.repository(slug).issues).toHaveLength(1);
    expect(ground.fake.effectCount(ground.request().idempotencyKey)).toBe(1);
  });

  it.each<[string, GithubStep, Record<string, unknown>]>([
    ["a lost reply", { kind: "drop" }, { outcome: "ambiguous" }],
    ["a 500", status(500, {}), { outcome: "ambiguous" }],
    [
      "a malformed answer with its Location",
      { kind: "malformed" },
      { outcome: "published", receipt: { comment_id: "1" } },
    ],
    ["a malformed answer without", { kind: "malformed", noLocation: true }, { outcome: "ambiguous" }],
    ["an issue that is gone", status(410, {}), refused("issue_gone")],
    ["an issue nobody knows", status(404, {}), refused("issue_gone")],
    [
      "a locked issue",
      status(403, { message: "Unable to create comment because issue is locked." }),
      refused("issue_locked"),
    ],
    [
      "a rate limit",
      { kind: "secondaryLimit", retryAfterS: 5 },
      { outcome: "retryable", retryAfterMs: 5_000 },
    ],
  ])("%s", async (_name, step, expected) => {
    ground.fake.addIssue(slug, {});
    ground.fake.script("createComment", step);
    const outcome = await comment(existing(1));
    expect(outcome).toMatchObject(expected);
    expect(outcome).not.toHaveProperty("disableDestination");
  });

  it.each(["", "0", "1/../2", "1?x"])(
    "the number %j is refused before anything is asked",
    async (externalId) => {
      expect(await comment({ ...existing(1), externalId })).toMatchObject({ outcome: "rejected" });
      expect(ground.fake.connectionCount).toBe(0);
    },
  );
});

describe("the Test button", () => {
  const test = (config: Record<string, unknown> = {}) => {
    const destination = ground.destination(config);
    const rendered = githubAdapter.renderTest(destination);
    if (!rendered.ok) throw new Error(rendered.reason.message);
    const { content, targetRef, operation } = rendered.payload;
    const body = JSON.stringify(content);
    return githubAdapter.publish(
      destination,
      { ...ground.request(), body, targetRef, operation, test: true },
      ground.context(),
    );
  };

  it("reads the repository and its list, makes nothing and says so", async () => {
    const outcome = await test();
    expect(describeTest(outcome)).toContain("nothing was created");
    expect(outcome).toMatchObject({
      outcome: "published",
      operation: "check_target",
      receipt: { provider: "github", test: true, can_label: true, is_private: false },
    });
    expect(ground.fake.requests.map((each) => each.operation)).toEqual(["getRepository", "listIssues"]);
    expect(ground.fake.repository(slug).issues).toEqual([]);
  });

  it("files nothing either when it is asked to send a real payload as a test", async () => {
    expect(await publish({ test: true })).toMatchObject({ operation: "check_target" });
    expect(ground.fake.repository(slug).issues).toEqual([]);
  });

  it.each<[string, GithubOperation, GithubStep, Record<string, unknown>]>([
    ["archived", "getRepository", status(200, { archived: true }), refused("repo_archived")],
    ["without issues", "getRepository", status(200, { has_issues: false }), refused("issues_disabled")],
    ["not there", "getRepository", status(404, {}), refused("repo_not_found")],
    ["whose issues may not be read", "listIssues", status(403, {}), refused("permission_missing")],
    ["that does not answer", "getRepository", { kind: "drop" }, { outcome: "retryable" }],
  ])("a repository %s", async (_name, operation, step, expected) => {
    ground.fake.script(operation, step);
    expect(await test()).toMatchObject(expected);
  });
});

describe("pace", () => {
  it("what is sent by default stays under what GitHub asks of those who make content", () => {
    const pace = paceOf({ kind: "github_issue" });
    expect(pace.concurrencyMax).toBeLessThanOrEqual(githubPace.concurrency);
    const most = (bucket: typeof pace.minute, windowMs: number) =>
      bucket ? bucket.capacity + bucket.perMs * windowMs : Number.POSITIVE_INFINITY;
    expect(most(pace.minute, 60_000)).toBeLessThanOrEqual(githubPace.perMinute);
    expect(most(pace.hour, 3_600_000)).toBeLessThanOrEqual(githubPace.perHour);
  });
});

function status(code: number, body: unknown, headers?: Record<string, string>): GithubStep {
  return { kind: "status", status: code, body, headers };
}

function refused(code: string): Record<string, unknown> {
  return { outcome: "rejected", reason: { code } };
}
