import { expectAccessible } from "./support/accessible";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";

test("an address that leads nowhere keeps the navigation, and says where to go", async ({ page }) => {
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Nothing here" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await expectAccessible(page, "unknown address");

  await openPage(page, "/no-such-page");
  await page.getByRole("link", { name: "Go to the inbox" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
});

for (const [what, path, back] of [
  ["draft", "/drafts/failure-draft-none", "All drafts"],
  ["incident", "/incidents/failure-incident-none", "All incidents"],
  ["receipt", "/receipts/failure-post-none", "All receipts"],
] as const) {
  test(`the address of a ${what} that does not exist keeps the navigation`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "There is no such record" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Main" }).first()).toBeVisible();
    await expect(page.getByRole("link", { name: back })).toBeVisible();
  });
}

test.describe("signed out", () => {
  test.use({ as: "nobody" });

  test("it is asked who is there before anything is said of an address", async ({ page, request }) => {
    await page.goto("/no/such/page");
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Main" })).toHaveCount(0);
    // What browsers ask for by themselves is no way to the sign-in.
    expect((await request.get("/favicon.ico")).headers()["content-type"]).toContain("image/svg+xml");
  });
});
