import { expectAccessible } from "./support/accessible";
import type { Monitor } from "./support/monitor";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { openWebhook, type Webhook, webhookRow } from "./support/webhook";

test.beforeEach(async ({ keptConfig: _ }) => {});

const destinations = "/settings/incident-monitor/destinations";
const failures = ["reading", "writing", "syncing", "copying", "moving"];
const breaks = (webhook: Webhook) =>
  webhook.script(
    ...Array.from({ length: 500 }, () => ({ kind: "status", status: 503, body: "down" }) as const),
  );

/** Five failures, each published to both; answers the drafts. */
async function publishFive(monitor: Monitor, marker: string, to: string[]): Promise<string[]> {
  const drafts: string[] = [];
  for (const what of failures) {
    const draft = await monitor.report({
      title: `DiskError${marker}: ${what} failed`,
      detail: `The disk refuses ${what}.`,
      event: `disk.${what}.failed`,
      component: `disk-${what}`,
      risk_level: "low",
    });
    drafts.push(draft.draft_id);
  }
  const answers = await Promise.all(
    drafts.map((each) =>
      monitor.call("POST", `/incident-monitor/drafts/${each}/publish`, { destination_ids: to }),
    ),
  );
  for (const { status, body } of answers) expect(status, JSON.stringify(body)).toBe(200);
  return drafts;
}

/** How many of the drafts one destination has published by now. */
async function publishedCount(monitor: Monitor, drafts: readonly string[], id: string): Promise<number> {
  const posts = (await Promise.all(drafts.map(monitor.postsOf))).flat();
  return posts.filter((post) => post.destination_id === id && post.state === "published").length;
}

test("five failures open the circuit, the others go on, and one try that is taken lets all of them go", async ({
  page,
  monitor,
  webhook,
  dataDir,
  marker,
}) => {
  test.slow();
  const sound = await openWebhook(dataDir);
  const broken = `broken-${marker}`;
  const pager = `pager-${marker}`;
  await monitor.addDestination(webhookRow(broken, webhook));
  await monitor.addDestination(webhookRow(pager, sound));
  breaks(webhook);
  const drafts = await publishFive(monitor, marker, [broken, pager]);

  await test.step("Health says it, and so does the receipt of what waits", async () => {
    await openPage(page, `${destinations}?id=${broken}`);
    const health = page.getByRole("region", { name: "Health" });
    await expect(health).toContainText("Not answering since");
    await expect(health).toContainText("Five attempts in a row failed, so deliveries wait; nothing is lost");
    await expect(health).toContainText("5 for another try");
    await expect(health).toContainText("0 % of");
    const row = page.getByRole("listitem").filter({ hasText: broken }).first();
    await expect(row).toContainText("Degraded");
    await expect(row).toContainText("It does not answer, so deliveries wait");
    await expectAccessible(page, "destinations, not answering");
    const waiting = (await monitor.postsOf(drafts[0] ?? "")).find((post) => post.destination_id === broken);
    await openPage(page, `/receipts/${waiting?.post_id}`);
    await expect(page.getByText(/^Not answering since/)).toBeVisible();
    await expectAccessible(page, "a receipt that waits for its destination");
  });

  await test.step("nothing else waits for it", async () => {
    await expect.poll(() => publishedCount(monitor, drafts, pager)).toBe(5);
    expect(sound.effectCount).toBe(5);
    expect(webhook.effectCount).toBe(0);
  });

  await test.step("it mends: one delivery tries it, then all arrive, each once", async () => {
    webhook.script();
    await expect
      .poll(() => publishedCount(monitor, drafts, broken), { timeout: 120_000, intervals: [1_000] })
      .toBe(5);
    expect(webhook.effectCount).toBe(5);
    await openPage(page, `${destinations}?id=${broken}`);
    const health = page.getByRole("region", { name: "Health" });
    await expect(health).toContainText(/Waiting now\s*nothing/);
    await expect(health).not.toContainText("Not answering");
    await expectAccessible(page, "destinations, recovered");
  });
  await sound.close();
});

test("a test that goes through lets the waiting deliveries go at once", async ({
  page,
  monitor,
  webhook,
  marker,
}) => {
  test.slow();
  const broken = `broken-${marker}`;
  await monitor.addDestination(webhookRow(broken, webhook));
  breaks(webhook);
  const drafts = await publishFive(monitor, marker, [broken]);
  await openPage(page, `${destinations}?id=${broken}`);
  const health = page.getByRole("region", { name: "Health" });
  await expect(health).toContainText("Not answering since");

  webhook.script();
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByRole("region", { name: "Test result" })).toContainText("answered 202");
  await expect(health).not.toContainText("Not answering");
  await expect
    .poll(() => publishedCount(monitor, drafts, broken), { timeout: 120_000, intervals: [1_000] })
    .toBe(5);
  // The five and the test.
  expect(webhook.effectCount).toBe(6);
});
