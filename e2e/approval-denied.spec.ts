import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

test("a denial asks why, can be cancelled, and is final", async ({ page, monitor, marker }) => {
  const draft = await monitor.report({
    title: `Cache${marker} evicts everything`,
    detail: "All at once, at night.",
    event: "cache.evicted",
    risk_level: "critical",
  });
  await page.goto(`/drafts/${draft.draft_id}`);
  const gate = page.getByRole("region", { name: "Approval" });
  const dialog = page.getByRole("dialog", { name: "Deny this draft" });
  const facet = async () => {
    const answer = await monitor.call<{ draft: typeof draft }>(
      "GET",
      `/incident-monitor/drafts/${draft.draft_id}`,
    );
    return answer.body.draft.facets.approval;
  };

  await test.step("cancelling cancels, by button and by key", async () => {
    await gate.getByRole("button", { name: /^Deny/ }).click();
    await dialog.getByLabel("Reason").fill("Changed my mind");
    await dialog.getByRole("button", { name: /^Cancel/ }).click();
    await expect(dialog).toBeHidden();
    await page.keyboard.press("d");
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(gate).toContainText("Waiting for your approval");
    expect(await facet()).toBe("required");
  });

  await test.step("without a reason it is not recorded", async () => {
    await page.keyboard.press("d");
    await expect(dialog.getByLabel("Reason")).toBeEmpty();
    await dialog.getByRole("button", { name: /^Deny/ }).click();
    await expect(dialog.getByText("Say why: it is all the next reader will have.")).toBeVisible();
    await expectAccessible(page, "deny, without a reason");
    expect(await facet()).toBe("required");
  });

  await test.step("with one it is, and the page says who and why", async () => {
    await dialog.getByLabel("Reason").fill("Known: the night job flushes it on purpose");
    await dialog.getByRole("button", { name: /^Deny/ }).click();
    await expect(dialog).toBeHidden();
    await expect(gate).toContainText("Denied by you");
    await expect(gate).toContainText("Known: the night job flushes it on purpose");
    await expect(page.getByRole("button", { name: /^(Approve|Deny|Publish)/ })).toHaveCount(0);
    const decisions = page.getByRole("region", { name: "Decisions" });
    await expect(decisions).toContainText("by you");
    await expect(decisions).toContainText("Known: the night job flushes it on purpose");
    await expectAccessible(page, "a draft that was denied");
  });

  await test.step("nobody can publish or approve it afterwards", async () => {
    for (const verb of ["publish", "approve"]) {
      const answer = await monitor.call("POST", `/incident-monitor/drafts/${draft.draft_id}/${verb}`, {});
      expect(answer.status, verb).toBe(verb === "publish" ? 400 : 409);
    }
    expect(await monitor.postsOf(draft.draft_id)).toEqual([]);
    await page.reload();
    await expect(gate).toContainText("Denied by you");
  });
});

test.describe("a viewer", () => {
  test.use({ as: "viewer" });

  test("sees the decision and why it is not theirs", async ({ page, context, monitor, marker }) => {
    const draft = await monitor.report({
      title: `Disk${marker} is nearly full`,
      detail: "97 percent.",
      event: "disk.full",
      risk_level: "high",
    });
    await page.goto(`/drafts/${draft.draft_id}`);
    const gate = page.getByRole("region", { name: "Approval" });
    await expect(gate).toContainText("Waiting for an approver");
    const approve = gate.getByRole("button", { name: /^Approve/ });
    await expect(approve).toBeDisabled();
    await expect(approve).toHaveAccessibleDescription(/approver or admin may/);
    await expect(gate.getByRole("button", { name: /^Deny/ })).toHaveCount(0);
    await expectAccessible(page, "a draft, as a viewer");
    for (const key of ["a", "d", "p"]) {
      await page.keyboard.press(key);
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }

    // Not only hidden: the same session is refused by the API.
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const headers = { cookie, origin: monitor.url };
    for (const verb of ["approve", "deny", "publish"]) {
      const path = `/incident-monitor/drafts/${draft.draft_id}/${verb}`;
      const answer = await monitor.call("POST", path, { reason: "Let me" }, { token: "", headers });
      expect(answer.status, verb).toBe(403);
    }

    await page.goto("/settings/incident-monitor/safety");
    await expect(page.getByText("You can read these settings, not change them.")).toBeVisible();
    await expect(page.getByLabel(/^Every new issue/)).toBeDisabled();
    await expectAccessible(page, "safety defaults, as a viewer");
  });
});
