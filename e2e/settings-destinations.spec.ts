import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { expect, type Keys, test } from "./support/keyboard";
import { expectNoSidewaysScroll } from "./support/layout";
import { openPage, untilHeard } from "./support/open-page";
import { webhookRow } from "./support/webhook";

test.beforeEach(async ({ keptConfig: _ }) => {});

const destinations = "/settings/incident-monitor/destinations";

async function add(page: Page, keys: Keys, kind: string, name: string): Promise<void> {
  await keys.choose(
    page.getByRole("button", { name: "Add", exact: true }),
    page.getByRole("menuitem", { name: kind }),
  );
  await keys.type(page.getByLabel("Name", { exact: true }), name);
}

async function save(page: Page, press: (button: Locator) => Promise<void>): Promise<void> {
  await press(page.getByRole("button", { name: "Review and save" }));
  await press(page.getByRole("button", { name: /^Save \d+ changes?$/ }));
  // It closes when it is saved, and stays with the reason when it is not.
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

const click = (button: Locator) => button.click();

const failed = (page: Page, what: string) =>
  page.getByRole("listitem").filter({ hasText: `Failed: ${what}` });

test("each kind has a form with its checks, and a test that says what it waits for", async ({
  page,
  keys,
  monitor,
  marker,
}) => {
  await openPage(page, destinations);

  await test.step("GitHub", async () => {
    await add(page, keys, "GitHub issues", `gh-${marker}`);
    await expect(failed(page, "No repository yet.")).toBeVisible();
    await keys.type(page.getByLabel("Repository"), "acme");
    await expect(failed(page, "Not a repository.")).toBeVisible();
    await keys.type(page.getByLabel("Repository"), "acme/shop");
    await expect(failed(page, "No secret yet.")).toBeVisible();
    await keys.choose(page.getByLabel("Sign in with"), page.getByRole("option", { name: /^An MCP server/ }));
    await expect(failed(page, "No secret yet.")).toBeHidden();
    await keys.type(page.getByLabel("MCP server", { exact: true }), "nobody");
    await expect(failed(page, "Not known on this host.")).toBeVisible();
    const testAccess = page.getByRole("button", { name: "Test access" });
    await expect(testAccess).toHaveAttribute("aria-disabled", "true");
    await expect(testAccess).toHaveAccessibleDescription(/^Save it first/);
    await expectAccessible(page, "destinations, GitHub");
  });

  await test.step("Linear", async () => {
    await add(page, keys, "Linear issues", `linear-${marker}`);
    await expect(failed(page, "No team yet.")).toBeVisible();
    await keys.type(page.getByLabel("Team"), "PAY");
    await keys.type(page.getByLabel("Project", { exact: true }), "Reliability");
    await expect(failed(page, "No team yet.")).toBeHidden();
    await keys.type(page.getByLabel("API key reference"), "lin_api_itself");
    await expect(failed(page, "Not a reference.")).toBeVisible();
    await keys.type(page.getByLabel("API key reference"), "env:TANDEM_NOT_SET_ANYWHERE");
    await expect(failed(page, "Not a reference.")).toBeHidden();
  });

  await test.step("MCP tool", async () => {
    await add(page, keys, "MCP tool", `tool-${marker}`);
    await keys.type(page.getByLabel("Tool", { exact: true }), "create_ticket");
    await keys.press(page.getByLabel(/^This tool may be called/), "Space");
    await expect(failed(page, "No argument yet.")).toBeVisible();
    await keys.press(page.getByRole("button", { name: "Add argument" }));
    await keys.type(page.getByLabel("Value"), "$secret.value");
    await expect(page.getByText("Nothing here has this name")).toBeVisible();
    await keys.type(page.getByLabel("Value"), "$draft.title");
    await keys.choose(page.getByLabel("Redaction profile"), page.getByRole("option", { name: /^Strict/ }));
    await expectAccessible(page, "destinations, MCP tool");
  });

  await test.step("memory", async () => {
    await add(page, keys, "Internal memory", `memory-${marker}`);
    await keys.choose(page.getByLabel("Category"), page.getByRole("option", { name: /^Policy gap/ }));
    await save(page, keys.press);
  });

  const rows = (await monitor.config()).destinations;
  const row = (id: string) => rows.find((each) => each.destination_id === `${id}-${marker}`);
  expect(row("gh")).toMatchObject({ kind: "github_issue", repo: "acme/shop", mcp_server: "nobody" });
  expect(row("linear")).toMatchObject({
    ...{ linear_team: "PAY", linear_project: "Reliability" },
    config: { api_key_ref: "env:TANDEM_NOT_SET_ANYWHERE" },
  });
  expect(row("tool")).toMatchObject({
    mcp_tool: "create_ticket",
    config: { allow_publish: true, payload: { title: "$draft.title" }, redaction_profile: "strict" },
  });
  expect(row("memory")).toMatchObject({ kind: "internal_memory", memory_category: "policy_gap" });
  await keys.press(page.getByRole("button", { name: new RegExp(`^gh-${marker}`) }));
  await expect(page.getByRole("status").filter({ hasText: "Not ready" })).toBeVisible();
});

test("the legacy GitHub settings say what they make, and come into force when nothing else is there", async ({
  page,
  monitor,
}) => {
  await openPage(page, destinations);
  await page.getByRole("button", { name: /^GitHub\s*legacy settings/ }).click();
  const pane = page.getByRole("region", { name: "GitHub (legacy settings)" });
  await expect(pane.getByText("Not in force: there are other destinations")).toBeVisible();
  await expect(pane.getByText("legacy-github", { exact: true })).toBeVisible();
  await pane.getByLabel("Repository").fill("acme/shop");
  await pane.getByLabel("Provider").click();
  await page.getByRole("option", { name: /^Composio/ }).click();
  await pane.getByLabel(/^Comment on an open issue/).click();
  await expectAccessible(page, "destinations, legacy GitHub");
  await save(page, click);
  expect(await monitor.config()).toMatchObject({
    repo: "acme/shop",
    provider_preference: "composio",
    auto_comment_on_matched_open_issues: false,
  });

  await monitor.patchConfig({ destinations: [], monitored_projects: [] });
  await expect(pane.getByText("In force: there is no other destination")).toBeVisible();
  await expect(pane.getByRole("status").filter({ hasText: "Not ready:" })).toBeVisible();
  await expect(pane.getByText("everything without a route goes here")).toBeVisible();
  await expectAccessible(page, "destinations, none but the legacy one");

  await pane.getByRole("button", { name: "Make it a destination of its own" }).click();
  await expect(page.getByLabel("Id", { exact: true })).toHaveValue("github");
  await save(page, click);
  const rows = (await monitor.config()).destinations;
  expect(rows.map((row) => [row.destination_id, row.repo])).toEqual([["github", "acme/shop"]]);
});

test("a destination is removed only after what names it was said", async ({
  page,
  keys,
  monitor,
  webhook,
  marker,
}) => {
  const id = `pager-${marker}`;
  await monitor.addDestination(webhookRow(id, webhook));
  const { routes, default_destination_ids } = await monitor.config();
  const route = { route_id: id, name: `Route ${marker}`, destination_ids: [id], match_components: [id] };
  await monitor.patchConfig({
    routes: [...routes, route],
    default_destination_ids: [...default_destination_ids, id],
  });
  await monitor.addProject(id, { allowed_destination_ids: [id] });

  await openPage(page, `${destinations}?id=${id}`);
  await keys.press(page.getByRole("button", { name: "Remove destination…" }));
  const ask = page.getByRole("alertdialog", { name: `Remove ${id}?` });
  await expect(ask).toContainText(`${id} may send here and nowhere else`);
  await expect(ask.getByRole("button", { name: "Remove" })).toHaveCount(0);
  await expectAccessible(page, "destinations, removing");
  await keys.press(ask.getByRole("button", { name: "Close" }));

  await monitor.addProject(id, { allowed_destination_ids: [id, "local-telemetry"] });
  await page.reload();
  await untilHeard(page);
  await keys.press(page.getByRole("button", { name: "Remove destination…" }));
  await expect(ask).toContainText(`Route ${marker}: falls back to the default destinations`);
  await expect(ask).toContainText("It is taken out of the default destinations");
  await keys.press(ask.getByRole("button", { name: "Remove" }));
  await save(page, keys.press);
  const after = await monitor.config();
  expect(JSON.stringify([after.destinations, after.default_destination_ids])).not.toContain(id);
  expect(after.routes.find((each) => each.route_id === id)?.destination_ids).toEqual([]);
});

test.describe("a viewer on a phone", () => {
  test.use({ as: "viewer", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

  test("reads a destination without the path of its address, and what needs the admin role", async ({
    page,
    monitor,
    webhook,
    marker,
  }) => {
    const id = `pager-${marker}`;
    await monitor.addDestination(webhookRow(id, webhook));
    await openPage(page, destinations);
    const addButton = page.getByRole("button", { name: "Add", exact: true });
    await expect(addButton).toHaveAccessibleDescription("Adding needs the admin role.");
    await page.getByRole("button", { name: new RegExp(`^${id}`) }).click();
    await expect(page.getByLabel("URL")).toHaveValue(/\/…$/);
    await expect(page.getByLabel("URL")).toBeDisabled();
    await expect(page.getByText("Removing needs the admin role.")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, "destinations, a viewer on a phone");
  });
});
