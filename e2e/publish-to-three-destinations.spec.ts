import { randomBytes } from "node:crypto";
import { expectAccessible } from "./support/accessible";
import { githubRow } from "./support/github";
import { openPage } from "./support/open-page";
import { propose } from "./support/propose";
import { expect, test } from "./support/test";
import { webhookRow } from "./support/webhook";

test.beforeEach(async ({ keptConfig: _ }) => {});

test("one approval, three destinations of three kinds, three receipts, and each effect once", async ({
  page,
  monitor,
  github,
  webhook,
  marker,
}) => {
  const tracker = `tracker-${marker}`;
  const pager = `pager-${marker}`;
  const names = [tracker, pager, "Local telemetry"];
  const project = `shop-${marker}`;
  const repo = `acme/shop-${marker.toLowerCase()}`;
  const title = `RefundError${marker}: refund was booked twice`;
  const secret = randomBytes(24).toString("base64url");
  await monitor.addDestination({ ...githubRow(tracker, github, repo), require_approval: true });
  await monitor.addDestination(webhookRow(pager, webhook));
  await monitor.addProject(project, { default_destination_ids: [tracker, pager, "local-telemetry"] });
  const rawKey = await monitor.createKey(project);
  const answer = await monitor.intake(rawKey, {
    project_id: project,
    report: {
      title,
      detail: "Card 4111 1111 1111 1111 was credited twice.",
      event: "refund.booked.twice",
      component: "refunds",
      risk_level: "medium",
      excerpt: [`RefundError${marker}: refund was booked twice`, `password=${secret}`],
    },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const draftId = (answer.body.draft as { draft_id: string }).draft_id;
  await propose(monitor.call, draftId);
  const gate = page.getByRole("region", { name: "Approval" });

  await test.step("the exact payload of each is seen before it is approved", async () => {
    await openPage(page, `/drafts/${draftId}`);
    await gate.getByRole("button", { name: /^Approve 3 payloads/ }).click();
    const dialog = page.getByRole("dialog", { name: `Approve 3 payloads for ${project}` });
    const seen = [
      [tracker, `Create an issue to ${repo}`],
      [pager, `Signed POST to ${webhook.url}`],
      ["Local telemetry", "Write a telemetry record to telemetry:"],
    ] as const;
    for (const [name, what] of seen) {
      await dialog.getByRole("tab", { name }).click();
      const payload = dialog.getByRole("tabpanel", { name });
      await expect(payload).toContainText(what);
      await expect(payload).toContainText("refund was booked twice");
      await expect(payload).not.toContainText("4111 1111");
    }
    await expectAccessible(page, "approving three payloads");
    await dialog.getByLabel("Reason").fill("Two customers wrote in");
    await dialog.getByRole("button", { name: /^Approve 3 payloads/ }).click();
    await expect(dialog).toBeHidden();
  });
  expect([github.connectionCount, webhook.connectionCount]).toEqual([0, 0]);

  await test.step("publishing says of each that it is ready, and what became of it", async () => {
    await gate.getByRole("button", { name: /^Publish to 3/ }).click();
    const dialog = page.getByRole("dialog", { name: "Publish to 3 destinations" });
    for (const name of names) {
      const choice = dialog.getByRole("listitem").filter({ hasText: name });
      await expect(choice.getByRole("checkbox")).toBeChecked();
      await expect(choice).toContainText("Ready");
    }
    await expect(dialog).toContainText("same as approved");
    await expectAccessible(page, "publishing to three destinations");
    await dialog.getByRole("button", { name: /^Publish to 3/ }).click();
    const outcome = page.getByRole("dialog", { name: "Published to 3 destinations" });
    for (const name of names) {
      await expect(outcome.getByRole("listitem").filter({ hasText: name })).toContainText("Published");
    }
    await expectAccessible(page, "published to three destinations");
    await outcome
      .getByRole("button", { name: /^Close/ })
      .last()
      .click();
  });

  await test.step("GitHub has one issue, the webhook one signed event", async () => {
    const { issues } = github.repository(repo);
    expect(issues.map((each) => each.title)).toEqual([title]);
    expect(issues[0]?.labels).toEqual(["incident-monitor"]);
    expect(issues[0]?.body).toContain("was credited twice");
    const posts = await monitor.postsOf(draftId);
    const keyOf = (id: string) => posts.find((post) => post.destination_id === id)?.idempotency_key ?? "";
    expect(github.effectCount(keyOf(tracker))).toBe(1);
    expect(webhook.requests).toHaveLength(1);
    expect(webhook.requests[0]).toMatchObject({
      tandemSignatureValid: true,
      standardSignatureValid: true,
      headers: { "idempotency-key": keyOf(pager) },
    });
    for (const text of [issues[0]?.body, webhook.requests[0]?.rawBody]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain("4111 1111 1111 1111");
    }
  });

  await test.step("each receipt proves its own, and leads to the others", async () => {
    await page.getByRole("link", { name: `Receipt of ${tracker}` }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    const slip = page.getByRole("complementary", { name: "Receipt" });
    await expect(slip).toContainText("Two customers wrote in");
    await expect(slip).toContainText("sent what was approved");
    const sent = page.getByRole("region", { name: "What was sent" });
    await expect(sent.getByRole("heading", { name: title })).toBeVisible();
    await expect(page.getByRole("link", { name: new RegExp(`^Open at ${tracker}`) })).toHaveAttribute(
      "href",
      `${github.webOrigin}/${repo}/issues/1`,
    );
    expect(await page.content()).not.toContain(github.token);
    await expectAccessible(page, "the receipt of an issue");
    await sent.getByRole("radio", { name: "Raw" }).click();
    await expect(sent).toContainText('"idempotency_key"');

    await slip.getByRole("link", { name: pager }).click();
    await expect(page.getByText("202 Accepted").filter({ visible: true })).toBeVisible();
    const check = page.getByRole("region", { name: "Verify the signature" });
    for (const language of ["Node", "Python", "Go", "Ruby", "Shell"]) {
      await check.getByRole("tab", { name: language, exact: true }).click();
      await expect(check.getByLabel(`the ${language} check`)).toContainText("bad signature");
    }
    await expectAccessible(page, "the receipt of a webhook");

    await slip.getByRole("link", { name: "Local telemetry" }).click();
    await expect(page.getByText("Recorded here").filter({ visible: true })).toBeVisible();
  });

  await test.step("a second publish finds everything done", async () => {
    const again = await monitor.call<{ action: string }>(
      "POST",
      `/incident-monitor/drafts/${draftId}/publish`,
      {},
    );
    expect(again.body).toMatchObject({ action: "skip_duplicate" });
    expect(github.repository(repo).issues).toHaveLength(1);
    expect(webhook.effectCount).toBe(1);
  });
});
