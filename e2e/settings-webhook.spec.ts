import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/keyboard";
import { openPage } from "./support/open-page";
import { webhookRow } from "./support/webhook";

// What these change holds for every report, so it is put back for the journeys that follow.
test.beforeEach(async ({ keptConfig: _ }) => {});

test("a webhook is set up with every fault named while it is typed, and proven by a test event", async ({
  page,
  keys,
  webhook,
  marker,
}) => {
  const id = `pager-${marker}`;
  await openPage(page, "/settings/incident-monitor/destinations");
  await expectAccessible(page, "destinations");
  await keys.choose(
    page.getByRole("button", { name: "Add", exact: true }),
    page.getByRole("menuitem", { name: "Signed webhook" }),
  );
  await keys.type(page.getByLabel("Name", { exact: true }), id);
  await expect(page.getByLabel("Id", { exact: true })).toHaveValue(id);

  await test.step("the address", async () => {
    const url = page.getByLabel("URL");
    const faults = [
      ["pager.example.com/hook", "Not a web address."],
      ["ftp://pager.example.com/hook", "Not a web address."],
      ["http://pager.example.com/hook", "Not HTTPS."],
      ["https://user:pass@pager.example.com/hook", "It carries a user name or password."],
      ["https://pager.example.com:6379/hook", "Port 6379 is not allowed."],
      [webhook.url, "A private address or local name."],
    ] as const;
    for (const [text, fault] of faults) {
      await keys.type(url, text);
      await expect(page.getByRole("listitem").filter({ hasText: `Failed: ${fault}` })).toBeVisible();
    }
    await keys.press(page.locator("summary").filter({ hasText: "Advanced" }));
    await keys.press(page.getByLabel("Allow plain HTTP"), "Space");
    await keys.press(page.getByLabel("Allow private addresses"), "Space");
    await expect(page.getByRole("listitem").filter({ hasText: "Failed: A private address" })).toBeHidden();
    await expect(page.getByRole("listitem").filter({ hasText: "Passed: Private addresses" })).toBeVisible();
  });

  await test.step("the secret, by reference", async () => {
    const secret = page.getByLabel("Signing secret reference");
    await expect(page.getByRole("listitem").filter({ hasText: "No secret yet." })).toBeVisible();
    await keys.type(secret, "whsec_c2VjcmV0IGl0c2VsZg==");
    await expect(page.getByRole("listitem").filter({ hasText: "Failed: Not a reference." })).toBeVisible();
    await keys.type(secret, "env:TANDEM_NOT_SET_ANYWHERE");
    await expect(
      page.getByRole("listitem").filter({ hasText: "Failed: Not set on this host" }),
    ).toBeVisible();
    await expectAccessible(page, "destinations, a webhook with faults");
    await keys.type(secret, webhook.secretRef);
    await expect(page.getByRole("listitem").filter({ hasText: "Passed: Set on this host" })).toBeVisible();
  });

  await test.step("nothing is sent before it is saved", async () => {
    await expect(page.getByRole("button", { name: "Send test event" })).toBeDisabled();
    await keys.press(page.getByRole("button", { name: "Review and save" }));
    const review = page.getByRole("dialog", { name: "Review 1 change" });
    await expect(review).toContainText(id);
    await expect(review).toContainText(webhook.url);
    await expectAccessible(page, "destinations, review");
    await keys.press(review.getByRole("button", { name: "Save 1 change" }));
    await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
    expect(webhook.connectionCount).toBe(0);
  });

  await test.step("the test event arrives, signed and marked", async () => {
    await keys.press(page.getByRole("button", { name: "Send test event" }));
    const result = page.getByRole("region", { name: "Test result" });
    await expect(result).toContainText("The receiver took the test event and answered 202");
    await expectAccessible(page, "destinations, tested");
    expect(webhook.requests).toHaveLength(1);
    const [request] = webhook.requests;
    expect(request).toMatchObject({
      method: "POST",
      path: "/hook",
      tandemSignatureValid: true,
      standardSignatureValid: true,
      headers: { "x-tandem-event": "incident_monitor.test" },
    });
    expect(JSON.parse(request?.rawBody ?? "{}")).toMatchObject({
      event: "incident_monitor.test",
      test: true,
    });
  });
});

