import type { Locator, Page } from "@playwright/test";
import { serveToolbox } from "./fakes/mcp";
import { FakeGithubTools } from "./fakes/mcp-github";
import { expectAccessible } from "./support/accessible";
import { expectNoSidewaysScroll } from "./support/layout";
import { openPage } from "./support/open-page";
import { propose } from "./support/propose";
import { expect, test } from "./support/test";

test.beforeEach(async ({ keptConfig: _ }) => {});

const destinations = "/settings/incident-monitor/destinations";

async function choose(page: Page, field: Locator, option: RegExp): Promise<void> {
  await field.click();
  await page.getByRole("option", { name: option }).click();
}

test("an MCP server is added, inspected and chosen, and files an approved issue once", async ({
  page,
  monitor,
  marker,
}) => {
  const name = `hub-${marker.toLowerCase()}`;
  const id = `issues-${marker}`;
  const repo = `acme/shop-${marker.toLowerCase()}`;
  const box = new FakeGithubTools("official", repo);
  const fake = await serveToolbox(box);
  const title = `LedgerError${marker}: entries do not add up`;

  try {
    await test.step("the server is added and says what it can do", async () => {
      await openPage(page, destinations);
      await page.getByRole("button", { name: "Add server" }).click();
      const sheet = page.getByRole("dialog", { name: "New MCP server" });
      await sheet.getByLabel("Name").fill(name);
      await sheet.getByLabel("URL").fill(fake.url);
      await expectAccessible(page, "a new MCP server");
      await sheet.getByRole("button", { name: "Add server" }).click();
      const made = page.getByRole("dialog", { name });
      await expect(made.getByRole("region", { name: "Connection" })).toContainText("Connected, 4 tools");
      await expect(made.getByText("issue_write").first()).toBeVisible();
      await expectAccessible(page, "an MCP server and its tools");
      await page.keyboard.press("Escape");
      await expect(made).toBeHidden();
      await expect(page.getByRole("button", { name: new RegExp(`^${name}`) })).toContainText("4 tools");
    });

    await test.step("a destination goes through it, and its test reads only", async () => {
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("menuitem", { name: "GitHub issues" }).click();
      await page.getByLabel("Name", { exact: true }).fill(id);
      await page.getByLabel("Repository").fill(repo);
      await choose(page, page.getByLabel("Sign in with"), /^An MCP server/);
      await choose(page, page.getByLabel("MCP server", { exact: true }), new RegExp(`^${name}`));
      await expect(page.getByText("4 tools allowed.", { exact: false })).toBeVisible();
      await expect(page.getByLabel("API address")).toHaveCount(0);
      await page.getByLabel(/^A person must approve/).click();
      await expectAccessible(page, "GitHub issues through an MCP server");
      await page.getByRole("button", { name: "Review and save" }).click();
      await page.getByRole("button", { name: /^Save \d+ changes?$/ }).click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.getByRole("button", { name: "Test access" }).click();
      await expect(page.getByText("The target can be reached and used.", { exact: false })).toBeVisible();
      expect(box.calls.map((call) => call.name)).toEqual(["list_issues"]);
      expect(box.repository.issues).toEqual([]);
    });

    await test.step("the payload names the tool; approved, it is filed once", async () => {
      await monitor.patchConfig({ default_destination_ids: [id] });
      const { draft_id: draftId } = await monitor.report({
        ...{ title, detail: "Sum of entries is -3 where 0 was expected: a<b", event: "ledger.unbalanced" },
        ...{ risk_level: "medium", fingerprint: `ledger-${marker}` },
      });
      await propose(monitor.call, draftId);
      await openPage(page, `/drafts/${draftId}`);
      const gate = page.getByRole("region", { name: "Approval" });
      await gate.getByRole("button", { name: /^Approve/ }).click();
      const approving = page.getByRole("dialog");
      await expect(approving).toContainText("issue_write");
      await approving.getByLabel("Reason").fill("The books matter");
      await approving.getByRole("button", { name: /^Approve/ }).click();
      await expect(approving).toBeHidden();
      await gate.getByRole("button", { name: /^Publish/ }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: /^Publish/ }).click();
      await expect(page.getByRole("dialog")).toContainText("Published");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Close/ })
        .last()
        .click();
      expect(box.repository.issues.map((issue) => issue.title)).toEqual([title]);
      await page.getByRole("link", { name: `Receipt of ${id}` }).click();
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await expect(page.getByRole("link", { name: new RegExp(`^Open at ${id}`) })).toHaveAttribute(
        "href",
        `https://github.com/${repo}/issues/1`,
      );
      await expectAccessible(page, "the receipt of an issue through an MCP server");
    });
  } finally {
    await monitor.call("DELETE", `/incident-monitor/mcp-servers/${name}`);
    await fake.close();
  }
});

test.describe("a viewer on a phone", () => {
  test.use({ as: "viewer", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

  test("reads which tools a server has, and what needs the admin role", async ({ page, monitor, marker }) => {
    const name = `hub-${marker.toLowerCase()}`;
    const fake = await serveToolbox(new FakeGithubTools("classic"));
    try {
      await monitor.call("PUT", `/incident-monitor/mcp-servers/${name}`, { url: fake.url });
      await monitor.call("POST", `/incident-monitor/mcp-servers/${name}/inspect`);
      await openPage(page, destinations);
      await expect(page.getByRole("button", { name: "Add server" })).toHaveAccessibleDescription(
        "Adding needs the admin role.",
      );
      await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
      const sheet = page.getByRole("dialog", { name });
      await expect(sheet.getByText("create_issue").first()).toBeVisible();
      await expect(sheet.getByRole("button", { name: "Remove server" })).toHaveCount(0);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page, "an MCP server, for a viewer on a phone");
    } finally {
      await monitor.call("DELETE", `/incident-monitor/mcp-servers/${name}`);
      await fake.close();
    }
  });
});
