import { FakeOidc } from "./fakes/oidc";
import { ownServer } from "./support/own-server";
import { addPerson } from "./support/people";
import { expect, test } from "./support/test";

test.use({ as: "nobody" });

test("a provider's word lets in whom somebody here knows, and says why it does not let in others", async ({
  page,
  monitor,
  marker,
}) => {
  const provider = await new FakeOidc().listen(ownServer().oidcPort);
  try {
    const { email } = await addPerson(monitor, "triager");
    provider.person = { sub: `stranger-${marker}`, email: "stranger@example.test", email_verified: true };
    const through = page.getByRole("button", { name: "Continue with Acme" });
    await page.goto("/receipts");
    await through.click();
    await expect(page.getByText("Your provider knows you, and nobody here does yet.")).toBeVisible();

    provider.person = { sub: `triager-${marker}`, email, email_verified: true };
    provider.fault = "wrong audience";
    await through.click();
    await expect(page.getByText("The sign-in through your provider did not hold.")).toBeVisible();

    provider.fault = null;
    await page.goto("/account");
    await through.click();
    await expect(page.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
    await expect(page.getByText("You can sign in with Acme.")).toBeVisible();
    await expect(page.getByText("Signed in through the provider")).toBeVisible();
  } finally {
    await provider.close();
  }
});
