import { expectAccessible } from "./support/accessible";
import { githubRow } from "./support/github";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { reportBroken, reviewOf, triaged } from "./support/triage";

test("editing what was approved voids the approval, and only what is approved anew is filed", async ({
  page,
  monitor,
  github,
  logRoot,
  marker,
}) => {
  const tracker = `tracker-${marker}`;
  await monitor.addDestination({ ...githubRow(tracker, github, "acme/shop"), name: tracker });
  const { draftId } = await reportBroken(monitor, {
    ...{ logRoot, project: `void-${marker}`, marker, destinationIds: [tracker], riskLevel: "high" },
  });
  expect((await triaged(monitor, draftId)).run?.state).toBe("ready");
  await openPage(page, `/drafts/${draftId}`);
  const gate = page.getByRole("region", { name: "Approval" });
  const summary = page.getByRole("region", { name: "Summary", exact: true });
  const approve = async (reason: string) => {
    await gate.getByRole("button", { name: /^Approve 1 payload/ }).click();
    const dialog = page.getByRole("dialog", { name: /^Approve 1 payload/ });
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: /^Approve 1 payload/ }).click();
    await expect(dialog).toBeHidden();
    await expect(gate).toContainText("Approved by you");
  };
  const approval = async () => (await reviewOf(monitor, draftId)).draft.facets.approval;

  await approve("The suspect is right");

  const words = `Items without a discount break the total (${marker})`;
  await test.step("the form says what saving does before it does it", async () => {
    await page.keyboard.press("e");
    const form = page.getByRole("dialog", { name: "Edit the summary" });
    await form.getByLabel("Title of the issue").fill(words);
    await form.getByRole("button", { name: "Review 1 change" }).click();
    const review = page.getByRole("dialog", { name: "Review 1 change" });
    await expect(review).toContainText("Saving voids the approval where it changes what leaves.");
    await expectAccessible(page, "an edit of an approved draft");
    await page.keyboard.press("Escape");
    const leave = page.getByRole("alertdialog", { name: "Discard 1 change?" });
    await leave.getByRole("button", { name: "Go on editing" }).click();
    expect(await approval()).toBe("granted");
    await review.getByRole("button", { name: "Save 1 change" }).click();
    await expect(review).toBeHidden();
  });

  await test.step("the approval is void, on the page and for the API", async () => {
    await expect(summary).toContainText(words);
    await expect(page.getByRole("region", { name: "Decisions" })).toContainText("Approval voided");
    await expect(gate.getByRole("button", { name: /^Approve 1 payload/ })).toBeVisible();
    expect(await approval()).toBe("voided");
    const path = `/incident-monitor/drafts/${draftId}/publish`;
    const { body } = await monitor.call("POST", path, {});
    expect(body).toMatchObject({ action: "approval_required", post: null });
    expect(github.effects().size).toBe(0);
  });

  await test.step("approved anew it is filed, as it reads now", async () => {
    await approve("The new words are better");
    const answer = await monitor.call("POST", `/incident-monitor/drafts/${draftId}/publish`, {});
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    await expect(gate).toContainText("Published to 1 destination");
    const created = github.requests.filter(({ operation }) => operation === "createIssue");
    expect(created).toHaveLength(1);
    expect(created[0]?.body.title).toBe(words);
  });
});
