import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

test("an incident is snoozed until it was seen twice more, and wakes by itself, saying why", async ({
  page,
  monitor,
  marker,
}) => {
  const seen = () =>
    monitor.report({
      title: `Mail${marker} bounced`,
      detail: "The relay refused it.",
      event: `mail.${marker}.bounced`,
      risk_level: "high",
    });
  const { incident_id } = await seen();

  await page.goto(`/incidents/${incident_id}?snooze=1`);
  const dialog = page.getByRole("dialog", { name: "Snooze this incident" });
  await expectAccessible(page, "snooze");
  await dialog.getByLabel("Until", { exact: true }).fill("");
  await dialog.getByLabel("After further sightings").fill("2");
  await dialog.getByLabel("Reason").fill("The relay is being moved");
  await dialog.getByRole("button", { name: "Snooze" }).click();
  await expect(page.getByText("until 3 sightings: The relay is being moved")).toBeVisible();
  await expectAccessible(page, "a snoozed incident");

  await page.goto("/incidents?attention=snoozed");
  await expect(page.getByRole("link", { name: `Mail${marker} bounced`, exact: true })).toBeVisible();
  const due = await monitor.call<{ drafts: { incident_id: string }[] }>(
    "GET",
    `/incident-monitor/drafts?quiet=false&incident=${incident_id}`,
  );
  expect(due.body.drafts).toEqual([]);

  await page.goto(`/incidents/${incident_id}`);
  await seen();
  await seen();
  await expect(page.getByText("It was seen 3 times", { exact: false })).toBeVisible({ timeout: 15_000 });

  // A dialog that is closed gives the focus back: to its button, or to that of the menu it was chosen from.
  const merge = page.getByRole("button", { name: /^Merge/ });
  const more = page.getByRole("button", { name: "More" });
  await merge.click();
  await expect(page.getByRole("dialog", { name: "Merge into this incident" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(merge).toBeFocused();
  await more.click();
  await page.getByRole("menuitem", { name: "Mute" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(more).toBeFocused();

  // Resolved, and back again.
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Resolve" }).click();
  await page.getByRole("dialog").getByLabel("Resolved in release").fill("2.4.1");
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByText("Resolved in release 2.4.1", { exact: false })).toBeVisible();
  await seen();
  await expect(page.getByText("Came back.")).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page, "a regression");
});

test.describe("a viewer", () => {
  test.use({ as: "viewer" });
  test("is told who may, and no key opens anything", async ({ page, monitor, marker }) => {
    const { incident_id } = await monitor.report({
      title: `Disk${marker} is full`,
      detail: "No space left.",
      event: `disk.${marker}.full`,
      risk_level: "low",
    });
    await page.goto(`/incidents/${incident_id}?merge=1`);
    await expect(page.getByText("Merging and snoozing need the approver or admin role.")).toBeAttached();
    await page.keyboard.press("m");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});
