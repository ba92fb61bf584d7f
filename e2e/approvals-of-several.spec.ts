import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import type { Monitor } from "./support/monitor";
import { openPage, untilHeard } from "./support/open-page";
import { addPerson } from "./support/people";
import { expect, signIn, test } from "./support/test";

test.beforeEach(async ({ keptConfig: _ }) => {});

/** A route of its own for each journey, with what it asks of approvers; and a draft that takes it. */
async function reportTo(monitor: Monitor, marker: string, asks: Record<string, unknown>): Promise<string> {
  await ask(monitor, marker, asks);
  const report = {
    title: `Ledger ${marker} is out of balance`,
    event: `ledger.${marker}`,
    risk_level: "low",
  };
  return (await monitor.report({ ...report, detail: "By 3 cents." })).draft_id;
}

async function ask(monitor: Monitor, marker: string, asks: Record<string, unknown>): Promise<void> {
  const { routes, default_destination_ids } = await monitor.config();
  const route = {
    ...{ route_id: `r-${marker}`, name: `Ledger ${marker}`, match_event_types: [`ledger.${marker}`] },
    ...{ priority: 900, destination_ids: default_destination_ids, ...asks },
  };
  const others = routes.filter((row) => row.route_id !== route.route_id);
  await monitor.patchConfig({ routes: [...others, route] });
}

const gateOf = (page: Page) => page.getByRole("region", { name: "Approval" });
const decisionsOf = (page: Page) => page.getByRole("region", { name: "Decisions" });

async function approve(page: Page, reason: string): Promise<void> {
  await gateOf(page)
    .getByRole("button", { name: /^Approve 1 payload/ })
    .click();
  const dialog = page.getByRole("dialog", { name: /^Approve 1 payload/ });
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: /^Approve 1 payload/ }).click();
  await expect(dialog).toBeHidden();
}

test("two approvers: neither alone opens the gate, and one may take theirs back", async ({
  page,
  monitor,
  marker,
  browser,
  sessionOf,
}) => {
  const draftId = await reportTo(monitor, marker, { approvals_required: 2 });
  await openPage(page, `/drafts/${draftId}`);
  await expect(gateOf(page)).toContainText("2 different people must approve");
  await approve(page, "The sums are right");
  await expect(gateOf(page)).toContainText("1 of 2, by you; 1 more from somebody else");
  await expectAccessible(page, "one of two has approved");
  const alone = await monitor.call("POST", `/incident-monitor/drafts/${draftId}/publish`, {});
  expect(alone.body).toMatchObject({ action: "approval_required", post: null });
  const token = await monitor.call("POST", `/incident-monitor/drafts/${draftId}/approve`, {});
  expect([token.status, token.body.reason]).toEqual([403, "person_required"]);

  await test.step("withdrawn, it counts no more and stays on the record", async () => {
    await gateOf(page)
      .getByRole("button", { name: /^Withdraw my approval/ })
      .click();
    const dialog = page.getByRole("dialog", { name: "Withdraw your approval" });
    await dialog.getByRole("button", { name: /^Withdraw/ }).click();
    await expect(dialog).toBeHidden();
    await expect(decisionsOf(page)).toContainText("Withdrawn");
    await approve(page, "They are right after all");
  });

  const context = await browser.newContext({ storageState: await sessionOf("approver") });
  const theirs = await context.newPage();
  await openPage(theirs, `${monitor.url}/drafts/${draftId}`);
  await expect(gateOf(theirs)).toContainText(/1 of 2, by .+; 1 more from somebody else/);
  await approve(theirs, "Counted again");
  await expect(gateOf(theirs)).toContainText("Approved by you");
  await expect(gateOf(page)).toContainText("2 of 2");
  const sent = await monitor.call("POST", `/incident-monitor/drafts/${draftId}/publish`, {});
  expect(sent.body).toMatchObject({ post: { state: "published" } });
  await context.close();
});

