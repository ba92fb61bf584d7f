import type { Page } from "@playwright/test";
import type { Monitor } from "./monitor";

/** The queue's own states: marked rows, what would become of them, saved views and the rarer filters. */
export const queueScreens = [
  {
    name: "drafts-bulk",
    path: () => "/drafts?sort=risk",
    heading: "Drafts",
    open: async (page: Page) => markAll(page),
  },
  {
    name: "drafts-bulk-review",
    path: () => "/drafts?sort=risk",
    heading: "Drafts",
    open: async (page: Page) => {
      await markAll(page);
      await page.getByRole("button", { name: "Deny…", exact: true }).click();
      await page
        .getByRole("dialog")
        .getByText(/left alone$/)
        .waitFor();
    },
  },
  {
    name: "drafts-views-manage",
    path: () => "/drafts",
    heading: "Drafts",
    open: async (page: Page) => {
      await page.getByRole("button", { name: /^View:/ }).click();
      await page.getByRole("menuitem", { name: "Manage views…" }).click();
      await page.getByRole("dialog", { name: "Saved views" }).waitFor();
    },
  },
  {
    name: "drafts-more-filters",
    path: () => "/drafts",
    heading: "Drafts",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("dialog", { name: "More filters" }).waitFor();
    },
  },
];

async function markAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await page.getByRole("button", { name: "Mark more" }).click();
  await page.getByRole("menuitem", { name: /on the page$/ }).click();
}

/** A view that somebody shares, and somebody who is on a draft. */
export async function seedQueue(monitor: Monitor, draftId: string): Promise<void> {
  const query = { project: "storefront", state: "open", sort: "risk" };
  await monitor.call("POST", "/incident-monitor/saved-views", {
    ...{ name: "Shop, worst first", query, shared: true },
  });
  await monitor.call("POST", `/incident-monitor/drafts/${draftId}/claim`, {});
}
