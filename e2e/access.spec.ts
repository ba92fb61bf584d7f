import { expectAccessible } from "./support/accessible";
import { openPage, untilHeard } from "./support/open-page";
import { addPerson } from "./support/people";
import { expect, test } from "./support/test";

const access = "/settings/access";
const password = "a sentence that only Ada would say";

test("an invited approver joins, sees one project, is refused elsewhere, and is out the moment they are disabled", async ({
  page,
  browser,
  baseURL,
  monitor,
  marker,
}) => {
  const [shop, bank] = [`shop-${marker}`, `bank-${marker}`];
  const email = `ada-${marker}@example.test`;
  for (const project of [shop, bank]) await monitor.addProject(project);
  const drafts = new Map<string, string>();
  for (const project of [shop, bank]) {
    const key = await monitor.createKey(project);
    const report = {
      title: `TimeoutError in ${project}`,
      detail: "after 30 s",
      source: "ci",
      event: "job.failed",
    };
    const { body } = await monitor.intake(key, { project_id: project, report });
    drafts.set(project, (body.draft as { draft_id: string }).draft_id);
  }

  const link = await test.step("the admin makes a link, shown once", async () => {
    await openPage(page, access);
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Make the link" }).click();
    await expect(dialog.getByText("This is not an email address.")).toBeVisible();
    await dialog.getByLabel("Email").fill(email);
    await dialog.getByLabel("Role over everything").click();
    await page.getByRole("option", { name: /^None/ }).click();
    await dialog.getByLabel("Add a role on a project").click();
    await page.getByRole("option", { name: shop }).click();
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const shown = (await dialog.getByTestId("secret").textContent()) ?? "";
    await expectAccessible(page, "access, the link shown once");
    await page.keyboard.press("Escape");
    await dialog.getByLabel("I have handed it over, or copied it").check();
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(page.getByRole("region", { name: "Invitations" })).toContainText(email);
    expect(await page.content()).not.toContain(shown);
    return shown;
  });

  const other = await browser.newContext({ baseURL });
  const theirs = await other.newPage();
  await test.step("Ada joins in her own browser and sees her project alone", async () => {
    await theirs.goto(link);
    await expect(theirs.getByText(`Approver on ${shop}`)).toBeVisible();
    await theirs.getByLabel("Your name").fill("Ada Lovelace");
    await theirs.getByLabel("Password", { exact: true }).fill("too short");
    await theirs.getByRole("button", { name: "Join" }).click();
    await expect(theirs.getByText("A password has at least 12 characters.")).toBeVisible();
    await theirs.getByLabel("Password", { exact: true }).fill(password);
    await theirs.getByRole("button", { name: "Join" }).click();
    await expect(theirs.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
    await theirs.goto(`/drafts?q=${marker}`);
    await expect(theirs.getByText(`TimeoutError in ${shop}`).first()).toBeVisible();
    await expect(theirs.getByText(`TimeoutError in ${bank}`)).toHaveCount(0);
    await theirs.goto(`/drafts/${drafts.get(bank)}`);
    await expect(theirs.getByText("There is no such record")).toBeVisible();
    await openPage(theirs, access);
    await expect(theirs.getByText("People and tokens are for admins and auditors")).toBeVisible();
    await expectAccessible(theirs, "access, forbidden");
  });

  await test.step("disabled, her open page goes to sign in", async () => {
    await page.getByRole("button", { name: /^Ada Lovelace/ }).click();
    const pane = page.getByRole("region", { name: "Chosen person" });
    await expect(pane.getByRole("button", { name: /^End the session/ })).toBeVisible();
    await pane.getByRole("button", { name: "Disable…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
    await expect(pane.getByRole("button", { name: "Enable" })).toBeVisible();
    await expect(theirs).toHaveURL(/\/sign-in\?callbackUrl=/);
    await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await other.close();
  });
});

test("somebody who forgot their password sets another one by a link, once, and is signed out where they were", async ({
  page,
  browser,
  baseURL,
  monitor,
}) => {
  const { email, password: forgotten } = await addPerson(monitor, "viewer");
  const other = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const theirs = await other.newPage();
  const signIn = async (secret: string) => {
    await theirs.getByLabel("Email").fill(email);
    await theirs.getByLabel("Password", { exact: true }).fill(secret);
    await theirs.getByRole("button", { name: "Sign in" }).click();
    await expect(theirs.getByRole("heading", { level: 1, name: "Receipts" })).toBeVisible();
  };
  await theirs.goto("/receipts");
  await signIn(forgotten);
  await untilHeard(theirs);

  await openPage(page, access);
  await page.getByLabel("Search people").fill(email);
  await page.getByRole("button", { name: new RegExp(email) }).click();
  await page.getByRole("button", { name: "Make a reset link" }).click();
  const dialog = page.getByRole("dialog");
  const link = (await dialog.getByTestId("secret").textContent()) ?? "";
  expect(link).toMatch(/\/reset-password#tim_reset_\w{48}$/);
  await expectAccessible(page, "access, the reset link shown once");

  const forgetful = await other.newPage();
  await forgetful.goto(link);
  await forgetful.getByLabel("New password").fill("too short");
  await forgetful.getByRole("button", { name: "Set the password" }).click();
  await expect(forgetful.getByText("A password has at least 12 characters.")).toBeVisible();
  await forgetful.getByLabel("New password").fill(password);
  await forgetful.getByRole("button", { name: "Set the password" }).click();
  await expect(forgetful.getByText("Your password is set.")).toBeVisible();
  await expectAccessible(forgetful, "reset-password, done");
  await forgetful.reload();
  await expect(forgetful.getByText("This link does not open anything.")).toBeVisible();

  await expect(theirs).toHaveURL(/\/sign-in\?callbackUrl=/);
  await signIn(password);
  await other.close();
});

test("a token narrowed to reading reads, and is refused beyond", async ({ page, monitor, marker }) => {
  const name = `export-${marker}`;
  await openPage(page, `${access}?tab=tokens`);
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("See records and settings").check();
  await dialog.getByRole("button", { name: "Create token" }).click();
  const token = (await dialog.getByTestId("secret").textContent()) ?? "";
  expect(token).toMatch(/^tim_token_\w{48}$/);
  await expectAccessible(page, "access, the token shown once");
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).click();

  const read = () => monitor.call("GET", "/incident-monitor/incidents", undefined, { token });
  expect((await read()).status).toBe(200);
  const refused = await monitor.call(
    "POST",
    "/incident-monitor/report",
    { report: { title: "x" } },
    { token },
  );
  expect([refused.status, refused.body.code]).toEqual([403, "INCIDENT_MONITOR_SCOPE_MAY_NOT"]);

  await page.getByRole("button", { name: `Disable token ${name}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable token" }).click();
  await expect(
    page.getByRole("list", { name: "API tokens" }).getByRole("listitem").filter({ hasText: name }),
  ).toContainText("Disabled");
  expect((await read()).status).toBe(401);
});
