import { type Browser, type BrowserContext, test as base, type Page } from "@playwright/test";
import { type Github, openGithub } from "./github";
import { createMonitor, type Monitor } from "./monitor";
import { ownServer } from "./own-server";
import { addPerson, type Person } from "./people";
import { openWebhook, type Webhook } from "./webhook";

export { expect } from "@playwright/test";

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;
type Role = "admin" | "viewer" | "approver";

type Options = { as: Role | "nobody" };
type Fixtures = {
  monitor: Monitor;
  webhook: Webhook;
  github: Github;
  dataDir: string;
  /** A folder that the host allows, for logs to watch. */
  logRoot: string;
  admin: Person;
  /** Text that no other journey writes. */
  marker: string;
  /** The configuration, put back when the journey ends. */
  keptConfig: undefined;
  soundPage: undefined;
};
type WorkerFixtures = { sessionOf: (role: Role) => Promise<StorageState> };

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  as: ["admin", { option: true }],
  baseURL: async ({}, use) => use(ownServer().url),

  /** One sign-in per role and run: the journeys are not about signing in, but for one. */
  sessionOf: [
    async ({ browser }, use) => {
      const sessions = new Map<Role, Promise<StorageState>>();
      await use((role) => {
        const known = sessions.get(role) ?? openSession(browser, role);
        sessions.set(role, known);
        return known;
      });
    },
    { scope: "worker" },
  ],
  storageState: async ({ as, sessionOf }, use) => {
    await use(as === "nobody" ? undefined : await sessionOf(as));
  },

  monitor: async ({}, use) => use(createMonitor(ownServer().url, ownServer().token)),
  dataDir: async ({}, use) => use(ownServer().dataDir),
  logRoot: async ({}, use) => use(ownServer().logRoot),
  admin: async ({}, use) => use(theAdmin()),
  webhook: async ({ dataDir }, use) => {
    const webhook = await openWebhook(dataDir);
    await use(webhook);
    await webhook.close();
  },
  github: async ({ dataDir }, use) => {
    const github = await openGithub(dataDir);
    await use(github);
    await github.close();
  },
  marker: async ({}, use, testInfo) => use(`${testInfo.testId.slice(-6)}${testInfo.retry || ""}`),

  keptConfig: async ({ monitor }, use) => {
    const { updated_at_ms: _, ...before } = await monitor.config();
    await use(undefined);
    await monitor.patchConfig(before);
  },

  /** No page may throw, fail to hydrate or break its content security policy, whatever the journey is about. */
  soundPage: [
    async ({ page }, use) => {
      const faults: string[] = [];
      // A publish leaves at once here, but where a journey is about undoing it.
      await page.addInitScript(() => {
        if (!location.protocol.startsWith("http")) return;
        const key = "incident-monitor.publish-grace";
        if (localStorage.getItem(key) === null) localStorage.setItem(key, "0");
      });
      page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
      page.on("console", (message) => {
        // The browser's own line about a refused request: the journeys ask for refusals.
        if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
        faults.push(`console: ${message.text().slice(0, 500)}`);
      });
      await use(undefined);
      base.expect(faults, "errors in the page").toEqual([]);
    },
    { auto: true },
  ],
});

export const theAdmin = (): Person => ({ email: ownServer().email, password: ownServer().password });

async function openSession(browser: Browser, role: Role): Promise<StorageState> {
  const person =
    role === "admin" ? theAdmin() : await addPerson(createMonitor(ownServer().url, ownServer().token), role);
  const context = await browser.newContext({ baseURL: ownServer().url, storageState: undefined });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, person);
  await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
