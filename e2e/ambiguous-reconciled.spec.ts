import type { PostWire } from "@/lib/contracts/post";
import { expectAccessible } from "./support/accessible";
import { type Github, githubRow } from "./support/github";
import { expect, test } from "./support/keyboard";
import type { Monitor } from "./support/monitor";
import { openPage } from "./support/open-page";
import { propose } from "./support/propose";

test.beforeEach(async ({ keptConfig: _ }) => {});

const looks = (github: Github) => github.requests.filter((each) => each.operation === "listIssues").length;

/** From now on, and for longer than a journey lasts, GitHub cannot say what is there. */
const sayNothing = (github: Github) =>
  github.script(
    "listIssues",
    ...Array.from({ length: 500 }, () => ({ kind: "status", status: 502 }) as const),
  );

/** Publishes a draft whose reply is lost, and answers its receipt; `written`: whether the issue came into being. */
async function loseReply(
  monitor: Monitor,
  github: Github,
  to: { id: string; title: string; written: boolean },
): Promise<PostWire> {
  const draft = await monitor.report({
    title: to.title,
    detail: "The cart holds one item more than the order.",
    event: `cart.${to.title.toLowerCase().replaceAll(/[^a-z]+/g, ".")}`,
    component: "cart",
    risk_level: "medium",
  });
  await propose(monitor.call, draft.draft_id);
  github.script("createIssue", { kind: "drop", writes: to.written });
  const written = github.waitFor("createIssue");
  const publishing = monitor.call("POST", `/incident-monitor/drafts/${draft.draft_id}/publish`, {
    destination_ids: [to.id],
  });
  await written;
  sayNothing(github);
  await publishing;
  const post = async () => (await monitor.postsOf(draft.draft_id))[0];
  await expect.poll(async () => (await post())?.state).toBe("ambiguous");
  return (await post()) as PostWire;
}

test("a reply lost after the write: the receipt says so, Look now finds the issue, and there is one", async ({
  page,
  keys,
  monitor,
  github,
  marker,
}) => {
  const id = `tracker-${marker}`;
  const repo = `acme/cart-${marker.toLowerCase()}`;
  await monitor.addDestination(githubRow(id, github, repo));
  const title = `CartError ${marker} after the write`;
  const post = await loseReply(monitor, github, { id, title, written: true });

  await openPage(page, `/receipts/${post.post_id}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByText("The reply was lost: nobody knows yet whether it arrived.")).toBeVisible();
  await expect(page.getByText("Connection lost").filter({ visible: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send again" })).toHaveCount(0);
  await expectAccessible(page, "a receipt without an answer");

  // Its own next look has just been and comes again after 15 s: what is found now is found by the button.
  const before = looks(github);
  await expect.poll(() => looks(github), { timeout: 30_000 }).toBeGreaterThan(before);
  github.script("listIssues");
  await keys.press(page.getByRole("button", { name: "Look now" }));
  await expect(page.getByText("It had its effect", { exact: true })).toBeVisible();
  await expect(page.getByText("the destination was asked and has it. Nothing was sent twice.")).toBeVisible();
  await expect(page.getByRole("link", { name: new RegExp(`^Open at ${id}`) })).toHaveAttribute(
    "href",
    `${github.webOrigin}/${repo}/issues/1`,
  );
  await expectAccessible(page, "a receipt that was found again");
  expect(github.repository(repo).issues.map((each) => each.title)).toEqual([title]);
  expect(github.effectCount(post.idempotency_key)).toBe(1);
});

test("what nobody can be asked about is settled by a person, with the reason on the record", async ({
  page,
  keys,
  monitor,
  github,
  marker,
}) => {
  const id = `tracker-${marker}`;
  const repo = `acme/cart-${marker.toLowerCase()}`;
  await monitor.addDestination(githubRow(id, github, repo));
  const post = await loseReply(monitor, github, {
    id,
    title: `CartError ${marker} settled by hand`,
    written: true,
  });
  const issue = `${github.webOrigin}/${repo}/issues/1`;

  await openPage(page, `/receipts/${post.post_id}`);
  await keys.press(page.getByRole("button", { name: "Settle by hand" }));
  const dialog = page.getByRole("dialog", { name: "What came of it?" });
  await expectAccessible(page, "settling by hand");
  await keys.press(dialog.getByRole("button", { name: /^Settle/ }));
  await expect(dialog.getByText("Say how you know")).toBeVisible();
  await keys.type(dialog.getByLabel(/^How you know/), `Seen in the tracker by ${marker}`);
  await keys.type(dialog.getByLabel(/^Where it is/), "issues/1");
  await keys.press(dialog.getByRole("button", { name: /^Settle/ }));
  await expect(dialog.getByText("Write a web address.")).toBeVisible();
  await keys.type(dialog.getByLabel(/^Where it is/), issue);
  await keys.press(dialog.getByRole("button", { name: /^Settle/ }));
  await expect(dialog).toBeHidden();

  await expect(page.getByText(/looked there and said that it arrived/)).toBeVisible();
  await expect(page.getByRole("link", { name: new RegExp(`^Open at ${id}`) })).toHaveAttribute("href", issue);
  await expect(page.getByRole("complementary", { name: "Receipt" })).toContainText("by hand,");
  await expectAccessible(page, "a receipt settled by hand");
  expect(github.repository(repo).issues).toHaveLength(1);
  expect((await monitor.postsOf(post.draft_id))[0]).toMatchObject({
    state: "published",
    external_url: issue,
  });
});

test("what a person looked for and did not find is sent again, once", async ({
  page,
  monitor,
  github,
  marker,
}) => {
  const id = `tracker-${marker}`;
  const repo = `acme/cart-${marker.toLowerCase()}`;
  await monitor.addDestination(githubRow(id, github, repo));
  const title = `CartError ${marker} never written`;
  const post = await loseReply(monitor, github, { id, title, written: false });
  expect(github.repository(repo).issues).toHaveLength(0);

  await openPage(page, `/receipts/${post.post_id}`);
  await page.getByRole("button", { name: "Settle by hand" }).click();
  const dialog = page.getByRole("dialog", { name: "What came of it?" });
  await dialog.getByLabel(/^It is not there/).click();
  await expect(dialog.getByText("If it is there after all, it will be there twice.")).toBeVisible();
  await dialog.getByLabel(/^How you know/).fill("Searched the tracker by title");
  github.script("listIssues");
  await dialog.getByRole("button", { name: /^Send it again/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("link", { name: new RegExp(`^Open at ${id}`) })).toBeVisible({
    timeout: 30_000,
  });
  expect(github.repository(repo).issues.map((each) => each.title)).toEqual([title]);
  expect(github.effectCount(post.idempotency_key)).toBe(1);
});
