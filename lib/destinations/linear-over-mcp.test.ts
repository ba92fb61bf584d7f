import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeLinearTools } from "@/e2e/fakes/mcp-linear";
import { type TrackerGround, trackerGround, trackerStories } from "@/e2e/fakes/tracker-ground";

const otherKey = "d".repeat(64);

describe("Linear's own server", () => {
  const story = trackerStories.find(({ name }) => name === "Linear");
  if (!story) throw new Error("no story");
  let ground: TrackerGround;
  let box: FakeLinearTools;
  beforeEach(async () => {
    box = new FakeLinearTools();
    ground = await trackerGround(story, box);
  });
  afterEach(() => ground.close());
  const publish = (request = ground.request()) =>
    ground.adapter.publish(story.destination(), request, ground.context());
  const find = (request = ground.request()) =>
    ground.adapter.issues.find(story.destination(), request, ground.context());

  it("is told team, project, priority and labels, and never an id to change", async () => {
    await publish();
    expect(box.calls.at(-1)).toEqual({
      name: "save_issue",
      arguments: {
        ...{ team: "SHOP", project: "Reliability", priority: 3, labels: ["incident-monitor"] },
        ...{ title: expect.any(String), description: expect.any(String) },
      },
    });
  });

  it("reads whole what its list cuts short, and only what may be ours", async () => {
    box.create({ title: "Another thing", description: "x".repeat(500) });
    await publish();
    box.calls.length = 0;
    expect(await find()).toMatchObject({ ownEffect: { issue: { externalId: "SHOP-2" } } });
    expect(box.calls.filter(({ name }) => name === "get_issue")).toEqual([
      { name: "get_issue", arguments: { id: "SHOP-2" } },
    ]);
  });

  it("searches for older issues by the fingerprint's marker", async () => {
    await publish();
    for (const issue of box.issues) issue.createdAtMs -= 90 * 86_400_000;
    for (let at = 0; at < 60; at += 1) box.create({ title: `Other ${at}`, description: "" });
    for (const issue of box.issues.slice(1)) issue.createdAtMs -= 2 * 86_400_000;
    expect(await find(ground.request({ key: otherKey }))).toMatchObject({
      ...{ outcome: "found", ownEffect: null, matches: [{ externalId: "SHOP-1" }] },
    });
    const lists = box.calls.filter(({ name }) => name === "list_issues");
    expect(lists.at(-1)?.arguments.query).toMatch(/^[0-9a-f]{64}$/);
  });

  it("a team that it does not know is refused for good", async () => {
    const row = { ...story.destination(), linearTeam: "NOBODY" };
    const request = ground.request({ destination: row });
    expect(await ground.adapter.publish(row, request, ground.context())).toMatchObject({
      ...{ outcome: "rejected", reason: { code: "tracker_refused" } },
    });
  });
});
