import type { Page } from "@playwright/test";
import { totpCodeAt } from "@/lib/credentials/totp";
import { createMonitor, type Monitor } from "./monitor";
import { untilHeard } from "./open-page";
import { ownServer } from "./own-server";
import { addPerson } from "./people";
import { expect, signIn } from "./test";

export type DialogIds = { waiting: string; incident: string; quorum: string; ready: string };
type Screen = {
  name: string;
  path: (ids: DialogIds) => string;
  heading: string | RegExp;
  open: (page: Page) => Promise<void>;
  /** Not on a phone, nor on any screen as narrow. */
  wide?: true;
};

const settings = "/settings/incident-monitor";
const title = { waiting: /^GatewayTimeout/, quorum: /^LedgerDrift/, ready: /^Thumbnails/ };

/** What opens over a screen. More of it than the check has time for: a screen of its own shows each place once. */
export const dialogScreens: Screen[] = [
  ofDraft("draft-approve", "waiting", (page) => press(page, "a", /^Approve/)),
  ofDraft("draft-deny", "waiting", (page) => press(page, "d", "Deny this draft")),
  ofDraft("draft-publish", "ready", (page) => press(page, "p", /^Publish to/)),
  ofDraft("draft-break-glass", "quorum", async (page) => {
    await showGate(page);
    await gate(page)
      .getByRole("button", { name: /^Break the glass/ })
      .click();
    await page.getByRole("dialog", { name: "Break the glass" }).waitFor();
  }),
  ofDraft("draft-withdraw", "quorum", async (page) => {
    await showGate(page);
    const withdraw = gate(page).getByRole("button", { name: /^Withdraw my approval/ });
    if (!(await withdraw.isVisible())) {
      await page.keyboard.press("a");
      const dialog = page.getByRole("dialog", { name: /^Approve/ });
      await dialog.getByLabel("Reason").fill("Seen by the first of two");
      await dialog.getByRole("button", { name: /^Approve/ }).click();
      await expect(dialog).toBeHidden();
    }
    await withdraw.click();
    await page.getByRole("dialog", { name: "Withdraw your approval" }).waitFor();
  }),
  {
    name: "drafts-view-save",
    path: () => "/drafts?state=open&sort=risk",
    heading: "Drafts",
    open: async (page) => {
      await page.getByRole("button", { name: /^View:/ }).click();
      await page.getByRole("menuitem", { name: "Save this list…" }).click();
      await page.getByRole("dialog", { name: "Save this list" }).waitFor();
    },
  },
  ofIncident("incident-snooze", (page) => press(page, "s", "Snooze this incident")),
  ofIncident("incident-merge", (page) => press(page, "m", "Merge into this incident")),
  ofIncident("incident-mute", (page) => chooseOf(page, "Mute")),
  ofIncident("incident-resolve", (page) => chooseOf(page, "Resolve")),
  ofIncident("incident-split", (page) => chooseOf(page, "Split by what varies")),
  {
    name: "incidents-new-report",
    path: () => "/incidents",
    heading: "Incidents",
    open: async (page) => {
      await press(page, "n", "New report");
      await page.getByRole("dialog").getByLabel("Title").fill("GatewayTimeout: payment provider");
      await page.getByRole("dialog").getByText("GatewayTimeout: payment provider did not").first().waitFor();
    },
  },
  {
    name: "incidents-more-filters",
    path: () => "/incidents?risk=medium",
    heading: "Incidents",
    open: async (page) => {
      await untilHeard(page);
      await page.getByRole("button", { name: /^More/ }).click();
      await page.getByRole("dialog", { name: "More filters" }).waitFor();
    },
  },
  {
    name: "palette",
    path: () => "/incidents",
    heading: "Incidents",
    open: async (page) => {
      await press(page, "ControlOrMeta+k", /./);
      await page.getByRole("dialog").getByRole("combobox").fill("Gateway");
      await page
        .getByRole("option", { name: /GatewayTimeout/ })
        .first()
        .waitFor();
    },
  },
  { name: "help", path: () => "/drafts", heading: "Drafts", open: (page) => press(page, "?", /./) },
  {
    name: "silence-new",
    path: () => `${settings}/routing/silences`,
    heading: "Silences",
    open: async (page) => {
      await untilHeard(page);
      await page.getByRole("button", { name: "New silence" }).click();
      await page.getByRole("dialog", { name: "New silence" }).waitFor();
    },
  },
  wide("settings-json", "routing", "Routing", async (page) => {
    await asJson(page);
    const text = page.getByRole("dialog").getByRole("textbox", { name: "Routing as JSON" });
    await text.focus();
    // Behind the brace of the first route.
    for (const key of ["ControlOrMeta+Home", "ArrowDown", "ArrowDown", "End"]) await page.keyboard.press(key);
    const options = page.getByRole("toolbar", { name: "What may stand at the caret" });
    await options.getByRole("button", { name: /^approvals_required/ }).waitFor();
  }),
  wide("settings-json-diff", "safety", "Safety defaults", async (page) => {
    await asJson(page);
    const text = page.getByRole("dialog").getByRole("textbox", { name: "Safety defaults as JSON" });
    await text.fill((await text.inputValue()).replace('approve": false', 'approve": true'));
    await page.getByRole("dialog").getByRole("radio", { name: "Diff" }).click();
    await page.getByRole("region", { name: "Changes against what is saved" }).waitFor();
  }),
  ofSettings("settings-review", "safety", "Safety defaults", async (page) => {
    await untilHeard(page);
    await page.getByLabel(/^Every new issue/).click();
    await page.getByRole("button", { name: "Review and save" }).click();
    await page.getByRole("dialog", { name: /^Review/ }).waitFor();
  }),
  ofSettings("routing-approval", "routing?route=payments", "Routing", async (page) => {
    await untilHeard(page);
    await page
      .getByLabel(/approv/i)
      .first()
      .scrollIntoViewIfNeeded();
  }),
  {
    name: "access-token-made",
    path: () => "/settings/access?tab=tokens",
    heading: "People and tokens",
    open: async (page) => {
      await untilHeard(page);
      await page.getByRole("button", { name: "New token" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("Screens");
      await dialog.getByLabel("See records and settings").check();
      await dialog.getByRole("button", { name: "Create token" }).click();
      // A value that no picture may carry, though it ends with the run.
      await dialog.getByTestId("secret").evaluate((each) => {
        each.textContent = "im_shown_once_and_never_again_0000000000";
      });
    },
  },
  {
    name: "account-password",
    path: () => "/account",
    heading: "Your account",
    open: async (page) => {
      await untilHeard(page);
      await page.getByRole("button", { name: "Change password" }).click();
      await page.getByRole("dialog", { name: "Change your password" }).waitFor();
    },
  },
  {
    name: "account-totp",
    path: () => "/account",
    heading: "Your account",
    open: async (page) => {
      await beginTotp(page);
      const dialog = page.getByRole("dialog");
      await dialog.getByTestId("totp-secret").evaluate((each) => {
        each.textContent = "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567";
      });
    },
  },
  {
    name: "account-recovery-codes",
    path: () => "/account",
    heading: "Your account",
    open: async (page) => {
      const secret = await beginTotp(page);
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Code", { exact: true }).fill(totpCodeAt(secret, Date.now()));
      await dialog.getByRole("button", { name: "Switch on" }).click();
      const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
      await codes.first().waitFor();
      for (const [index, code] of (await codes.all()).entries()) {
        await code.evaluate((each, text) => void (each.textContent = text), `once-only-${index}`);
      }
    },
  },
];

function ofDraft(name: string, which: keyof typeof title, open: (page: Page) => Promise<void>): Screen {
  return { name, path: (ids) => `/drafts/${ids[which]}`, heading: title[which], open: heard(open) };
}

function ofIncident(name: string, open: (page: Page) => Promise<void>): Screen {
  return { name, path: (ids) => `/incidents/${ids.incident}`, heading: title.waiting, open: heard(open) };
}

function ofSettings(
  name: string,
  path: string,
  heading: string,
  open: (page: Page) => Promise<void>,
): Screen {
  return { name, path: () => `${settings}/${path}`, heading, open };
}

function wide(...args: Parameters<typeof ofSettings>): Screen {
  return { ...ofSettings(...args), wide: true };
}

function heard(open: (page: Page) => Promise<void>) {
  return async (page: Page) => {
    await untilHeard(page);
    await open(page);
  };
}

async function press(page: Page, key: string, dialog: string | RegExp): Promise<void> {
  await untilHeard(page);
  const opened = page.getByRole("dialog", { name: dialog });
  // A key says nothing while the page does not know yet whose it is.
  await expect(async () => {
    if (!(await opened.isVisible())) await page.keyboard.press(key);
    await expect(opened).toBeVisible({ timeout: 4_000 });
  }).toPass();
}

async function chooseOf(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("dialog").waitFor();
}

const gate = (page: Page) => page.getByRole("region", { name: "Approval" });

/** On a phone it is on a tab. */
async function showGate(page: Page): Promise<void> {
  const tab = page.getByRole("tab", { name: "History" });
  if (await tab.isVisible()) await tab.click();
  await gate(page).waitFor();
  await gate(page).scrollIntoViewIfNeeded();
}

async function asJson(page: Page): Promise<void> {
  await untilHeard(page);
  const open = page.getByRole("button", { name: "As JSON" });
  await open.click();
  await page.getByRole("dialog", { name: /as JSON$/ }).waitFor();
}

/** As somebody of their own: one-time codes of the shared session would lock the other journeys out. */
async function beginTotp(page: Page): Promise<string> {
  const person = await addPerson(createMonitor(ownServer().url, ownServer().token), "viewer");
  await page.context().clearCookies();
  await page.goto("/account");
  await signIn(page, person);
  await expect(page.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
  await untilHeard(page);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Set up" }).click();
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
  const secret = await dialog.getByTestId("totp-secret").textContent();
  return (secret ?? "").replaceAll(" ", "");
}

/** A draft that two people must approve, and one that nobody has to. */
export async function seedDialogs(monitor: Monitor): Promise<Pick<DialogIds, "quorum" | "ready">> {
  const { routes } = await monitor.config();
  await monitor.patchConfig({
    routes: [
      ...routes,
      {
        ...{ route_id: "ledger", name: "Ledger", priority: 120, match_components: ["ledger"] },
        ...{ approval_policy: "always", approvals_required: 2, destination_ids: ["pager"] },
      },
    ],
  });
  const quorum = await monitor.report({
    title: "LedgerDrift: balances differ by 0.02 EUR",
    ...{ detail: "Since the nightly close.", event: "ledger.drift", component: "ledger", risk_level: "high" },
  });
  const ready = await monitor.report({
    title: "Thumbnails are made twice",
    ...{ detail: "Each upload.", event: "thumbnails.twice", component: "images", risk_level: "low" },
  });
  return { quorum: quorum.draft_id, ready: ready.draft_id };
}
