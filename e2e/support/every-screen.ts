import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible, expectColoursAccessible } from "./accessible";
import { seedAuthority } from "./authority-screens";
import { type DeliveryIds, deliveryScreens, seedDeliveries } from "./delivery-screens";
import { type DialogIds, dialogScreens, seedDialogs } from "./dialog-screens";
import { expectNoSidewaysScroll, expectOverlaysInside, expectPageStands } from "./layout";
import { logScreens, watchLogs } from "./log-screens";
import { createMonitor, type Monitor } from "./monitor";
import { untilHeard } from "./open-page";
import { ownServer } from "./own-server";
import { seedAccess } from "./people";
import { peopleScreens } from "./people-screens";
import { queueScreens, seedQueue } from "./queue-screens";
import { securityScreens } from "./security-screens";
import { settingsScreens } from "./settings-screens";
import { expect, test } from "./test";
import { seedTriage, type TriageIds, triageScreens } from "./triage-screens";
import { openWebhook, webhookRow } from "./webhook";

/**
 * Written only when asked for, so that a run of the tests leaves the repository as it was. `SCREENS=1` draws and checks,
 * `SCREENS=only` draws.
 */
const pictures = ["1", "only"].includes(process.env.SCREENS ?? "")
  ? join(import.meta.dirname, "..", "..", "docs", "screens")
  : null;

/** A desktop's screen is looked at in both themes; on a phone it is the layout that differs. */
const devices = {
  desktop: { viewport: { width: 1440, height: 900 }, isMobile: false, themes: ["light", "dark"] },
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, themes: ["light"] },
  // What a window of 1280 x 720 has room for at 200 %.
  zoom: { viewport: { width: 640, height: 360 }, isMobile: false, themes: ["light"] },
} as const;
type DeviceName = keyof typeof devices;

type Seeded = { waiting: string; published: string; incident: string; receipt: string };
type Ids = Seeded &
  DeliveryIds &
  TriageIds &
  DialogIds & { evidence: string; person: string; link: string; resetLink: string };
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
  const seeded = await seed(monitor);
  const dialogs = await seedDialogs(monitor);
  ids = { ...deliveries.ids, ...seeded, ...dialogs, ...triage, evidence, ...(await seedAccess(monitor)) };
  await seedQueue(monitor, ids.waiting);
  await seedAuthority(monitor);
}

type Screen = {
  name: string;
  path: (ids: Ids) => string;
  heading: string | RegExp;
  /** What is done first, where a screen is behind a control. */
  open?: (page: Page, ids: Ids) => Promise<void>;
};
const settings = "/settings/incident-monitor";

const screens: Screen[] = [
  { name: "inbox", path: () => "/", heading: "Inbox" },
  { name: "drafts", path: () => "/drafts", heading: "Drafts" },
  { name: "draft", path: ({ waiting }) => `/drafts/${waiting}`, heading: /^GatewayTimeout/ },
  { name: "draft-published", path: ({ published }) => `/drafts/${published}`, heading: /^KeyError/ },
  { name: "incidents", path: () => "/incidents", heading: "Incidents" },
  { name: "incident", path: ({ incident }) => `/incidents/${incident}`, heading: /^GatewayTimeout/ },
  {
    name: "grouping",
    path: ({ incident }) => `${settings}/grouping?incident=${incident}`,
    heading: "Grouping",
  },
  { name: "receipts", path: () => "/receipts", heading: "Receipts" },
  { name: "receipt", path: ({ receipt }) => `/receipts/${receipt}`, heading: /^KeyError/ },
  {
    name: "inbox-test-run",
    path: () => "/?window=7d",
    heading: "Inbox",
    open: async (page) => {
      await page.locator("summary", { hasText: /^(?:First-run checklist|Test run)/ }).click();
      await page.getByRole("region", { name: "Test run" }).scrollIntoViewIfNeeded();
    },
  },
  ...settingsScreens,
  ...peopleScreens,
  ...securityScreens,
  ...queueScreens,
  ...triageScreens,
  ...deliveryScreens,
  ...logScreens,
];

