import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { type DeliveryIds, deliveryScreens, seedDeliveries } from "./delivery-screens";
import { expectNoSidewaysScroll } from "./layout";
import { logScreens, watchLogs } from "./log-screens";
import { createMonitor, type Monitor } from "./monitor";
import { ownServer } from "./own-server";
import { expect, test } from "./test";
import { seedTriage, type TriageIds, triageScreens } from "./triage-screens";
import { openWebhook, webhookRow } from "./webhook";

/** Written only when asked for, so that a run of the tests leaves the repository as it was. */
const pictures =
  process.env.SCREENS === "1" ? join(import.meta.dirname, "..", "..", "docs", "screens") : null;

/** A desktop's screen is looked at in both themes; on a phone it is the layout that differs. */
const devices = {
  desktop: { viewport: { width: 1440, height: 900 }, isMobile: false, themes: ["light", "dark"] },
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, themes: ["light"] },
} as const;
type DeviceName = keyof typeof devices;

type Seeded = { waiting: string; published: string; incident: string; receipt: string };
type Ids = Seeded & DeliveryIds & TriageIds & { evidence: string };
let ids: Ids;
let putBack = async () => {};

async function seedScreens(): Promise<void> {
  const monitor = createMonitor(ownServer().url, ownServer().token);
  const { updated_at_ms: _, ...before } = await monitor.config();
  putBack = async () => void (await monitor.patchConfig(before));
  const deliveries = await seedDeliveries(monitor, ownServer().dataDir);
  putBack = async () => {
    await deliveries.end();
    await monitor.patchConfig(before);
  };
  const evidence = await watchLogs(monitor, ownServer().logRoot);
  const triage = await seedTriage(monitor, ownServer().logRoot);
  ids = { ...deliveries.ids, ...(await seed(monitor)), ...triage, evidence };
}

type Screen = {
  name: string;
  path: (ids: Ids) => string;
  heading: string | RegExp;
  /** What is done first, where a screen is behind a control. */
  open?: (page: Page) => Promise<void>;
};
const settings = "/settings/incident-monitor";

const screens: Screen[] = [
  { name: "inbox", path: () => "/", heading: "Inbox" },
  { name: "drafts", path: () => "/drafts", heading: "Drafts" },
  { name: "draft", path: ({ waiting }) => `/drafts/${waiting}`, heading: /^GatewayTimeout/ },
  { name: "draft-published", path: ({ published }) => `/drafts/${published}`, heading: /^KeyError/ },
  { name: "incidents", path: () => "/incidents", heading: "Incidents" },
  { name: "incident", path: ({ incident }) => `/incidents/${incident}`, heading: /^GatewayTimeout/ },
  { name: "receipts", path: () => "/receipts", heading: "Receipts" },
  { name: "receipt", path: ({ receipt }) => `/receipts/${receipt}`, heading: /^KeyError/ },
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
  { name: "safety", path: () => "/settings/incident-monitor/safety", heading: "Safety defaults" },
  {
    name: "sources-readiness",
    path: () => `${settings}/sources?project=storefront`,
    heading: "Sources",
    open: (page) => page.getByRole("tab", { name: /^Readiness/ }).click(),
  },
  {
    name: "sources-keys",
    path: () => `${settings}/sources?project=storefront`,
    heading: "Sources",
    open: (page) => page.getByRole("tab", { name: /^Intake keys/ }).click(),
  },
  ...triageScreens,
  ...deliveryScreens,
  ...logScreens,
  { name: "destinations-legacy", path: () => `${settings}/destinations?id=*`, heading: "Destinations" },
  {
    name: "settings-history",
    path: () => `${settings}/destinations`,
    heading: "Destinations",
    open: async (page) => {
      await page.getByRole("button", { name: "History" }).click();
      await page.getByRole("listitem").first().getByRole("button", { expanded: false }).click();
    },
  },
  {
    name: "settings-export",
    path: () => `${settings}/routing`,
    heading: "Routing",
    open: (page) => chooseMore(page, /^Export to a file/),
  },
  {
    name: "settings-import",
    path: () => `${settings}/sources`,
    heading: "Sources",
    open: async (page) => {
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
    open: async (page) => {
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

/** Every screen in every state that a small shop's night leaves, looked at on one device. Each spec seeds its own server. */
export function everyScreen(name: DeviceName): void {
  const device = devices[name];
  test.beforeAll(seedScreens);
  test.afterAll(() => putBack());
  test.use({ viewport: device.viewport, isMobile: device.isMobile, hasTouch: device.isMobile });

  for (const screen of screens) {
    test(screen.name, async ({ page }) => {
      await page.goto(screen.path(ids));
      await expect(page.getByRole("heading", { level: 1, name: screen.heading })).toBeVisible();
      await screen.open?.(page);
      await check(page, screen.name, name);
    });
  }

  test.describe("signed out", () => {
    test.use({ as: "nobody" });
    test("sign-in", async ({ page }) => {
      await page.goto("/sign-in");
      await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
      await check(page, "sign-in", name);
    });
  });
}

/** The theme follows the system's while the page is open, as it does at somebody's sunset. */
async function check(page: Page, name: string, on: DeviceName): Promise<void> {
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
  await expectNoSidewaysScroll(page);
  for (const theme of devices[on].themes) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${theme}\\b`));
    const picture = `${name}-${on === "phone" ? "phone" : theme}`;
    await expectAccessible(page, picture);
    if (!pictures) continue;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${picture}.png`) });
  }
}