test("a default destination in Routing takes what no route takes, and the preview says who must approve", async ({
  page,
  keys,
  monitor,
  webhook,
  marker,
}) => {
  const id = `pager-${marker}`;
  // Whatever the journeys before left: nothing else to send to, and nobody who names it.
  const own = (await monitor.config()).destinations.filter((row) => row.destination_id === "local-telemetry");
  await monitor.patchConfig({ destinations: own, monitored_projects: [], routes: [] });
  await monitor.addDestination(webhookRow(id, webhook));
  await openPage(page, "/settings/incident-monitor/routing");
  await expectAccessible(page, "routing");
  await keys.press(page.getByRole("button", { name: "Every record" }));
  await keys.choose(
    page.getByRole("button", { name: "Add to send to" }),
    page.getByRole("menuitem", { name: id }),
  );
  // The last there was to add: the focus goes on from what was added, and from what was taken out again.
  const remove = page.getByRole("button", { name: `Remove ${id} from send to` });
  await expect(remove).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(remove).toBeHidden();
  await expect(page.getByRole("button", { name: "Add to send to" })).toBeFocused();
  await keys.choose(
    page.getByRole("button", { name: "Add to send to" }),
    page.getByRole("menuitem", { name: id }),
  );
  await keys.press(page.getByRole("button", { name: "Review and save" }));
  await keys.press(page.getByRole("button", { name: "Save 1 change" }));
  await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
  expect((await monitor.config()).default_destination_ids).toEqual(["local-telemetry", id]);

  await keys.press(page.getByRole("tab", { name: "Try a record" }));
  const answer = page.getByRole("status").filter({ hasText: "Goes to" });
  await expect(answer).toContainText("No approval is needed");
  await keys.choose(page.getByLabel("Risk", { exact: true }), page.getByRole("option", { name: "critical" }));
  await expect(answer).toContainText("A person must approve: risk is critical");
  await expect(answer).toContainText(`Goes to Local telemetry and ${id} because no route matched`);
  await expectAccessible(page, "routing, a record tried");
  expect(webhook.connectionCount).toBe(0);
});

test("a safety default is saved after its difference was seen", async ({ page, monitor }) => {
  await openPage(page, "/settings/incident-monitor/safety");
  await expectAccessible(page, "safety defaults");
  await page.getByLabel(/^Every new issue/).click();
  await page.getByRole("button", { name: "Review and save" }).click();
  const review = page.getByRole("dialog", { name: "Review 1 change" });
  await expect(review.getByRole("deletion")).toHaveText("no");
  await expect(review.getByRole("insertion")).toHaveText("yes");
  await expectAccessible(page, "safety defaults, review");
  await review.getByRole("button", { name: "Back" }).click();
  expect((await monitor.config()).require_approval_for_new_issues).toBe(false);
  await page.getByRole("button", { name: "Review and save" }).click();
  await review.getByRole("button", { name: "Save 1 change" }).click();
  await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
  expect((await monitor.config()).require_approval_for_new_issues).toBe(true);
});

test("two people save at once: both versions are shown and neither is lost unseen", async ({
  page,
  keys,
  monitor,
}) => {
  await openPage(page, "/settings/incident-monitor/safety");
  await keys.type(page.getByLabel("It holds for"), "24");

  const { safety_defaults } = await monitor.config();
  await monitor.patchConfig({ safety_defaults: { ...safety_defaults, approval_ttl_ms: 8 * 3_600_000 } });

  // Told as soon as it is known, without a reload and before saving.
  await expect(page.getByText(/^Bootstrap token saved these settings/)).toBeVisible();
  await expect(page.getByLabel("It holds for")).toHaveValue("24");
  await keys.press(page.getByRole("button", { name: "Compare" }));
  const conflict = page.getByRole("dialog", { name: "Bootstrap token saved the same settings" });
  await expect(conflict).toContainText("8 h");
  await expect(conflict).toContainText("24 h");
  await expectAccessible(page, "safety defaults, conflict");

  await keys.press(conflict.getByRole("button", { name: /^Put mine on top/ }));
  await expect(conflict).toBeHidden();
  expect((await monitor.config()).safety_defaults.approval_ttl_ms).toBe(8 * 3_600_000);
  await keys.press(page.getByRole("button", { name: "Review and save" }));
  const review = page.getByRole("dialog", { name: "Review 1 change" });
  await expect(review.getByRole("deletion")).toContainText("8 h");
  await keys.press(review.getByRole("button", { name: "Save 1 change" }));
  await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
  expect((await monitor.config()).safety_defaults.approval_ttl_ms).toBe(24 * 3_600_000);
});
