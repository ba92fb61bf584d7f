import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addIssue } from "@/e2e/fakes/github-records";
import { FakeGithubTools } from "@/e2e/fakes/mcp-github";
import { samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import { type TrackerGround, trackerGround, trackerStories } from "@/e2e/fakes/tracker-ground";
import { parseLeadMarkers, parseMarkers } from "./issue-markers";

const otherKey = "d".repeat(64);

describe("GitHub's own server", () => {
  const official = trackerStories.find(({ name }) => name.includes("official"));
  if (!official) throw new Error("no story");
  let ground: TrackerGround;
  let box: FakeGithubTools;
  beforeEach(async () => {
    box = new FakeGithubTools("official");
    ground = await trackerGround(official, box);
  });
  afterEach(() => ground.close());
  const publish = (request = ground.request()) =>
    ground.adapter.publish(official.destination(), request, ground.context());
  const find = (request = ground.request()) =>
    ground.adapter.issues.find(official.destination(), request, ground.context());

  it("is told the method, the labels, and that no form is wanted", async () => {
    await publish();
    expect(box.calls.at(-1)).toEqual({
      name: "issue_write",
      arguments: {
        ...{ method: "create", owner: "example", repo: "tracker", show_ui: false },
        ...{ title: expect.any(String), body: expect.any(String), labels: ["incident-monitor"] },
      },
    });
  });

  it.each([
    ["a link", "link", { outcome: "published", externalId: "1" }],
    ["case 93: metadata with JSON as text in it", "meta", { outcome: "published", externalId: "1" }],
    ["nothing of it", "nothing", { outcome: "ambiguous", reason: { code: "reply_unreadable" } }],
  ] as const)("answers a new issue with %s", async (_, answers, expected) => {
    box.answers = answers;
    expect(await publish()).toMatchObject(expected);
    expect(await find()).toMatchObject({ ownEffect: { issue: { externalId: "1" } } });
  });

  it("is read page by page to the end, closed issues included", async () => {
    await publish();
    box.repository.issues.forEach((issue) => {
      issue.state = "closed";
      issue.createdAtMs -= 90 * 86_400_000;
    });
    for (let at = 0; at < 250; at += 1) {
      addIssue(box.repository, { title: `Other ${at}`, body: "x" }, Date.now() - 86_400_000);
    }
    const later = ground.request({ key: otherKey });
    expect(await find(later)).toMatchObject({ matches: [{ externalId: "1", state: "closed" }] });
    expect(
      box.calls.filter(({ name }) => name === "list_issues").map(({ arguments: args }) => args.after),
    ).toEqual(expect.arrayContaining([undefined, "100", "200"]));
  });

  it("an issue of another repository, or a pull request, is none of ours", async () => {
    const elsewhere = { number: 3, title: "x", html_url: "https://github.com/example/elsewhere/issues/3" };
    const pull = { number: 4, title: "y", html_url: "https://github.com/example/tracker/pull/4" };
    box.call = () => ({ content: [{ type: "text", text: JSON.stringify([elsewhere, pull]) }] });
    expect(await find()).toEqual({ outcome: "absent", suggestions: [] });
    expect(await ground.adapter.issues.look(official.destination(), "3", ground.context())).toEqual({
      outcome: "gone",
    });
  });

  it("the whole body, markers of both kinds included, stays within what an issue may be", () => {
    const detail = "x".repeat(60_000);
    const subject = samplePayloadSubject({ draft: { ...samplePayloadSubject().draft, detail } });
    const { body } = JSON.parse(ground.request({ subject }).body) as { body: string };
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(12_000);
    expect(parseLeadMarkers(body)).toEqual(parseMarkers(body));
    expect(Object.keys(parseMarkers(body)).sort()).toEqual(["delivery", "evidence", "fingerprint"]);
  });
});
