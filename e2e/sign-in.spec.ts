import { expectAccessible } from "./support/accessible";
import { expect, signIn, test } from "./support/test";

test.use({ as: "nobody" });

test("a wrong password is refused in words, keeps what was typed, and the right one lets in", async ({
  page,
  admin,
}) => {
  await page.goto("/sign-in");
  await expectAccessible(page, "sign-in");

  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Enter your email.")).toBeVisible();

  await signIn(page, { ...admin, password: "not the password" });
  await expect(page.getByRole("alert").filter({ hasText: "Email and password do not match." })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(admin.email);
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expectAccessible(page, "sign-in, refused");

  await signIn(page, admin);
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
});

test("the signed-out come back to where they wanted to be", async ({ page, admin }) => {
  await page.goto("/receipts?status=failed");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await signIn(page, admin);
  await expect(page.getByRole("heading", { level: 1, name: "Receipts" })).toBeVisible();
  await expect(page).toHaveURL(/\/receipts\?status=failed$/);
});

test("signing out ends the session, also for a copy of its cookie", async ({ page, admin, monitor }) => {
  await page.goto("/sign-in");
  await signIn(page, admin);
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  const cookies = await page.context().cookies();
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  const before = await monitor.call("GET", "/incident-monitor/status", undefined, { token: "", headers });
  expect(before.status).toBe(200);

  await page.getByRole("button", { name: /Account$/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  await page.goto("/incidents");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  const after = await monitor.call("GET", "/incident-monitor/status", undefined, { token: "", headers });
  expect(after.status).toBe(401);
});
