import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createIssueGround, type IssueGround } from "@/lib/testing/issue-ground";
import { getDraft } from "../drafts/get-draft";
import { recheckMatch } from "./recheck-match";

let ground: IssueGround;
let serial = 0;
beforeAll(async () => {
  ground = await createIssueGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  // What earlier tests filed is forgotten on both sides, or their failures would be followed up here.
  await ground.db.prisma.delivery.updateMany({ data: { issueExternalId: null } });
  ground.issues().length = 0;
  ground.github.lagLists(0);
  serial += 1;
});

const fingerprint = () => `failure-${serial}`;
const publishedOnce = async (fields = {}) => {
  const draftId = await ground.report({ fingerprint: fingerprint(), ...fields });
  await ground.publish(draftId);
  await ground.turn();
  return draftId;
};
const only = async (draftId: string) => {
  const [delivery] = await ground.deliveries(draftId);
  if (!delivery) throw new Error("nothing was queued");
  return delivery;
};

describe("an issue delivery", () => {
  it("files one issue, with a receipt that names it", async () => {
    const delivery = await only(await publishedOnce());
    expect(delivery).toMatchObject({ state: "published", operation: "create_issue", issueExternalId: "1" });
    expect(delivery.receipt?.receipt).toMatchObject({ provider: "github", issue_number: 1 });
    expect(ground.issues()).toHaveLength(1);
    expect(ground.github.effectCount(delivery.idempotencyKey)).toBe(1);
  });

  it("case 94: whose reply was lost is ambiguous, is looked up, and is not filed twice", async () => {
    ground.github.script("createIssue", { kind: "drop" });
    const draftId = await publishedOnce();
    expect(await only(draftId)).toMatchObject({ state: "ambiguous", receipt: null });
    expect(await ground.publish(draftId)).toMatchObject({ queued: [{ outcome: "in_progress" }] });
    ground.clock.nowMs += 2_500;
    expect(await ground.reconcile()).toBe(1);
    const delivery = await only(draftId);
    expect(delivery).toMatchObject({ state: "published", issueExternalId: "1" });
    expect(delivery.receipt?.receipt).toMatchObject({ reconciled: true });
    expect(ground.issues()).toHaveLength(1);
    expect((await ground.audits("delivery.reconciled")).at(-1)?.detail).toMatchObject({ found: true });
  });

  it("whose request was lost is sent again only after three looks found nothing, apart", async () => {
    ground.github.script("createIssue", { kind: "drop", writes: false });
    const draftId = await publishedOnce();
    for (const waitMs of [2_500, 15_500]) {
      ground.clock.nowMs += waitMs;
      await ground.reconcile();
      expect((await only(draftId)).state).toBe("ambiguous");
    }
    ground.clock.nowMs += 60_500;
    await ground.reconcile();
    expect((await only(draftId)).state).toBe("retrying");
    await ground.turn();
    expect((await only(draftId)).state).toBe("published");
    expect(ground.issues()).toHaveLength(1);
  });

  it("a list that shows what was written only later does not make a second issue", async () => {
    ground.github.lagLists(2);
    ground.github.script("createIssue", { kind: "drop" });
    const draftId = await publishedOnce();
    for (const waitMs of [2_500, 15_500, 60_500, 1_000]) {
      ground.clock.nowMs += waitMs;
      await ground.reconcile();
      await ground.turn();
    }
    expect((await only(draftId)).state).toBe("published");
    expect(ground.issues()).toHaveLength(1);
  });

  it("of a worker that died after the write becomes ambiguous when its lease ends, and is found", async () => {
    const draftId = await ground.report({ fingerprint: fingerprint() });
    await ground.publish(draftId);
    await ground.turn({ dies: true });
    expect((await only(draftId)).state).toBe("sending");
    ground.clock.nowMs += 46_000;
    expect(await ground.turn()).toEqual([]);
    await ground.reconcile();
    expect((await only(draftId)).state).toBe("published");
    expect(ground.issues()).toHaveLength(1);
  });

  it("is not sent while nobody can see what is there", async () => {
    ground.github.script("listIssues", { kind: "status", status: 503 });
    const delivery = await only(await publishedOnce());
    expect(delivery).toMatchObject({ state: "retrying" });
    expect(ground.issues()).toHaveLength(0);
    ground.clock.nowMs += 60_000;
    await ground.turn();
    expect((await only(delivery.draftId)).state).toBe("published");
  });

  it("ends at once when only a person can help", async () => {
    ground.github.script("listIssues", { kind: "status", status: 404, body: { message: "Not Found" } });
    const delivery = await only(await publishedOnce());
    expect(delivery).toMatchObject({ state: "failed", lastReason: { code: "repo_not_found" } });
  });
});

