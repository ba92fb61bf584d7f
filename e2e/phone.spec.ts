import { expectAccessible } from "./support/accessible";
import { expectNoSidewaysScroll } from "./support/layout";
import { expect, test } from "./support/test";

test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

test("a draft is approved at 3 a.m., on a phone", async ({ page, monitor, marker }) => {
  const title = `Queue${marker} has stopped`;
  const draft = await monitor.report({
    title,
    detail: "No message left it for ten minutes; the consumer holds password=hunter2hunter2.",
    event: "queue.stopped",
    component: "orders",
    risk_level: "critical",
  });

  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Menu" }).tap();
  const menu = page.getByRole("dialog", { name: "Menu" });
  await expectAccessible(page, "the menu, on a phone");
  await menu.getByRole("link", { name: /^Drafts/ }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Drafts" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, "drafts, on a phone");

  await page.getByRole("link", { name: title }).tap();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  for (const part of ["Evidence", "Route", "History", "What leaves"]) {
    await page.getByRole("tab", { name: part }).tap();
    await expect(page.getByRole("tabpanel", { name: part })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, `a draft, ${part}, on a phone`);
  }

  const bar = page.getByRole("region", { name: "Decision" });
  await expect(bar).toContainText("Approving sends nothing");
  const approve = bar.getByRole("button", { name: /^Approve/ });
  // Within reach of a thumb, and big enough for one.
  const box = await approve.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await approve.tap();
  const dialog = page.getByRole("dialog", { name: /^Approve 1 payload/ });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, "approve, on a phone");
  await dialog.getByLabel("Reason").fill("Paged, and it is real");
  await dialog.getByRole("button", { name: /^Approve 1 payload/ }).tap();
  await expect(dialog).toBeHidden();
  await expect(bar).toContainText("Approved");
  await expect(bar.getByRole("button", { name: /^Publish/ })).toBeVisible();
  await expectAccessible(page, "a draft that is approved, on a phone");

  const answer = await monitor.call<{ draft: typeof draft }>(
    "GET",
    `/incident-monitor/drafts/${draft.draft_id}`,
  );
  expect(answer.body.draft.facets.approval).toBe("granted");
  expect(await monitor.postsOf(draft.draft_id)).toEqual([]);
});
