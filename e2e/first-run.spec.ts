import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

test("a test report goes the whole way to a receiver inside, without anything outside", async ({
  page,
  keptConfig: _,
}) => {
  await page.goto("/");
  const checklist = page.locator("details", { hasText: "See the whole way with a test" });
  // Open by itself on a server that has seen nothing yet; where all else is done it is what the checklist leaves.
  await checklist.evaluate((details: HTMLDetailsElement) => {
    details.open = true;
  });
  const run = checklist.getByRole("region", { name: "Test run" });
  await run.getByRole("button", { name: "Set up the test receiver" }).click();
  await run.getByRole("button", { name: "Send a test report" }).click();
  await run.getByRole("link", { name: "Review, approve and publish it" }).click();

  await expect(
    page.getByRole("heading", { level: 1, name: "Test report: nothing has failed" }),
  ).toBeVisible();
  const gate = page.getByRole("region", { name: "Approval" });
  await gate.getByRole("button", { name: /^Approve/ }).click();
  const approve = page.getByRole("dialog", { name: /^Approve/ });
  await expect(approve.getByRole("checkbox", { name: "Test receiver" })).toBeChecked();
  await approve.getByRole("button", { name: /^Approve/ }).click();
  await gate.getByRole("button", { name: /^Publish/ }).click();
  await page
    .getByRole("dialog", { name: /^Publish/ })
    .getByRole("button", { name: /^Publish/ })
    .click();
  const outcome = page.getByRole("dialog", { name: /^Published/ });
  await expect(outcome.getByRole("listitem").filter({ hasText: "Test receiver" })).toBeVisible();
  await outcome
    .getByRole("button", { name: /^Close/ })
    .last()
    .click();

  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^Inbox/ })
    .click();
  await expect(run.getByText("Received, signature valid")).toBeVisible();
  await expectAccessible(page, "the inbox with a test that arrived");
  await run.getByRole("button", { name: "Delete the test records…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await run.getByRole("button", { name: "Remove the test receiver" }).click();
  await expect(run.getByText("Received, signature valid")).toHaveCount(0);
});
