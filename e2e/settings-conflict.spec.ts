import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/keyboard";
import type { Monitor } from "./support/monitor";
import { openPage } from "./support/open-page";
import { type Webhook, webhookRow } from "./support/webhook";

// What these change holds for every report, so it is put back for the journeys that follow.
test.beforeEach(async ({ keptConfig: _ }) => {});

type Given = { monitor: Monitor; webhook: Webhook; id: string };
type SettingsPage = {
  title: string;
  path: (id: string) => string;
  field: (page: Page) => Locator;
  /** What both people write into that field, and how the conflict says it. */
  mine: string;
  theirs: string;
  /** What I write the second time. */
  again: string;
  unit?: string;
  /** Saves a value of that field, as a script or somebody else would. */
  save: (given: Given, value: string) => Promise<unknown>;
  saved: (given: Given) => Promise<string | undefined>;
};

const settings = "/settings/incident-monitor";
const hourMs = 3_600_000;

const pages: readonly SettingsPage[] = [
  {
    title: "Sources",
    path: (id) => `${settings}/sources?project=${id}`,
    field: (page) => page.getByLabel("Repository"),
    ...{ mine: "acme/mine", theirs: "acme/theirs", again: "acme/again" },
    save: ({ monitor, id }, repo) => monitor.addProject(id, { repo }),
    saved: async ({ monitor, id }) =>
      (await monitor.config()).monitored_projects.find((row) => row.project_id === id)?.repo,
  },
  {
    title: "Destinations",
    path: (id) => `${settings}/destinations?id=${id}`,
    field: (page) => page.getByLabel("Name", { exact: true }),
    ...{ mine: "Pager of mine", theirs: "Pager of theirs", again: "Pager again" },
    save: ({ monitor, webhook, id }, name) => monitor.addDestination({ ...webhookRow(id, webhook), name }),
    saved: async ({ monitor, id }) =>
      (await monitor.config()).destinations.find((row) => row.destination_id === id)?.name,
  },
  {
    title: "Routing",
    path: (id) => `${settings}/routing?route=${id}`,
    field: (page) => page.getByLabel("Name", { exact: true }),
    ...{ mine: "Route of mine", theirs: "Route of theirs", again: "Route again" },
    save: async ({ monitor, id }, name) => {
      const others = (await monitor.config()).routes.filter((row) => row.route_id !== id);
      const route = { route_id: id, name, match_components: [id], destination_ids: ["local-telemetry"] };
      await monitor.patchConfig({ routes: [...others, route] });
    },
    saved: async ({ monitor, id }) =>
      (await monitor.config()).routes.find((row) => row.route_id === id)?.name,
  },
  {
    title: "Safety defaults",
    path: () => `${settings}/safety`,
    field: (page) => page.getByLabel("It holds for"),
    ...{ mine: "24", theirs: "8", again: "48", unit: " h" },
    save: async ({ monitor }, hours) => {
      const { safety_defaults } = await monitor.config();
      await monitor.patchConfig({
        safety_defaults: { ...safety_defaults, approval_ttl_ms: Number(hours) * hourMs },
      });
    },
    saved: async ({ monitor }) => String((await monitor.config()).safety_defaults.approval_ttl_ms / hourMs),
  },
];

for (const { title, path, field, mine, theirs, again, unit = "", save, saved } of pages) {
  test(`${title}: a save that another was faster than is refused, shows both sides and loses neither`, async ({
    page,
    keys,
    monitor,
    webhook,
    marker,
  }) => {
    const given = { monitor, webhook, id: `both-${marker}` };
    await save(given, title === "Safety defaults" ? "72" : "acme/before");
    // Nobody tells the page of the other save: it is the refusal itself that does.
    await page.route("**/incident-monitor/events", (route) => route.abort());
    await openPage(page, path(given.id));
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    const conflict = page.getByRole("dialog", { name: "Bootstrap token saved the same settings" });

    await test.step("refused", async () => {
      await keys.type(field(page), mine);
      await keys.press(page.getByRole("button", { name: "Review and save" }));
      const review = page.getByRole("dialog", { name: "Review 1 change" });
      await expect(review.getByRole("insertion")).toContainText(mine);
      await save(given, theirs);
      await expect(page.getByText(/saved these settings/)).toHaveCount(0);
      await keys.press(review.getByRole("button", { name: "Save 1 change" }));
      await expect(conflict).toBeVisible();
    });

    await test.step("both sides", async () => {
      const lines = conflict.getByRole("listitem");
      await expect(lines.filter({ hasText: "removed: " }).last()).toContainText(theirs + unit);
      await expect(lines.filter({ hasText: "added: " }).last()).toContainText(mine + unit);
      await expectAccessible(page, `${title}, refused`);
      expect(await saved(given)).toBe(theirs);
      await page.keyboard.press("Escape");
      await expect(conflict).toBeHidden();
      await expect(field(page)).toHaveValue(mine);
    });

    await test.step("mine, over theirs", async () => {
      await keys.press(page.getByRole("button", { name: "Compare" }));
      await keys.press(conflict.getByRole("button", { name: /^Put mine on top/ }));
      await expect(conflict).toBeHidden();
      expect(await saved(given)).toBe(theirs);
      await keys.press(page.getByRole("button", { name: "Review and save" }));
      const review = page.getByRole("dialog", { name: "Review 1 change" });
      await expect(review.getByRole("deletion")).toContainText(theirs + unit);
      await keys.press(review.getByRole("button", { name: "Save 1 change" }));
      await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
      expect(await saved(given)).toBe(mine);
    });

    await test.step("theirs, after another refusal", async () => {
      await keys.type(field(page), again);
      await keys.press(page.getByRole("button", { name: "Review and save" }));
      await save(given, theirs);
      await keys.press(page.getByRole("button", { name: "Save 1 change" }));
      await keys.press(conflict.getByRole("button", { name: /^Take/ }));
      await expect(field(page)).toHaveValue(theirs);
      await expect(page.getByText("No unsaved changes")).toBeVisible();
      expect(await saved(given)).toBe(theirs);
    });
  });
}