/** A small shop's night, through the API: something in every state that the screens can show. */
async function seed(monitor: Monitor): Promise<Seeded> {
  const webhook = await openWebhook(ownServer().dataDir);
  await monitor.addDestination({ ...webhookRow("pager", webhook), name: "Pager, Europe" });
  await monitor.addDestination({
    destination_id: "status-page",
    name: "Status page",
    kind: "webhook",
    webhook_url: "https://status.example.com/hooks/incident",
    webhook_secret_ref: "env:TANDEM_STATUS_PAGE_SECRET",
  });
  await monitor.addProject("storefront", {
    name: "Storefront",
    default_destination_ids: ["pager", "local-telemetry"],
  });
  const rawKey = await monitor.createKey("storefront");
  const { routes } = await monitor.config();
  await monitor.patchConfig({
    routes: [
      ...routes.filter((route) => !["payments", "rehearsal"].includes(route.route_id)),
      {
        route_id: "payments",
        name: "Payments",
        priority: 100,
        match_components: ["payments"],
        match_project_ids: ["storefront"],
        approval_policy: "always",
        destination_ids: ["pager"],
        conditions: [{ field: "title", op: "regex", values: ["time(d )?out"] }],
      },
      {
        route_id: "rehearsal",
        name: "Rehearsal",
        priority: 90,
        match_project_ids: ["storefront"],
        destination_ids: ["local-telemetry"],
        mode: "shadow",
        conditions: [{ field: "occurrence_count", op: "at_least", value: 1 }],
        active_windows: [{ zone: "Europe/Berlin", from: "00:00", to: "24:00" }],
      },
    ],
  });

  const silence = {
    matcher: { match_title: "disk * is full", match_components: ["storage"] },
    reason: "The disks are replaced tonight",
    expires_at_ms: Date.now() + 4 * 3_600_000,
  };
  const silenced = await monitor.call<{ silence: { silence_id: string } }>(
    "POST",
    "/incident-monitor/silences",
    silence,
  );
  expect(silenced.status, JSON.stringify(silenced.body)).toBe(200);

  const intake = async (report: Parameters<Monitor["report"]>[0], times = 1) => {
    let body: Record<string, unknown> = {};
    for (let time = 0; time < times; time++) {
      const answer = await monitor.intake(rawKey, { project_id: "storefront", report });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      body = answer.body;
    }
    return body as { draft: { draft_id: string }; incident: { incident_id: string } };
  };
  const waiting = await intake(
    {
      title: "GatewayTimeout: payment provider did not answer in 30 s",
      detail: "Charges of the last minutes are unconfirmed. Card 4111 1111 1111 1111 was retried twice.",
      event: "checkout.payment.timeout",
      component: "payments",
      risk_level: "critical",
      excerpt: [
        "GatewayTimeout: payment provider did not answer in 30 s",
        "    at Provider.charge (/srv/storefront/payments/provider.ts:88:15)",
        "    at settle (/srv/storefront/payments/settle.ts:31:9)",
        "request had Authorization: Bearer 0123456789abcdefABCDEF0123456789",
      ],
      evidence_refs: ["https://grafana.example.com/d/payments"],
    },
    7,
  );
  const published = await intake({
    title: "KeyError: 'shipping_zone'",
    detail: "Orders to three islands cannot be priced.",
    event: "shipping.price.failed",
    component: "shipping",
    risk_level: "medium",
    excerpt: ["Traceback (most recent call last):", "KeyError: 'shipping_zone'"],
  });
  await intake(
    { title: "Search index is an hour behind", detail: "Lag grows.", event: "search.lag", risk_level: "low" },
    3,
  );
  await monitor.report({
    title: "Backup of ledger took 4 h",
    detail: "Usually 20 min.",
    event: "backup.slow",
    risk_level: "high",
  });
  await monitor.call("POST", "/incident-monitor/report", {
    report: { title: "No evidence", event: "job.heartbeat" },
  });

  webhook.script({ kind: "status", status: 503, body: '{"error":"deploying"}' });
  const publish = `/incident-monitor/drafts/${published.draft.draft_id}/publish`;
  expect((await monitor.call("POST", publish, {})).status).toBe(200);
  const [receipt] = (await monitor.postsOf(published.draft.draft_id)).filter(
    (post) => post.destination_id === "pager",
  );
  await expect
    .poll(async () =>
      (await monitor.postsOf(published.draft.draft_id)).every((post) => post.status === "posted"),
    )
    .toBe(true);
  await webhook.close();
  return {
    waiting: waiting.draft.draft_id,
    published: published.draft.draft_id,
    incident: waiting.incident.incident_id,
    receipt: receipt?.post_id ?? "",
  };
}
