import { totpCodeAt } from "@/lib/credentials/totp";
import { expectAccessible } from "./support/accessible";
import { untilHeard } from "./support/open-page";
import { addPerson } from "./support/people";
import { expect, signIn, test } from "./support/test";

test.use({ as: "nobody" });

test("somebody sets up one-time codes, signs in with them and without the phone, and ends the other session", async ({
  page,
  browser,
  baseURL,
  monitor,
}) => {
  const person = await addPerson(monitor, "auditor");
  const account = page.getByRole("heading", { level: 1, name: "Your account" });
  await page.goto("/account");
  await signIn(page, person);
  await expect(account).toBeVisible();
  await untilHeard(page);

  // What changes how one proves oneself asks for a proof, and then goes on by itself.
  await page.getByRole("button", { name: "Set up" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Password", { exact: true }).fill("not the password");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("That is not your password.")).toBeVisible();
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("img", { name: "QR code of the secret" })).toBeVisible();
  await expectAccessible(page, "setting up one-time codes");
  const secret = ((await dialog.getByTestId("totp-secret").textContent()) ?? "").replaceAll(" ", "");
  await dialog.getByLabel("Code", { exact: true }).fill(totpCodeAt(secret, Date.now()));
  await dialog.getByRole("button", { name: "Switch on" }).click();
  const items = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  const codes = await items.allTextContents();
  await expectAccessible(page, "recovery codes");
  await dialog.getByLabel("I have kept them").click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("10 recovery codes left.")).toBeVisible();

  // Without the phone, from another browser.
  const elsewhere = await browser.newContext({ baseURL, storageState: undefined });
  const other = await elsewhere.newPage();
  await other.goto("/account");
  await signIn(other, person);
  await other.getByRole("button", { name: "Use a recovery code" }).click();
  await other.getByLabel("Recovery code", { exact: true }).fill(codes[0] ?? "");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByText("9 recovery codes left.")).toBeVisible();

  // With it; the code that switched it on is used up, so the next one.
  await page.getByRole("button", { name: /Account$/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.goto("/account");
  await signIn(page, person);
  await expectAccessible(page, "sign-in, code");
  await page.getByLabel("Code", { exact: true }).fill(totpCodeAt(secret, Date.now() + 30_000));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(account).toBeVisible();
  await untilHeard(page);

  await expect(page.getByTestId("own-session")).toHaveCount(2);
  await page.getByRole("button", { name: /^End the session of/ }).click();
  await expect(page.getByTestId("own-session")).toHaveCount(1);
  await other.reload();
  await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await elsewhere.close();
});
