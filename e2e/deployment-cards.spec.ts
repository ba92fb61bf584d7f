import { expectAccessible } from "./support/accessible";
import { openPage, untilHeard } from "./support/open-page";
import { expect, test } from "./support/test";

test.beforeEach(async ({ keptConfig: _ }) => {});

test("a card is filled in, its findings vanish, its history says who said what, and a review is recorded", async ({
  page,
  monitor,
  marker,
}) => {
  await monitor.addProject(marker, { name: `Shop ${marker}` });
  await openPage(page, "/security/cards");
  const row = page.getByRole("row", { name: new RegExp(`Shop ${marker}`) });
  await expect(row).toContainText("7 fields missing");
  await row.getByRole("link", { name: `Shop ${marker}` }).click();

  await expect(page.getByRole("heading", { name: `Shop ${marker}`, level: 1 })).toBeVisible();
  await untilHeard(page);
  for (const label of ["Business owner", "Accountable team", "Autonomy level", "Data classification"]) {
    await page.getByLabel(label, { exact: true }).fill(`${label} of it`);
  }
  await page.getByLabel("Approval protocol", { exact: true }).fill("One approver");
  await page.getByLabel("Escalation protocol", { exact: true }).fill("On call, then the owner");
  await page.getByLabel(/^Review every/).fill("90");
  await page.getByRole("button", { name: "Save card" }).click();

  await expect(page.getByText("Complete", { exact: true })).toBeVisible();
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText("Version 1");
  await expect(history.getByRole("region", { name: "Business owner in version 1" })).toContainText(
    "Business owner of it",
  );
  await page.getByRole("button", { name: "Reviewed today" }).click();
  await expect(history).toContainText("reviewed it; nothing changed");
  await expectAccessible(page, "a deployment card");

  await page.goto("/security/cards");
  await expect(page.getByRole("row", { name: new RegExp(`Shop ${marker}`) })).toContainText("Complete");
});

test("what only the customer can know is vouched for by a person, and taken back", async ({ page }) => {
  await openPage(page, "/security/production");
  const control = page.getByRole("listitem").filter({ hasText: "Backups are made and were restored" });
  await expect(control).toContainText("Yours to vouch for");
  await control.getByRole("button", { name: /^Vouch for/ }).click();
  const dialog = page.getByRole("dialog", { name: "Backups are made and were restored" });
  await dialog.getByRole("button", { name: "Vouch for it" }).click();
  await expect(dialog).toContainText("Say what you vouch for");
  await dialog.getByLabel("What you vouch for").fill("Nightly to the vault; restored on 3 March");
  await dialog.getByRole("button", { name: "Vouch for it" }).click();

  await expect(dialog).toHaveCount(0);
  await expect(control).toContainText("restored on 3 March");
  await expect(control).toContainText("Vouched for");
  await expectAccessible(page, "production governance");
  await control.getByRole("button", { name: /^Take back/ }).click();
  await expect(control).toContainText("Yours to vouch for");
});
