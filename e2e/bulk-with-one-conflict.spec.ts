import { expectAccessible } from "./support/accessible";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";

test("many are decided at once, each by itself: one that somebody decided meanwhile stops no other", async ({
  page,
  monitor,
  marker,
  keptConfig: _,
}) => {
  await monitor.patchConfig({ require_approval_for_new_issues: true });
  const report = (name: string, risk_level: string) =>
    monitor.report({
      ...{ title: `Bulk${marker} ${name}`, detail: "Again.", event: `bulk.${name}`, risk_level },
      fingerprint: `bulk-${marker}-${name}`,
    });
  const first = await report("one", "low");
  const meanwhile = await report("two", "medium");
  await report("three", "medium");
  const grave = await report("four", "critical");
  const facet = async (draftId: string) => {
    const path = `/incident-monitor/drafts/${draftId}`;
    return (await monitor.call<{ draft: typeof first }>("GET", path)).body.draft.facets.approval;
  };
  await openPage(page, `/drafts?q=Bulk${marker}&sort=oldest`);
  const queue = page.getByRole("region", { name: "Queue of drafts" });

  await test.step("somebody else on a draft is seen at once", async () => {
    await monitor.call("POST", `/incident-monitor/drafts/${meanwhile.draft_id}/claim`, {});
    await expect(queue.getByRole("link", { name: `Bulk${marker} two` })).toContainText("is on this");
  });

  await test.step("rows are marked by key, and reviewed before anything is done", async () => {
    await page.keyboard.press("j");
    await expect(page.getByRole("heading", { level: 1, name: `Bulk${marker} one` })).toBeVisible();
    await page.keyboard.press("x");
    for (const name of ["two", "three", "four"]) {
      await page.keyboard.press("j");
      await expect(page.getByRole("heading", { level: 1, name: `Bulk${marker} ${name}` })).toBeVisible();
    }
    await page.keyboard.press("Shift+X");
    await expect(queue.getByText("4 marked")).toBeVisible();
    await queue.getByRole("button", { name: "Approve…" }).click();
  });

  const dialog = page.getByRole("dialog");
  await test.step("each row says what will happen, or why not", async () => {
    await expect(dialog.getByRole("region", { name: "3 drafts will be approved" })).toBeVisible();
    const left = dialog.getByRole("region", { name: "1 draft left alone" });
    await expect(left).toContainText(`Bulk${marker} four`);
    await expect(left).toContainText("High risk");
    await expectAccessible(page, "the review of many");
  });

  await test.step("the one that was denied meanwhile is a conflict, the others are approved", async () => {
    const reason = "Known, and filed by hand";
    await monitor.call("POST", `/incident-monitor/drafts/${meanwhile.draft_id}/deny`, { reason });
    await dialog.getByLabel("Reason").fill("Seen together");
    await dialog.getByRole("button", { name: /^Approve 3/ }).click();
    await expect(dialog.getByRole("heading", { name: "2 done, 1 changed meanwhile" })).toBeVisible();
    const outcome = dialog.getByRole("listitem").filter({ hasText: `Bulk${marker} two` });
    await expect(outcome).toContainText("Changed meanwhile");
    await expectAccessible(page, "the outcome of many");
    await dialog.getByRole("button", { name: "Close", exact: true }).first().click();
    await expect(queue.getByText("2 marked")).toBeVisible();
    expect([
      await facet(first.draft_id),
      await facet(meanwhile.draft_id),
      await facet(grave.draft_id),
    ]).toEqual(["granted", "denied", "required"]);
  });
});
