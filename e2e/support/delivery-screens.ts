import { expect, type Page } from "@playwright/test";
import type { PostWire } from "@/lib/contracts/post";
import { githubRow, openGithub } from "./github";
import type { Monitor } from "./monitor";
import { propose } from "./propose";
import { openWebhook, webhookRow } from "./webhook";

export type DeliveryIds = { issue: string; ambiguous: string; failed: string };

const destinations = "/settings/incident-monitor/destinations";
const unfold = async (page: Page, ...parts: string[]) => {
  for (const part of parts) await page.locator("summary").filter({ hasText: part }).click();
};
const title = { issue: /^StockError/, ambiguous: /^LabelError/, failed: /^InvoiceError/ };

/** What deliveries to a tracker show: the form, an issue that was filed, one without an answer, one that was refused. */
export const deliveryScreens = [
  {
    name: "destinations-github",
    path: () => `${destinations}?id=tracker`,
    heading: "Destinations",
    open: (page: Page) => unfold(page, "How issues look"),
  },
  {
    name: "destinations-linear",
    path: () => `${destinations}?id=planning`,
    heading: "Destinations",
    open: (page: Page) => unfold(page, "How issues look", "Server and pace"),
  },
  { name: "receipt-issue", path: (ids: DeliveryIds) => `/receipts/${ids.issue}`, heading: title.issue },
  {
    name: "receipt-ambiguous",
    path: (ids: DeliveryIds) => `/receipts/${ids.ambiguous}`,
    heading: title.ambiguous,
  },
  {
    name: "receipt-settle",
    path: (ids: DeliveryIds) => `/receipts/${ids.ambiguous}`,
    heading: title.ambiguous,
    open: async (page: Page) => {
      await page.getByRole("button", { name: "Settle by hand" }).click();
      await page.getByRole("dialog", { name: "What came of it?" }).waitFor();
    },
  },
  { name: "receipt-failed", path: (ids: DeliveryIds) => `/receipts/${ids.failed}`, heading: title.failed },
  {
    name: "receipts-failed",
    path: () => "/receipts?status=failed",
    heading: "Receipts",
    open: async (page: Page) => {
      await page.getByRole("button", { name: /^Send \d+ again/ }).click();
      await page.getByRole("alertdialog", { name: /^Send \d+ deliver(y|ies) again\?/ }).waitFor();
    },
  },
];

/** Publishes three drafts that end each in its way. `end` closes what was opened and settles what is open. */
export async function seedDeliveries(
  monitor: Monitor,
  dataDir: string,
): Promise<{ ids: DeliveryIds; end: () => Promise<void> }> {
  const [github, webhook] = await Promise.all([openGithub(dataDir), openWebhook(dataDir)]);
  await monitor.addDestination({ ...githubRow("tracker", github, "acme/shop"), name: "Tracker" });
  await monitor.addDestination({ ...webhookRow("invoices", webhook), name: "Invoices" });
  await monitor.addDestination({
    ...{ destination_id: "planning", name: "Planning", kind: "linear_issue" },
    ...{ linear_team: "SHOP", linear_project: "Reliability" },
    config: { api_key_ref: "env:TANDEM_PLANNING_KEY" },
  });
  const issue = await publishTo("tracker", "StockError: 3 of a set were sold as 1", ["published"]);
  webhook.script({ kind: "status", status: 422, body: '{"error":"unknown customer"}' });
  const failed = await publishTo("invoices", "InvoiceError: total is below zero", ["failed"]);
  github.script("createIssue", { kind: "drop" });
  const ambiguous = await publishTo(
    "tracker",
    "LabelError: printer took half of it",
    ["ambiguous"],
    async () => {
      await github.waitFor("createIssue");
      // Nobody answers from here on, so it stays as it is.
      await github.close();
    },
  );
  await webhook.close();

  async function publishTo(
    id: string,
    text: string,
    ends: Array<PostWire["state"]>,
    meanwhile: () => Promise<void> = async () => {},
  ): Promise<string> {
    const { draft_id } = await monitor.report({
      title: text,
      detail: "Seen in the warehouse. Card 4111 1111 1111 1111 was charged.",
      event: `warehouse.${text.split(":")[0]?.toLowerCase()}`,
      component: "warehouse",
      risk_level: "medium",
      excerpt: [text],
    });
    await propose(monitor.call, draft_id);
    const path = `/incident-monitor/drafts/${draft_id}/publish`;
    await Promise.all([meanwhile(), monitor.call("POST", path, { destination_ids: [id] })]);
    const post = async () => (await monitor.postsOf(draft_id))[0];
    await expect
      .poll(async () => ends.includes((await post())?.state ?? "due"), { timeout: 30_000 })
      .toBe(true);
    return (await post())?.post_id ?? "";
  }
  return {
    ids: { issue, ambiguous, failed },
    end: async () => {
      const word = { resolution: "give_up", reason: "The screens were looked at" };
      await monitor.call("POST", `/incident-monitor/posts/${ambiguous}/resolve`, word);
    },
  };
}
