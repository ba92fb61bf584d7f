import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/keyboard";
import { openPage } from "./support/open-page";
import { addPerson } from "./support/people";
import { signIn } from "./support/test";
import { webhookRow } from "./support/webhook";

// What these change holds for every report, so it is put back for the journeys that follow.
test.beforeEach(async ({ keptConfig: _ }) => {});

const destinations = "/settings/incident-monitor/destinations";
const safety = "/settings/incident-monitor/safety";

async function openFileMenu(page: Page, item: "Export to a file…" | "Import a file…"): Promise<void> {
  await page.getByRole("button", { name: "More about these settings" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("an earlier version is restored after its difference was seen, and nothing of another page moves", async ({
  page,
  keys,
  monitor,
  webhook,
  marker,
}) => {
  const id = `pager-${marker}`;
  await monitor.addDestination(webhookRow(id, webhook));
  const { destinations: rows } = await monitor.config();
  await monitor.patchConfig({
    destinations: rows.map((row) => (row.destination_id === id ? { ...row, enabled: false } : row)),
  });
  await monitor.patchConfig({ default_destination_ids: ["local-telemetry", id] });

  await openPage(page, `${destinations}?id=${id}`);
  await keys.press(page.getByRole("button", { name: "History" }));
  const history = page.getByRole("dialog", { name: "History" });
  const versions = history.getByRole("region", { name: "Versions of Destinations" }).getByRole("listitem");
  await expect(versions.first()).toContainText(`Destination ${id}: enabled`);
  await expect(versions.first()).toContainText("in force");
  await expect(versions.nth(1)).toContainText(`Destination ${id} added`);
  await expect(versions.first().locator("time")).toHaveAttribute("title", /\d{4}.*UTC/);
  await keys.press(versions.first().getByRole("button", { expanded: false }));
  await expect(versions.first().getByRole("deletion")).toHaveText("yes");
  await expect(versions.first().getByRole("insertion")).toHaveText("no");
  await expectAccessible(page, "history");

  await test.step("the section alone", async () => {
    await keys.press(history.getByRole("button", { name: /^Restore version/ }).first());
    const restore = page.getByRole("dialog", { name: /^Restore version/ });
    await expect(restore.getByText("1 change against what is saved now")).toBeVisible();
    await expect(restore.getByLabel("What restoring changes")).toContainText(id);
    await expectAccessible(page, "restore, previewed");
    expect((await monitor.config()).destinations.find((row) => row.destination_id === id)?.enabled).toBe(
      false,
    );
    await keys.press(restore.getByRole("button", { name: "Restore 1 change" }));
    await expect(restore).toBeHidden();
  });

  const after = await monitor.config();
  expect(after.destinations.find((row) => row.destination_id === id)?.enabled).toBe(true);
  expect(after.default_destination_ids).toEqual(["local-telemetry", id]);
  await expect(versions.first()).toContainText("Admin");
  const newest = await monitor.call<{ revisions: { actor: { kind: string } }[] }>(
    "GET",
    "/config/incident-monitor/history?limit=1",
  );
  expect(newest.body.revisions[0]?.actor.kind).toBe("user");
});

test("a restore that meets another save is refused, shown anew, and then made over it", async ({
  page,
  keys,
  monitor,
}) => {
  const { safety_defaults } = await monitor.config();
  await monitor.patchConfig({ safety_defaults: { ...safety_defaults, retention_days: 11 } });
  await monitor.patchConfig({ safety_defaults: { ...safety_defaults, retention_days: 12 } });
  await openPage(page, safety);
  await keys.press(page.getByRole("button", { name: "History" }));
  await keys.press(page.getByRole("button", { name: /^Restore version/ }).first());
  const restore = page.getByRole("dialog", { name: /^Restore version/ });
  await expect(restore.getByRole("deletion")).toHaveText("12 days");

  await monitor.patchConfig({ safety_defaults: { ...safety_defaults, retention_days: 13 } });
  await expect(restore.getByRole("deletion")).toHaveText("13 days");
  await keys.press(restore.getByRole("button", { name: "Restore 1 change" }));
  await expect(restore).toBeHidden();
  expect((await monitor.config()).safety_defaults.retention_days).toBe(11);
});

test("two admins edit one page: the second is told who was first before anything is lost", async ({
  page,
  keys,
  monitor,
  browser,
  baseURL,
}) => {
  const second = await addPerson(monitor, "admin");
  const other = await browser.newContext({ baseURL });
  const theirs = await other.newPage();
  await theirs.goto("/sign-in");
  await signIn(theirs, second);
  await theirs.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
  await openPage(page, safety);
  await keys.type(page.getByLabel("It holds for"), "24");
  await openPage(theirs, safety);
  await theirs.getByLabel("It holds for").fill("8");
  await theirs.getByRole("button", { name: "Review and save" }).click();
  await theirs.getByRole("button", { name: "Save 1 change" }).click();
  await expect(theirs.getByText("Saved 1 change", { exact: true })).toBeVisible();
  await other.close();

  await expect(page.getByText("The admin saved these settings")).toBeVisible();
  await keys.press(page.getByRole("button", { name: "Compare" }));
  const conflict = page.getByRole("dialog", { name: "The admin saved the same settings" });
  await expect(conflict).toContainText("8 h");
  await expect(conflict).toContainText("24 h");
  await keys.press(conflict.getByRole("button", { name: /^Take/ }));
  await expect(page.getByLabel("It holds for")).toHaveValue("8");
  expect((await monitor.config()).safety_defaults.approval_ttl_ms).toBe(8 * 3_600_000);
});

test("an exported file has references and no secret, and goes back in as it was", async ({
  page,
  monitor,
  webhook,
  marker,
}) => {
  const id = `pager-${marker}`;
  await monitor.addDestination(webhookRow(id, webhook));
  await openPage(page, destinations);
  await openFileMenu(page, "Export to a file…");
  const dialog = page.getByRole("dialog", { name: "Export settings" });
  await dialog.getByLabel("Routing").check();
  await expectAccessible(page, "export");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^incident-monitor-settings-[\d-]+\.json$/);
  const path = await download.path();
  const text = await readFile(path, "utf8");
  const file = JSON.parse(text) as { incident_monitor: Record<string, unknown> };
  expect(Object.keys(file.incident_monitor)).toEqual(
    expect.arrayContaining(["destinations", "routes", "default_destination_ids"]),
  );
  expect(file.incident_monitor).not.toHaveProperty("safety_defaults");
  expect(text).toContain(webhook.secretRef);
  expect(text).not.toContain("whsec_");

  await monitor.patchConfig({ destinations: [], monitored_projects: [] });
  await openPage(page, destinations);
  await openFileMenu(page, "Import a file…");
  const importing = page.getByRole("dialog", { name: "Import settings" });
  await importing.getByLabel("File to import").setInputFiles({
    name: "settings.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await expect(importing.getByText(/^\d+ changes? against what is saved now/)).toBeVisible();
  await importing.getByRole("button", { name: /^Import \d+ changes?$/ }).click();
  await expect(importing).toBeHidden();
  const { destinations: rows } = await monitor.config();
  expect(rows.find((row) => row.destination_id === id)?.webhook_url).toBe(webhook.url);
});

test("importing names what is unknown, what is missing here and what cannot be, and never half of it", async ({
  page,
  monitor,
  marker,
}) => {
  const id = `moved-${marker}`;
  const before = await monitor.config();
  const row = {
    destination_id: id,
    name: "Moved",
    kind: "webhook",
    webhook_url: "https://moved.example.com/hook",
    webhook_secret_ref: "env:TANDEM_NOT_HERE",
    flavour: "mint",
  };
  const project = { project_id: id, name: "Moved", repo: "acme/moved", workspace_root: "/somewhere/else" };
  await openPage(page, destinations);
  await openFileMenu(page, "Import a file…");
  const dialog = page.getByRole("dialog", { name: "Import settings" });
  const choose = async (content: unknown) => {
    const path = test.info().outputPath("settings.json");
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
    await dialog.getByLabel("File to import").setInputFiles(path);
  };

  await test.step("what is no configuration is refused with its reason", async () => {
    await choose("not json");
    await expect(dialog.getByRole("alert")).toContainText("The file is not a JSON object");
    await choose({ destinations: [{ name: "No id" }] });
    await expect(dialog.getByRole("alert")).toContainText("destinations");
    await expectAccessible(page, "import, refused");
  });

  await test.step("what the server would refuse stops all of it", async () => {
    await choose({ destinations: [{ ...row, webhook_url: "ftp://moved.example.com" }], repo: "acme/other" });
    await expect(dialog.getByRole("alert")).toContainText("It cannot be imported as it is");
    await expect(dialog.getByRole("button", { name: "Import", exact: true })).toBeDisabled();
    expect(await monitor.config()).toEqual(before);
    await dialog.getByRole("button", { name: "Other file" }).click();
  });

  await test.step("what is missing here is named and does not stop it", async () => {
    await choose({ destinations: [row], monitored_projects: [project] });
    const findings = dialog.getByLabel("What importing changes");
    await expect(findings).toContainText("Missing on this host");
    await expect(findings).toContainText("The secret it names has no value on this host");
    await expect(findings).toContainText("This host does not allow that folder");
    await expect(findings).toContainText("destinations[0].flavour");
    await expectAccessible(page, "import, with what is missing");
    await dialog.getByLabel("Sources").uncheck();
    await expect(findings).not.toContainText("This host does not allow that folder");
    await dialog.getByRole("button", { name: "Import 1 change" }).click();
    await expect(dialog).toBeHidden();
  });

  const after = await monitor.config();
  expect(after.destinations.map((each) => each.destination_id)).toEqual([
    ...before.destinations.map((each) => each.destination_id),
    id,
  ]);
  expect(after.monitored_projects).toEqual(before.monitored_projects);
});

test("by keyboard alone: change, look at the history, restore", async ({ page, keys, monitor }) => {
  const before = (await monitor.config()).safety_defaults;
  await openPage(page, safety);
  await expect(page.getByRole("heading", { level: 1, name: "Safety defaults" })).toBeVisible();
  await keys.type(page.getByLabel("It holds for"), "48");
  await expect(page.getByText("1 change not saved")).toBeVisible();
  await page.keyboard.press("Control+S");
  await expect(page.getByRole("dialog", { name: "Review 1 change" })).toBeVisible();
  await keys.press(page.getByRole("button", { name: "Save 1 change" }));
  await expect(page.getByRole("dialog", { name: "Review 1 change" })).toBeHidden();
  expect((await monitor.config()).safety_defaults.approval_ttl_ms).toBe(48 * 3_600_000);

  const { safety_defaults } = await monitor.config();
  await monitor.patchConfig({ safety_defaults: { ...safety_defaults, approval_ttl_ms: 3_600_000 } });
  await keys.press(page.getByRole("button", { name: "History" }));
  const row = page.getByRole("dialog", { name: "History" }).getByRole("listitem").nth(1);
  await expect(row).toContainText("Admin");
  await keys.press(row.getByRole("button", { expanded: false }));
  await expect(row.getByRole("insertion")).toHaveText("48 h");
  await keys.press(row.getByRole("button", { name: /^Restore version/ }));
  const restore = page.getByRole("dialog", { name: /^Restore version/ });
  await expect(restore.getByRole("insertion")).toHaveText("48 h");
  await keys.press(restore.getByRole("button", { name: "Restore 1 change" }));
  await expect(restore).toBeHidden();
  expect((await monitor.config()).safety_defaults.approval_ttl_ms).toBe(48 * 3_600_000);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "History" })).toBeFocused();
  expect(before.approval_ttl_ms).not.toBe(48 * 3_600_000);
});

test.describe("a viewer", () => {
  test.use({ as: "viewer" });

  test("reads the history, and is told what needs the admin role", async ({ page, monitor }) => {
    const { safety_defaults } = await monitor.config();
    await monitor.patchConfig({ safety_defaults: { ...safety_defaults, retention_days: 21 } });
    await monitor.patchConfig({ safety_defaults: { ...safety_defaults, retention_days: 22 } });
    await openPage(page, safety);
    await page.getByRole("button", { name: "More about these settings" }).click();
    for (const name of [/^Export to a file/, /^Import a file/]) {
      const item = page.getByRole("menuitem", { name });
      await expect(item).toContainText("needs the admin role");
      await expect(item).toHaveAttribute("aria-disabled", "true");
    }
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "History" }).click();
    const history = page.getByRole("dialog", { name: "History" });
    await expect(history.getByRole("listitem").first()).toContainText("retention days");
    const restore = history.getByRole("button", { name: "Restore…" }).first();
    await expect(restore).toHaveAttribute("aria-disabled", "true");
    await expect(restore).toHaveAccessibleDescription("Restoring needs the admin role.");
    await expectAccessible(page, "history, a viewer");
  });
});
