import type { Page } from "@playwright/test";
import { expect, signIn, theAdmin } from "./test";

/** People and tokens, one's own account, and what it is told. */
export const peopleScreens = [
  { name: "account", path: () => "/account", heading: "Your account" },
  {
    name: "account-step-up",
    path: () => "/account",
    heading: "Your account",
    open: async (page: Page) => {
      // A session of its own: in the shared one an earlier journey may just have proven who it is.
      await page.context().clearCookies();
      await page.goto("/account");
      await signIn(page, theAdmin());
      await expect(page.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
      const field = page.getByRole("dialog").getByLabel("Password", { exact: true });
      // What the server sent looks finished before it hears.
      await expect(async () => {
        if (!(await field.isVisible())) await page.getByRole("button", { name: "Set up" }).click();
        await expect(field).toBeVisible({ timeout: 2_000 });
      }).toPass();
    },
  },
  { name: "notifications", path: () => "/settings/notifications", heading: "Your notifications" },
  { name: "notice", path: () => `/notice/${"0".repeat(64)}`, heading: "Approval due" },
  {
    name: "access-person",
    path: ({ person }: { person: string }) => `/settings/access?user=${person}`,
    heading: "People and tokens",
    open: (page: Page) => page.getByText("Not signed in anywhere.").waitFor(),
  },
  { name: "access-people", path: () => "/settings/access", heading: "People and tokens" },
  { name: "access-tokens", path: () => "/settings/access?tab=tokens", heading: "People and tokens" },
  { name: "access-roles", path: () => "/settings/access?tab=roles", heading: "People and tokens" },
  {
    name: "access-invite",
    path: () => "/settings/access",
    heading: "People and tokens",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "Invite" }).click();
      await page.getByRole("dialog", { name: "Invite a person" }).waitFor();
    },
  },
  {
    name: "access-new-token",
    path: () => "/settings/access?tab=tokens",
    heading: "People and tokens",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "New token" }).click();
      await page.getByRole("dialog", { name: "New API token" }).waitFor();
    },
  },
];
