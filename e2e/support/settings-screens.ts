import type { Page } from "@playwright/test";
import { expect } from "./test";

const settings = "/settings/incident-monitor";

/** The four sections, what opens from each, and retention. */
export const settingsScreens = [
  {
    name: "sources",
    path: () => "/settings/incident-monitor/sources?project=storefront",
    heading: "Sources",
  },
  {
    name: "destinations",
    path: () => "/settings/incident-monitor/destinations?id=pager",
    heading: "Destinations",
  },
  { name: "routing", path: () => "/settings/incident-monitor/routing?route=payments", heading: "Routing" },
  { name: "silences", path: () => `${settings}/routing/silences`, heading: "Silences" },
  { name: "shadow", path: () => `${settings}/routing/shadow`, heading: "Shadow decisions" },
  { name: "redaction", path: () => `${settings}/safety/redaction`, heading: "Safety defaults" },
  {
    name: "redaction-compared",
    path: () => `${settings}/safety/redaction`,
    heading: "Safety defaults",
    open: async (page: Page) => {
      const added = page.getByRole("group", { name: "Profile profile-1" });
      await expect(async () => {
        if (!(await added.isVisible())) await page.getByRole("button", { name: "New profile" }).click();
        await expect(added).toBeVisible({ timeout: 2_000 });
      }).toPass();
      await page.getByRole("button", { name: "Add a pattern to profile-1" }).click();
      await page.getByLabel("Pattern", { exact: true }).fill("PAT-[0-9]{6}");
      await page
        .getByLabel("Text to try")
        .fill("PAT-123456 of ada@example.com from 10.0.0.12, pwd=Zx81fQ2pLw");
      await expect(page.getByTestId("redacted-by-profile-1")).toContainText("from");
      await page.getByRole("button", { name: "See what would change" }).scrollIntoViewIfNeeded();
    },
  },
  { name: "retention", path: () => `${settings}/safety/retention`, heading: "Safety defaults" },
  {
    name: "retention-hold",
    path: () => `${settings}/safety/retention`,
    heading: "Safety defaults",
    open: async (page: Page) => {
      const scope = page.getByRole("dialog").getByLabel("It covers");
      await expect(async () => {
        if (!(await scope.isVisible())) await page.getByRole("button", { name: "Place a hold" }).click();
        await expect(scope).toBeVisible({ timeout: 2_000 });
      }).toPass();
    },
  },
  { name: "safety", path: () => "/settings/incident-monitor/safety", heading: "Safety defaults" },
  {
    name: "safety-model",
    path: () => `${settings}/safety`,
    heading: "Safety defaults",
    open: async (page: Page) => {
      await page.getByLabel(/^Ask a model for its opinion/).click();
      await page.getByRole("group", { name: "What one run may use" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "safety-notifications",
    path: () => `${settings}/safety`,
    heading: "Safety defaults",
    open: (page: Page) => page.getByRole("button", { name: "Save notifications" }).scrollIntoViewIfNeeded(),
  },
  {
    name: "sources-readiness",
    path: () => `${settings}/sources?project=storefront`,
    heading: "Sources",
    open: (page: Page) => page.getByRole("tab", { name: /^Readiness/ }).click(),
  },
  {
    name: "sources-keys",
    path: () => `${settings}/sources?project=storefront`,
    heading: "Sources",
    open: (page: Page) => page.getByRole("tab", { name: /^Intake keys/ }).click(),
  },
  { name: "destinations-legacy", path: () => `${settings}/destinations?id=*`, heading: "Destinations" },
  {
    name: "settings-history",
    path: () => `${settings}/destinations`,
    heading: "Destinations",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "History" }).click();
      await page.getByRole("listitem").first().getByRole("button", { expanded: false }).click();
    },
  },
  {
    name: "settings-export",
    path: () => `${settings}/routing`,
    heading: "Routing",
    open: (page: Page) => chooseMore(page, /^Export to a file/),
  },
  {
    name: "settings-import",
    path: () => `${settings}/sources`,
    heading: "Sources",
    open: async (page: Page) => {
      await chooseMore(page, /^Import a file/);
      await page.getByLabel("File to import").setInputFiles({
        name: "staging.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(stagingFile)),
      });
      await page.getByText("against what is saved now").waitFor();
    },
  },
  {
    name: "safety-tester",
    path: () => `${settings}/safety`,
    heading: "Safety defaults",
    open: async (page: Page) => {
      const text = page.getByLabel("Try it", { exact: true });
      await text.fill(
        "Card 4111 1111 1111 1111 of ada@example.com\nAuthorization: Bearer 0123456789abcdefABCDEF0123",
      );
      await page.getByText("would be taken out").waitFor();
      await text.scrollIntoViewIfNeeded();
    },
  },
];

/** Of another deployment: a secret that is not here, a folder that is not allowed, a setting nobody knows. */
const stagingFile = {
  incident_monitor: {
    destinations: [
      {
        destination_id: "staging",
        name: "Staging",
        kind: "webhook",
        webhook_url: "https://staging.example.com/hook",
        webhook_secret_ref: "env:TANDEM_STAGING_SECRET",
        flavour: "mint",
      },
    ],
    monitored_projects: [
      { project_id: "staging", name: "Staging", repo: "acme/staging", workspace_root: "/srv/staging" },
    ],
  },
};

async function chooseMore(page: Page, item: RegExp): Promise<void> {
  await page.getByRole("button", { name: "More about these settings" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}