test("an author cannot approve what they reported; somebody else can", async ({
  page,
  monitor,
  marker,
  browser,
  sessionOf,
}) => {
  await ask(monitor, marker, { approval_policy: "always", author_may_not_approve: true });
  await openPage(page, "/");
  const headers = { origin: monitor.url };
  const report = { title: `Ledger ${marker} by hand`, event: `ledger.${marker}`, detail: "Seen by eye." };
  const answer = await page.request.post(`${monitor.url}/incident-monitor/report`, {
    data: { report },
    headers,
  });
  const draftId = (await answer.json()).draft.draft_id as string;
  await openPage(page, `/drafts/${draftId}`);
  await expect(gateOf(page)).toContainText(
    `You reported this. Route Ledger ${marker} lets no author approve: somebody else must approve it`,
  );
  await expect(gateOf(page).getByRole("button", { name: /^Approve/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  const own = await page.request.post(`${monitor.url}/incident-monitor/drafts/${draftId}/approve`, {
    data: {},
    headers,
  });
  expect([own.status(), (await own.json()).code]).toEqual([403, "INCIDENT_MONITOR_AUTHOR_MAY_NOT_APPROVE"]);

  const context = await browser.newContext({ storageState: await sessionOf("approver") });
  const theirs = await context.newPage();
  await openPage(theirs, `${monitor.url}/drafts/${draftId}`);
  await approve(theirs, "It is as they say");
  await expect(gateOf(theirs)).toContainText("Approved by you");
  await context.close();
});

test("a stale approval is voided, and the next approver sees what changed", async ({
  page,
  monitor,
  marker,
  browser,
  sessionOf,
}) => {
  const draftId = await reportTo(monitor, marker, { approvals_required: 2 });
  const context = await browser.newContext({ storageState: await sessionOf("approver") });
  const theirs = await context.newPage();
  await openPage(theirs, `${monitor.url}/drafts/${draftId}`);
  await approve(theirs, "Right for two");
  await ask(monitor, marker, { approvals_required: 3 });

  await openPage(page, `/drafts/${draftId}`);
  await expect(gateOf(page)).toContainText("What was approved before has changed and counts no more");
  await approve(page, "Right for three");
  await expect(gateOf(page)).toContainText("1 of 3, by you; 2 more from somebody else");
  const decisions = decisionsOf(page);
  await expect(decisions).toContainText("Approval voided");
  await decisions.getByText("What changed").click();
  await expect(decisions).toContainText("asks for 3 people");
  await expect(decisions).toContainText("asks for 2 people");
  await expectAccessible(page, "a voided approval with what changed");
  await context.close();
});

test("breaking the glass: a reason, a proof, and somebody else's review", async ({
  page,
  monitor,
  marker,
  admin,
  browser,
}) => {
  const draftId = await reportTo(monitor, marker, { approvals_required: 2 });
  await openPage(page, `/drafts/${draftId}`);
  await gateOf(page)
    .getByRole("button", { name: /^Break the glass/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "Break the glass" });
  await dialog.getByRole("button", { name: /^Break the glass/ }).click();
  await expect(dialog).toContainText("Say why, in 10 characters or more.");
  await expectAccessible(page, "breaking the glass, without a reason");
  await dialog.getByLabel("Why it cannot wait").fill("Payments are down and nobody is awake");
  const phrase = await dialog.locator("label code").innerText();
  await dialog.getByLabel(/^Type this draft's id/).fill(phrase);
  await dialog.getByRole("button", { name: /^Break the glass/ }).click();
  const proof = page.getByRole("dialog", { name: "Prove that it is you" });
  await proof.getByLabel("Password", { exact: true }).fill(admin.password);
  await proof.getByRole("button", { name: /^Go on/ }).click();
  await expect(dialog).toBeHidden();
  await expect(gateOf(page)).toContainText("Approved by you");
  await expect(gateOf(page)).toContainText("broke the glass.");
  await openPage(page, "/security/break-glass");
  const mine = page.getByRole("listitem").filter({ hasText: `Ledger ${marker}` });
  await expect(mine).toContainText("by somebody else");
  await expect(mine.getByRole("button", { name: /^Review/ })).toHaveCount(0);

  const context = await browser.newContext({ baseURL: monitor.url, storageState: undefined });
  const theirs = await context.newPage();
  await theirs.goto("/sign-in");
  await signIn(theirs, await addPerson(monitor, "auditor"));
  await expect(theirs.getByText("The glass was broken.")).toBeVisible();
  await openPage(theirs, "/security/break-glass");
  const use = theirs.getByRole("listitem").filter({ hasText: `Ledger ${marker}` });
  await use.getByRole("button", { name: /^Review/ }).click();
  const review = theirs.getByRole("dialog", { name: "Review this use" });
  await review.getByRole("radio", { name: /^Justified/ }).click();
  await review.getByLabel("What you found").fill("The outage was real");
  await expectAccessible(theirs, "reviewing a broken glass");
  await review.getByRole("button", { name: "Record the review" }).click();
  await expect(review).toBeHidden();
  await expect(use).toContainText("Justified");
  await expect(use).toContainText("The outage was real");
  await context.close();
});

test("people are named who must approve: nobody else can, and a list that cannot be met is told of", async ({
  page,
  monitor,
  marker,
  browser,
  sessionOf,
}) => {
  test.slow();
  const named = await addPerson(monitor, "approver");
  await ask(monitor, marker, { approval_policy: "inherit" });

  await test.step("by keyboard, in the route's form", async () => {
    await openPage(page, `/settings/incident-monitor/routing?route=r-${marker}`);
    await page.getByRole("combobox", { name: "Named approvers" }).press("Enter");
    await expect(page.getByPlaceholder("Part of a name or address")).toBeFocused();
    await page.keyboard.type(named.email);
    await expect(page.getByRole("option")).toHaveCount(1);
    await expectAccessible(page, "choosing who must approve");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("list", { name: "Named approvers" })).toContainText("The approver");
    await page.getByRole("button", { name: "Review and save" }).click();
    const review = page.getByRole("dialog", { name: "Review 1 change" });
    await expect(review).toContainText("Named approvers");
    await expect(review).toContainText("The approver");
    await review.getByRole("button", { name: "Save 1 change" }).click();
    await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
  });

  const report = { title: `Ledger ${marker} is out of balance`, event: `ledger.${marker}` };
  const draftId = (await monitor.report({ ...report, detail: "By 3 cents.", risk_level: "low" })).draft_id;

  await test.step("who is not named is told who must", async () => {
    const context = await browser.newContext({ storageState: await sessionOf("approver") });
    const theirs = await context.newPage();
    await openPage(theirs, `${monitor.url}/drafts/${draftId}`);
    await expect(gateOf(theirs)).toContainText("The approver must approve this, and you are not among them");
    await expect(gateOf(theirs).getByRole("button", { name: /^Approve/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await expectAccessible(theirs, "a draft for which others are named");
    await context.close();
  });

  const context = await browser.newContext({ baseURL: monitor.url, storageState: undefined });
  const theirs = await context.newPage();
  const access = "/incident-monitor/access/users";
  const { body } = await monitor.call<{ users: Array<{ user_id: string; email: string }> }>(
    "GET",
    `${access}?q=${named.email}`,
  );
  const userId = body.users[0]?.user_id ?? "";

  await test.step("disabled, nobody can, and the review says so; enabled again they open it", async () => {
    await monitor.call("POST", `${access}/${userId}/disable`, {});
    await openPage(page, `/drafts/${draftId}`);
    await expect(gateOf(page)).toContainText("that cannot be: The approver is disabled");
    const saved = await monitor.call<{ issues?: Array<{ path: string; code: string }> }>(
      "PUT",
      `/config/incident-monitor/routes/other-${marker}`,
      { route_id: `other-${marker}`, name: "Other", enabled: false, approvers: [userId] },
    );
    expect([saved.status, JSON.stringify(saved.body)]).toEqual([400, expect.stringContaining("approvers")]);
    await monitor.call("POST", `${access}/${userId}/enable`, {});
    await theirs.goto("/sign-in");
    await signIn(theirs, named);
    await untilHeard(theirs);
    await openPage(theirs, `/drafts/${draftId}`);
    await approve(theirs, "The sums are right");
    await expect(gateOf(theirs)).toContainText("Approved by you");
  });
  const sent = await monitor.call("POST", `/incident-monitor/drafts/${draftId}/publish`, {});
  expect(sent.body).toMatchObject({ post: { state: "published" } });
  await context.close();
});
