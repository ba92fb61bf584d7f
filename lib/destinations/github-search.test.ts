import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GithubOperation, GithubStep } from "@/e2e/fakes/github";
import { type GithubGround, githubGround } from "@/e2e/fakes/github-ground";
import { samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import { githubAdapter } from "./github";

const slug = "example/tracker";
const key = "1".repeat(64);
const dayMs = 86_400_000;
let ground: GithubGround;

beforeEach(async () => {
  ground = await githubGround();
});
afterEach(() => ground.close());

const tracker = () => {
  if (!githubAdapter.issues) throw new Error("no tracker");
  return githubAdapter.issues;
};

const find = (within?: { externalId: string }, overrides: Parameters<GithubGround["request"]>[0] = {}) =>
  tracker().find(ground.destination(), ground.request({ key, ...overrides }), ground.context(), within);

const publish = (deliveryKey = key) =>
  githubAdapter.publish(ground.destination(), ground.request({ key: deliveryKey }), ground.context());

/** An issue as an earlier delivery of ours would have left it. */
function ours(state: "open" | "closed" = "open", createdAtMs = Date.now() - dayMs) {
  const { title, body } = JSON.parse(ground.request({ key: "2".repeat(64) }).body);
  return ground.fake.addIssue(slug, { title, body, state, createdAtMs });
}

function others(count: number, createdAtMs = Date.now() - 2 * dayMs) {
  for (let at = 0; at < count; at += 1) {
    ground.fake.addIssue(slug, {
      title: `other ${at}`,
      isPullRequest: at % 2 === 0,
      createdAtMs: createdAtMs + at,
    });
  }
}

const listCount = () => ground.fake.requests.filter((each) => each.operation === "listIssues").length;

describe("finding", () => {
  it("nothing of ours is absent, and asks for all states, newest first, a hundred a page", async () => {
    ground.fake.addIssue(slug, { title: "something else" });
    expect(await find()).toEqual({ outcome: "absent", suggestions: [] });
    expect(ground.fake.requests[0]?.path).toBe(
      "/repos/example/tracker/issues?state=all&sort=created&direction=desc&per_page=100&page=1",
    );
  });

  it("its own effect after a lost reply, by the delivery's key", async () => {
    ground.fake.script("createIssue", { kind: "drop" });
    expect(await publish()).toMatchObject({ outcome: "ambiguous" });
    expect(await find()).toMatchObject({
      outcome: "found",
      ownEffect: { issue: { externalId: "1", reference: "#1", state: "open" }, commentId: null },
    });
    expect(await find(undefined, { key: "3".repeat(64) })).toMatchObject({
      outcome: "found",
      ownEffect: null,
      matches: [{ externalId: "1" }],
    });
  });

  it("open matches before closed ones, then the newest", async () => {
    ours("open");
    ours("closed");
    ours("open");
    ours("closed");
    const found = await find();
    expect(found.outcome === "found" && found.matches.map((each) => each.externalId)).toEqual([
      "3",
      "1",
      "4",
      "2",
    ]);
  });

  it("an equal title is a suggestion and nothing more", async () => {
    const { title } = JSON.parse(ground.request().body);
    ground.fake.addIssue(slug, { title: ` ${title.toUpperCase()} `, body: "written by hand" });
    expect(await find()).toMatchObject({ outcome: "absent", suggestions: [{ externalId: "1" }] });
  });

  it.each([
    ["the fingerprint in its text", (body: string) => `fp-checkout-timeout ${body.slice(0, 40)}`],
    ["our markers quoted further up", (body: string) => `${body}\n\nA person wrote on.`],
    ["our markers in a quote", (body: string) => body.replace(/^/gm, "> ")],
  ])("an issue with %s is none of ours (W-07)", async (_name, change) => {
    const { body } = JSON.parse(ground.request().body);
    ground.fake.addIssue(slug, { title: "x", body: change(body) });
    expect(await find()).toEqual({ outcome: "absent", suggestions: [] });
  });

  it("a pull request with our markers is no issue", async () => {
    const { body } = JSON.parse(ground.request().body);
    ground.fake.addIssue(slug, { title: "x", body, isPullRequest: true });
    expect(await find()).toEqual({ outcome: "absent", suggestions: [] });
  });

  it("of two issues with its key the older is the effect: the other is a copy", async () => {
    await publish();
    const { title, body } = JSON.parse(ground.request({ key }).body);
    ground.fake.addIssue(slug, { title, body });
    expect(await find()).toMatchObject({ ownEffect: { issue: { externalId: "1" } } });
  });

  it("a match of another project is none", async () => {
    ours();
    const subject = samplePayloadSubject({ draft: { projectId: "other" } });
    const title = { suggested_title: "another" };
    expect(await find(undefined, { subject: { ...subject, issueDraft: title } })).toMatchObject({
      outcome: "absent",
    });
  });
});

describe("pages", () => {
  it("are followed to the last", async () => {
    ours();
    others(250, Date.now());
    expect(await find()).toMatchObject({ outcome: "found", matches: [{ externalId: "1" }] });
    expect(listCount()).toBe(3);
  });

  it("end after ten", async () => {
    ours();
    others(1_050, Date.now());
    expect(await find()).toMatchObject({ outcome: "absent" });
    expect(listCount()).toBe(10);
  });

  it("end early where an open match is known and nothing of this delivery can follow", async () => {
    others(300);
    ours();
    await find();
    expect(listCount()).toBe(1);
  });

  it("go on past an open match while the delivery's own issue may still follow", async () => {
    await publish();
    ours("open", Date.now() + 1_000);
    others(150, Date.now() + 2_000);
    expect(await find()).toMatchObject({ ownEffect: { issue: { externalId: "1" } } });
  });

  it("a page given twice is read again, and hides nothing", async () => {
    ours();
    others(250, Date.now());
    ground.fake.script("listIssues", { kind: "delay", ms: 1 }, { kind: "duplicatePage" });
    expect(await find()).toMatchObject({ outcome: "found", matches: [{ externalId: "1" }] });
    expect(listCount()).toBe(4);
  });

  it("a page too long to take at once is read in quarters", async () => {
    ours();
    others(120, Date.now());
    ground.fake.script("listIssues", { kind: "huge", bytes: 9 * 1_048_576 });
    expect(await find()).toMatchObject({ outcome: "found", matches: [{ externalId: "1" }] });
    expect(ground.fake.requests.map((each) => each.path.match(/per_page=\d+&page=\d+/)?.[0])).toEqual([
      "per_page=100&page=1",
      ...[1, 2, 3, 4].map((page) => `per_page=25&page=${page}`),
      "per_page=100&page=2",
    ]);
  });

  it("a list that lags shows the issue later", async () => {
    ground.fake.lagLists(2);
    ground.fake.script("createIssue", { kind: "drop" });
    await publish();
    expect(await find()).toMatchObject({ outcome: "absent" });
    expect(await find()).toMatchObject({ outcome: "absent" });
    expect(await find()).toMatchObject({ outcome: "found", ownEffect: { issue: { externalId: "1" } } });
  });
});

describe("what cannot be read is unknown, never absent", () => {
  it.each<[string, GithubStep, Record<string, unknown>]>([
    ["a lost reply", { kind: "drop" }, { reason: { code: "connection_lost" } }],
    ["a 500", { kind: "status", status: 500 }, { reason: { code: "server_error" } }],
    ["a malformed page", { kind: "malformed" }, { reason: { code: "reply_unreadable" } }],
    [
      "a page that is no list",
      { kind: "status", status: 200, body: {} },
      { reason: { code: "reply_unreadable" } },
    ],
    ["a refused token", { kind: "status", status: 401 }, { reason: { code: "unauthorised" } }],
    ["a rate limit", { kind: "secondaryLimit", retryAfterS: 9 }, { retryAfterMs: 9_000 }],
    ["no such repository", { kind: "status", status: 404 }, { reason: { code: "repo_not_found" } }],
  ])("%s", async (_name, step, expected) => {
    ground.fake.script("listIssues", step, step, step);
    expect(await find()).toMatchObject({ outcome: "unknown", ...expected });
  });

  it("a later page as well", async () => {
    others(150, Date.now());
    ground.fake.script("listIssues", { kind: "delay", ms: 1 }, { kind: "drop" });
    expect(await find()).toMatchObject({ outcome: "unknown" });
  });

  it("a payload for another repository, or none of ours", async () => {
    expect(await find(undefined, { targetRef: "example/other" })).toMatchObject({
      outcome: "unknown",
      reason: { code: "target_changed" },
    });
    expect(await find(undefined, { body: "x" })).toMatchObject({ reason: { code: "payload_malformed" } });
    expect(await find({ externalId: "1/x" })).toMatchObject({ reason: { code: "issue_number_malformed" } });
    expect(ground.fake.connectionCount).toBe(0);
  });
});

describe("its own comment", () => {
  const issue = () => ({ ...known(), externalId: "1" });
  const known = () => ({ reference: "#1", url: null, title: "x", state: "open" as const, createdAtMs: null });

  it("is found by its key on the issue it was meant for", async () => {
    ours();
    ground.fake.script("createComment", { kind: "drop" });
    const request = ground.request({ key });
    await tracker().comment(ground.destination(), issue(), request, ground.context());
    expect(await find({ externalId: "1" })).toMatchObject({
      outcome: "found",
      ownEffect: {
        issue: { externalId: "1" },
        commentId: "1",
        commentUrl: `${ground.fake.webOrigin}/${slug}/issues/1#issuecomment-1`,
      },
    });
    expect(ground.fake.effectCount(key)).toBe(1);
    expect(listCount()).toBe(0);
  });

  it("another delivery's is not, and then the issues are searched as well", async () => {
    ours();
    await tracker().comment(
      ground.destination(),
      issue(),
      ground.request({ key: "4".repeat(64) }),
      ground.context(),
    );
    expect(await find({ externalId: "1" })).toMatchObject({
      ownEffect: null,
      matches: [{ externalId: "1" }],
    });
  });

  it("is looked for through every page since the delivery was made", async () => {
    const target = ours();
    const old = {
      body: JSON.parse(ground.request({ key }).body).comment.body,
      createdAtMs: Date.now() - dayMs,
    };
    target.comments.push({ id: 900, ...old });
    for (let id = 1_000; id < 1_150; id += 1)
      target.comments.push({ id, body: "+1", createdAtMs: Date.now() });
    expect(await find({ externalId: "1" })).toMatchObject({ ownEffect: null });
    target.comments.push({ id: 2_000, ...old, createdAtMs: Date.now() });
    expect(await find({ externalId: "1" })).toMatchObject({ ownEffect: { commentId: "2000" } });
  });

  it("an issue that went away leaves the search by marker", async () => {
    expect(await find({ externalId: "77" })).toEqual({ outcome: "absent", suggestions: [] });
  });

  it.each<[GithubOperation, GithubStep]>([
    ["listComments", { kind: "drop" }],
    ["listComments", { kind: "status", status: 502 }],
    ["listComments", { kind: "malformed" }],
  ])("%s that cannot be read: unknown (%j)", async (operation, step) => {
    ours();
    ground.fake.script(operation, step);
    expect(await find({ externalId: "1" })).toMatchObject({ outcome: "unknown" });
  });
});

describe("looking at one issue", () => {
  const look = (externalId: string) => tracker().look(ground.destination(), externalId, ground.context());

  it("says how it is now", async () => {
    const issue = ours("closed");
    expect(await look("1")).toEqual({
      outcome: "there",
      issue: {
        externalId: "1",
        reference: "#1",
        url: `${ground.fake.webOrigin}/${slug}/issues/1`,
        title: issue.title,
        state: "closed",
        createdAtMs: Math.floor(issue.createdAtMs / 1_000) * 1_000,
      },
    });
  });

  it.each<[string, GithubStep, Record<string, unknown>]>([
    ["nobody knows it", { kind: "status", status: 404 }, { outcome: "gone" }],
    ["it was deleted", { kind: "status", status: 410 }, { outcome: "gone" }],
    [
      "it is a pull request",
      { kind: "status", status: 200, body: { number: 1, pull_request: {} } },
      { outcome: "gone" },
    ],
    [
      "it moved",
      { kind: "status", status: 301, headers: { location: "https://x" } },
      { outcome: "unknown", reason: { code: "redirect_refused" } },
    ],
    ["a lost reply", { kind: "drop" }, { outcome: "unknown" }],
    ["a 500", { kind: "status", status: 500 }, { outcome: "unknown" }],
    [
      "a malformed answer",
      { kind: "malformed" },
      { outcome: "unknown", reason: { code: "reply_unreadable" } },
    ],
    ["another shape", { kind: "status", status: 200, body: [1] }, { outcome: "unknown" }],
  ])("%s", async (_name, step, expected) => {
    ours();
    ground.fake.script("getIssue", step);
    expect(await look("1")).toMatchObject(expected);
  });

  it("of a number that is none, asks nobody", async () => {
    expect(await look("../2")).toMatchObject({ outcome: "unknown" });
    expect(ground.fake.connectionCount).toBe(0);
  });
});