/** Another tab, sheet or dialog of a screen that is looked at already. */
const secondStates = [
  ...["posture-nothing", "scenario-pack", "audit-entry", "inventory-chosen", "inventory-registered"],
  ...["verify-whole", "verify-changed", "assessment-report", "production-vouch", "redaction-compared"],
  ...["retention-hold", "settings-export", "settings-import", "access-invite", "access-new-token"],
  ...["safety-notifications", "safety-tester", "destinations-legacy", "sources-readiness"],
];

/** Every screen in every state that a small shop's night leaves, looked at on one device. Each spec seeds its own server. */
export function everyScreen(name: DeviceName): void {
  const device = devices[name];
  test.beforeAll(async () => {
    // A night of a small shop: minutes on a busy machine.
    test.setTimeout(300_000);
    await seedScreens();
  });
  test.afterAll(() => putBack());
  test.use({ viewport: device.viewport, isMobile: device.isMobile, hasTouch: device.isMobile });

  const look = (screen: Screen) => async (page: Page) => {
    await page.goto(screen.path(ids));
    await expect(page.getByRole("heading", { level: 1, name: screen.heading })).toBeVisible();
    if (screen.open) {
      // Outside the shell there is no mark of it, and nothing streams.
      await ((await isInShell(page)) ? untilHeard(page) : page.waitForLoadState("networkidle"));
      await screen.open(page, ids);
    }
    await check(page, screen.name, name);
  };
  const inTheCheck = (screen: Screen) => !secondStates.includes(screen.name);
  for (const screen of screens.filter(inTheCheck)) test(screen.name, ({ page }) => look(screen)(page));
  // Part of `npm run test:e2e`: the check that has to end soon looks at the screens under them.
  for (const screen of [...dialogScreens, ...screens.filter((each) => !inTheCheck(each))]) {
    if ("wide" in screen && screen.wide && name !== "desktop") continue;
    test(screen.name, { tag: "@every-screen" }, ({ page }) => look(screen)(page));
  }

  test.describe("signed out", () => {
    test.use({ as: "nobody" });
    test("sign-in", async ({ page }) => {
      await page.goto("/sign-in");
      await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
      await check(page, "sign-in", name);
    });
    test("invitation", async ({ page }) => {
      await page.goto(ids.link);
      await expect(page.getByLabel("Your name")).toBeVisible();
      await check(page, "invitation", name);
    });
    test("reset-password", async ({ page }) => {
      await page.goto(ids.resetLink);
      await expect(page.getByLabel("New password")).toBeVisible();
      await check(page, "reset-password", name);
    });
  });
}

const isInShell = async (page: Page) => (await page.locator("[data-slot=app-shell]").count()) > 0;

/** The theme follows the system's while the page is open, as it does at somebody's sunset. */
async function check(page: Page, name: string, on: DeviceName): Promise<void> {
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
  await expectNoSidewaysScroll(page);
  if (await isInShell(page)) await expectPageStands(page);
  await expectOverlaysInside(page);
  for (const theme of devices[on].themes) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${theme}\\b`));
    const picture = `${name}-${on === "desktop" ? theme : on}`;
    if (process.env.SCREENS !== "only") {
      const isFirst = theme === devices[on].themes[0];
      await (isFirst ? expectAccessible : expectColoursAccessible)(page, picture);
    }
    if (!pictures || on === "zoom") continue;
    mkdirSync(pictures, { recursive: true });
    await keepPicture(join(pictures, `${picture}.png`), await page.screenshot());
  }
}

/** Of 256 colours, a third of the bytes, where Next has brought the library along: many of them are kept in the repository. */
async function keepPicture(file: string, picture: Buffer): Promise<void> {
  const sharp = await import("sharp").then(
    (module) => module.default,
    () => null,
  );
  const few = { palette: true, quality: 90, effort: 7, dither: 0 } as const;
  writeFileSync(file, sharp ? await sharp(picture).png(few).toBuffer() : picture);
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
