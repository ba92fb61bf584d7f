import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

test("an operator files what they saw, and is shown what is like it", async ({ page, monitor, marker }) => {
  const known = `Ledger${marker} lock was lost while settling`;
  await monitor.report({
    title: known,
    detail: "Seen before.",
    event: "ledger.lock.lost",
    risk_level: "low",
  });

  await page.goto("/incidents");
  await expect(page.getByRole("link", { name: known, exact: true })).toBeVisible();
  await expectAccessible(page, "incidents");

  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "New report" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, "new report");

  await dialog.getByRole("button", { name: "File report" }).click();
  await expect(dialog.getByText("Give it a title: it names the incident")).toBeVisible();

  // The known incident shows while its words are typed, before anything is sent.
  const title = dialog.getByLabel("Title");
  await title.pressSequentially(`Ledger${marker} lock was`, { delay: 15 });
  await expect(dialog.getByText(/^One incident reads much the same/)).toBeVisible();
  await expect(dialog.getByRole("link", { name: known })).toBeVisible();
  await expectAccessible(page, "new report, with similar incidents");

  // Without evidence the quality gate refuses, check by check, and the text stays.
  const fresh = `Invoice${marker} totals do not add up`;
  await title.fill(fresh);
  await dialog.getByRole("button", { name: "File report" }).click();
  const refusal = dialog.getByRole("alert").filter({ hasText: "Not enough for a draft yet." });
  await expect(refusal).toBeVisible();
  await expect(refusal.getByRole("listitem").filter({ hasText: "Evidence is present: no." })).toBeVisible();
  await expect(title).toHaveValue(fresh);
  await expectAccessible(page, "new report, refused");

  await dialog.getByLabel("What happened").fill("Three invoices of today are a cent off.");
  await dialog.getByLabel("Severity").click();
  await page.getByRole("option", { name: "High" }).click();
  await dialog.getByRole("button", { name: "File report" }).click();
  await expect(page.getByRole("dialog", { name: "A new incident" })).toBeVisible();
  await expectAccessible(page, "new report, filed");

  await page.getByRole("link", { name: "Open draft" }).click();
  await expect(page).toHaveURL(/\/drafts\/failure-draft-/);
  await expect(page.getByRole("heading", { level: 1, name: fresh })).toBeVisible();
});

test("closing the dialog keeps what was typed", async ({ page, marker }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  await page.getByRole("button", { name: "New report" }).click();
  const title = page.getByRole("dialog").getByLabel("Title");
  await title.fill(`Half a thought ${marker}`);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("n");
  await expect(title).toHaveValue(`Half a thought ${marker}`);
});