describe("an issue of the same failure that is there already", () => {
  /** An issue with the markers of this failure, and none of this deployment's deliveries. */
  async function elsewhere(state: "open" | "closed") {
    const { db, github } = ground;
    const draftId = await publishedOnce();
    const [issue] = ground.issues();
    if (!issue) throw new Error("no issue");
    issue.state = state;
    await db.prisma.receipt.deleteMany({ where: { delivery: { draftId } } });
    await db.prisma.deliveryAttempt.deleteMany({ where: { delivery: { draftId } } });
    await db.prisma.delivery.deleteMany({ where: { draftId } });
    github.requests.length = 0;
    return { draftId, issue };
  }

  it("case 95: open, it takes a comment instead of a second issue", async () => {
    const { draftId, issue } = await elsewhere("open");
    issue.body = issue.body.replace(/\n<!-- tandem:delivery[^\n]*$/, "");
    await ground.publish(draftId);
    await ground.turn();
    const delivery = await only(draftId);
    expect(delivery).toMatchObject({ state: "published", operation: "comment_issue", issueExternalId: "1" });
    expect(issue.comments).toHaveLength(1);
    expect(ground.issues()).toHaveLength(1);
    expect(await getDraft(ground.as(), draftId)).toMatchObject({
      matchedIssueNumber: 1,
      matchedIssueState: "open",
    });
  });

  it("case 95: open and comments switched off, it is linked and nothing is posted", async () => {
    await ground.configure({ autoCommentOnMatchedOpenIssues: false });
    const { draftId, issue } = await elsewhere("open");
    issue.body = issue.body.replace(/\n<!-- tandem:delivery[^\n]*$/, "");
    await ground.publish(draftId);
    await ground.turn();
    expect(await only(draftId)).toMatchObject({ state: "published", operation: "match_issue" });
    expect(issue.comments).toHaveLength(0);
    await ground.configure();
  });

  it("closed, the draft becomes a regression that says so, and is filed once it was published as that", async () => {
    const { draftId, issue } = await elsewhere("closed");
    issue.body = issue.body.replace(/\n<!-- tandem:delivery[^\n]*$/, "");
    await ground.publish(draftId);
    await ground.turn();
    expect(await only(draftId)).toMatchObject({ state: "blocked", lastReason: { code: "matched_closed" } });
    expect(ground.issues()).toHaveLength(1);
    await ground.publish(draftId);
    await ground.turn();
    const second = ground.issues().find((each) => each.number === 2);
    expect(second?.body).toContain("Regression of #1, which was closed.");
  });
});

describe("a recheck", () => {
  it("finds the issue that was filed, open and then closed, and keeps what it found with the draft", async () => {
    const draftId = await ground.report({ fingerprint: fingerprint() });
    const recheck = async () => (await recheckMatch(ground.as(), { draftId })).action;
    expect(await recheck()).toBe("no_match");
    await ground.publish(draftId);
    await ground.turn();
    const before = ground.issues().length;
    expect(await recheck()).toBe("matched_open");
    const [issue] = ground.issues();
    if (issue) issue.state = "closed";
    const found = await recheckMatch(ground.as(), { draftId });
    expect(found).toMatchObject({
      action: "matched_closed",
      draft: { matchedIssueNumber: 1, matchedIssueState: "closed" },
    });
    expect(ground.issues()).toHaveLength(before);
  });
});

describe("a failure that goes on after its issue was filed", () => {
  const hour = 3_600_000;
  const again = async (times = 1) => {
    ground.clock.nowMs += 1_000;
    for (let each = 0; each < times; each += 1) await ground.report({ fingerprint: fingerprint() });
  };

  it("is told there at growing intervals, with numbers alone, and not before", async () => {
    const draftId = await publishedOnce();
    await again(3);
    expect(await ground.followUp()).toMatchObject({ commented: 0 });
    ground.clock.nowMs += hour + 1;
    expect(await ground.followUp()).toMatchObject({ commented: 1 });
    expect(await ground.followUp()).toMatchObject({ commented: 0 });
    await ground.turn();
    const [issue] = ground.issues();
    expect(issue?.comments).toHaveLength(1);
    expect(issue?.comments[0]?.body).toMatch(/^Seen 3 more times, last \d{4}-/);
    await again();
    ground.clock.nowMs += hour + 1;
    expect(await ground.followUp()).toMatchObject({ commented: 0 });
    ground.clock.nowMs += 3 * hour;
    expect(await ground.followUp()).toMatchObject({ commented: 1 });
    await ground.turn();
    expect(issue?.comments).toHaveLength(2);
    const deliveries = await ground.deliveries(draftId);
    expect(deliveries.map((each) => [each.operation, each.state])).toEqual([
      ["create_issue", "published"],
      ["comment_issue", "published"],
      ["comment_issue", "published"],
    ]);
  });

  it("a lost reply to a comment is looked up among the issue's comments", async () => {
    await publishedOnce();
    await again();
    ground.clock.nowMs += hour + 1;
    ground.github.script("createComment", { kind: "drop" });
    await ground.followUp();
    await ground.turn();
    ground.clock.nowMs += 2_500;
    await ground.reconcile();
    const [issue] = ground.issues();
    expect(issue?.comments).toHaveLength(1);
    await ground.turn();
    expect(issue?.comments).toHaveLength(1);
    expect((await ground.audits("follow_up.queued")).length).toBeGreaterThan(0);
  });

  it("opens a regression draft when the issue was closed; later sightings go to that one", async () => {
    const draftId = await publishedOnce();
    const [issue] = ground.issues();
    if (issue) issue.state = "closed";
    await again();
    ground.clock.nowMs += hour + 1;
    expect(await ground.followUp()).toMatchObject({ regressions: 1 });
    expect(await ground.followUp()).toMatchObject({ regressions: 0 });
    const newest = await ground.report({ fingerprint: fingerprint() });
    expect(newest).not.toBe(draftId);
    const regression = await getDraft(ground.as(), newest);
    expect(regression).toMatchObject({
      regressionOfId: draftId,
      matchedIssueState: "closed",
      approval: "not_required",
    });
    await ground.publish(newest);
    await ground.turn();
    expect(
      ground
        .issues()
        .map((each) => each.number)
        .sort(),
    ).toEqual([1, 2]);
    expect((await only(newest)).operation).toBe("create_issue");
  });

  it("is not told where policy asks for an approval that did not show the comment", async () => {
    await publishedOnce();
    await ground.configure({ requireApprovalForNewIssues: true });
    await again();
    ground.clock.nowMs += hour + 1;
    expect(await ground.followUp()).toMatchObject({ commented: 0, left: 1 });
    await ground.configure();
  });
});
