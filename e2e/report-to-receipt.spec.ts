import { randomBytes } from "node:crypto";
import { expectAccessible } from "./support/accessible";
import { expect, signIn, test } from "./support/test";
import { webhookRow } from "./support/webhook";

test.use({ as: "nobody" });

test("a failure is reported, reviewed, approved, published, and its receipt proves it", async ({
  page,
  admin,
  monitor,
  webhook,
  marker,
}) => {
  const project = `shop-${marker}`;
  const destination = `pager-${marker}`;
  const token = randomBytes(24).toString("base64url");
  const title = `PaymentError${marker}: charge refused`;
  await monitor.addDestination(webhookRow(destination, webhook));
  await monitor.addProject(project, { default_destination_ids: [destination, "local-telemetry"] });
  const rawKey = await monitor.createKey(project);
  await monitor.report({ title: `Something older ${marker}`, detail: "So that the queue is not empty." });

  await test.step("sign in, and watch the queue", async () => {
    await page.goto("/drafts");
    const stream = page.waitForResponse((response) => response.url().endsWith("/incident-monitor/events"));
    await signIn(page, admin);
    await expect(page.getByRole("heading", { level: 1, name: "Drafts" })).toBeVisible();
    await expect(page.getByRole("link", { name: `Something older ${marker}` })).toBeVisible();
    await stream;
    await expectAccessible(page, "drafts");
  });

  const draftId = await test.step("a report with a key arrives by itself", async () => {
    const answer = await monitor.intake(rawKey, {
      project_id: project,
      report: {
        title,
        detail: `The gateway refused the charge of card 4111 1111 1111 1111.`,
        event: "checkout.payment.failed",
        component: "checkout",
        risk_level: "critical",
        excerpt: [
          `PaymentError${marker}: charge refused`,
          "    at charge (/srv/shop/payments.js:41:11)",
          `request had Authorization: Bearer ${token}`,
        ],
      },
    });
    expect(answer.status).toBe(200);
    // New rows wait behind a pill: the list does not jump under a hand.
    await page.getByRole("button", { name: /^1 new/ }).click();
    await page.getByRole("link", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    return (answer.body.draft as { draft_id: string }).draft_id;
  });
  await expect(page).toHaveURL(new RegExp(`/drafts/${draftId}`));

  await test.step("the evidence has bars where secrets were", async () => {
    const bars = page
      .getByRole("region", { name: "Evidence", exact: true })
      .getByTitle("Redacted before storage");
    await expect(bars.filter({ hasText: "card number" }).first()).toBeVisible();
    await expect(bars.filter({ hasText: "authorization" }).first()).toBeVisible();
    const content = await page.content();
    expect(content).not.toContain(token);
    expect(content).not.toContain("4111 1111 1111 1111");
    await expectAccessible(page, "a draft that waits");
  });

  const gate = page.getByRole("region", { name: "Approval" });
  await test.step("approving opens the gate and sends nothing", async () => {
    await expect(gate).toContainText("Waiting for your approval");
    await expect(gate).toContainText("Risk is critical");
    await expect(page.getByRole("button", { name: /^Publish/ })).toHaveCount(0);
    await gate.getByRole("button", { name: /^Approve 2 payloads/ }).click();
    const dialog = page.getByRole("dialog", { name: `Approve 2 payloads for ${project}` });
    await expect(dialog.getByRole("checkbox", { name: destination })).toBeChecked();
    await expect(dialog.getByRole("checkbox", { name: "Local telemetry" })).toBeChecked();
    await expectAccessible(page, "approve");
    await dialog.getByLabel("Reason").fill("Seen on the gateway's status page as well");
    await dialog.getByRole("button", { name: /^Approve 2 payloads/ }).click();
    await expect(dialog).toBeHidden();
    await expect(gate).toContainText("Approved by you");
    await expect(gate).toContainText("Seen on the gateway's status page as well");
    await expect(page.getByText("Open, 72 h").filter({ visible: true })).toBeVisible();
    await expectAccessible(page, "a draft that is approved");
    expect(webhook.connectionCount).toBe(0);
  });

  await test.step("publishing sends to both, and tries again where it must", async () => {
    webhook.script({ kind: "status", status: 503, body: "not now" });
    await gate.getByRole("button", { name: /^Publish to 2/ }).click();
    const dialog = page.getByRole("dialog", { name: "Publish to 2 destinations" });
    await expectAccessible(page, "publish");
    // High risk: a phrase is typed, so that nobody publishes the wrong one by habit.
    await dialog.getByRole("button", { name: /^Publish to 2/ }).click();
    await expect(dialog.getByText(/^That is not/)).toBeVisible();
    expect(webhook.connectionCount).toBe(0);
    await dialog.getByLabel(/^High risk: type/).fill(draftId.split("-").at(-1)?.slice(0, 8) ?? "");
    await dialog.getByRole("button", { name: /^Publish to 2/ }).click();
    const outcome = page.getByRole("dialog", { name: "Published to 2 destinations" });
    await expect(outcome).toBeVisible();
    await expect(outcome.getByRole("listitem").filter({ hasText: destination })).toContainText(
      "Attempt 2 of",
    );
    await expectAccessible(page, "published");
    await outcome
      .getByRole("button", { name: /^Close/ })
      .last()
      .click();
    await expect(gate).toContainText("Published to 2 destinations");
  });

  await test.step("the receiver can prove where it came from", async () => {
    expect(webhook.requests).toHaveLength(2);
    const [first, second] = webhook.requests;
    for (const request of [first, second]) {
      expect(request).toMatchObject({ tandemSignatureValid: true, standardSignatureValid: true });
    }
    expect(second?.rawBody).toBe(first?.rawBody);
    expect(second?.headers["idempotency-key"]).toBe(first?.headers["idempotency-key"]);
    expect(webhook.effectCount).toBe(1);
    expect(second?.rawBody).not.toContain(token);
    expect(second?.rawBody).toContain(title);
  });

  await test.step("the receipt shows the attempts and who said so", async () => {
    await page.getByRole("link", { name: `Receipt of ${destination}` }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.getByText("Attempt 2 was accepted after")).toBeVisible();
    await expect(page.getByText("503 Service Unavailable").filter({ visible: true })).toBeVisible();
    await expect(page.getByText("202 Accepted").filter({ visible: true })).toBeVisible();
    const slip = page.getByRole("complementary", { name: "Receipt" });
    await expect(slip).toContainText("Seen on the gateway's status page as well");
    await expect(slip).toContainText("sent what was approved");
    await expect(slip.getByRole("link", { name: "Local telemetry" })).toBeVisible();
    await expectAccessible(page, "a receipt");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Receipts" }).click();
    await expect(page.getByRole("row").filter({ hasText: title })).toHaveCount(2);
    await expectAccessible(page, "receipts");
  });
});
