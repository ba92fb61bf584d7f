import { expectAccessible } from "./support/accessible";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";

test("two incidents are merged, one is split, and both are undone", async ({ page, monitor, marker }) => {
  const seen = (service: string, environment: string) =>
    monitor.report({
      title: `Pool${marker} was exhausted`,
      detail: "No connection came free.",
      event: `pool.${marker}.exhausted`,
      component: service,
      environment,
      risk_level: "low",
    });
  const first = await seen("checkout", "production");
  const second = await seen("basket", "production");
  await seen("checkout", "staging");

  await openPage(page, `/incidents/${first.incident_id}`);
  await expect(page.getByText("2 occurrences", { exact: true })).toBeVisible();
  await page.keyboard.press("m");
  const merge = page.getByRole("dialog", { name: "Merge into this incident" });
  await expect(merge.getByText("Same: message template, event")).toBeVisible();
  await expectAccessible(page, "merge");
  await merge.getByRole("checkbox", { name: new RegExp(`Pool${marker} was exhausted`) }).check();
  await merge.getByRole("button", { name: "Merge" }).click();
  await expect(page.getByText("1 incident merged")).toBeVisible();
  await expect(page.getByText("3 occurrences", { exact: true })).toBeVisible();

  // A later sighting of the merged one counts here, and its own page says where it went.
  await seen("basket", "production");
  await expect(page.getByText("4 occurrences", { exact: true })).toBeVisible();
  await openPage(page, `/incidents/${second.incident_id}`);
  await expect(page.getByText("Its sightings count for", { exact: false })).toBeVisible();
  await expectAccessible(page, "a merged incident");
  await page.getByRole("button", { name: "Take out" }).click();
  await expect(page.getByText("Taken out again")).toBeVisible();
  await expect(page.getByText("2 occurrences", { exact: true })).toBeVisible();

  await openPage(page, `/incidents/${first.incident_id}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Split by what varies" }).click();
  const split = page.getByRole("dialog", { name: "Split by what varies" });
  await split.getByRole("radio", { name: /staging/ }).check();
  await expectAccessible(page, "split");
  await split.getByRole("button", { name: "Split" }).click();
  await expect(page.getByText("1 sighting split off")).toBeVisible();
  await expect(page.getByText("1 occurrence", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2 occurrences", { exact: true })).toBeVisible();
});

test("the grouping lab shows what a rule would merge, applies it and takes it back", async ({
  page,
  monitor,
  marker,
}) => {
  const seen = (service: string) =>
    monitor.report({
      title: `Queue${marker} is full`,
      detail: "Nothing is taken.",
      event: `queue.${marker}.full`,
      component: service,
      risk_level: "low",
    });
  const first = await seen("mail");
  await seen("print");
  await openPage(page, `/incidents/${first.incident_id}`);
  await page.getByRole("link", { name: "Change the grouping" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Grouping" })).toBeVisible();
  await expect(page.getByText("Would be one incident")).toBeVisible();
  await expectAccessible(page, "the grouping lab");
  await page.getByRole("button", { name: "Apply the rule" }).click();
  await expect(page.getByText("The rule is in force")).toBeVisible();
  expect((await seen("fax")).incident_id).toBe(first.incident_id);
  await page.getByRole("button", { name: new RegExp(`^Undo: Where event is queue.${marker}.full`) }).click();
  await expect(page.getByText("Undone", { exact: true })).toBeVisible();
  expect((await seen("fax")).incident_id).not.toBe(first.incident_id);
});
