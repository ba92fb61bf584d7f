import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/keyboard";
import { openPage } from "./support/open-page";
import { webhookRow } from "./support/webhook";

// What these change holds for every report, so it is put back for the journeys that follow.
test.beforeEach(async ({ keptConfig: _ }) => {});

test("a route with an expression is made by keyboard alone, warned about, explained, tried on the past and saved", async ({
  page,
  keys,
  monitor,
  marker,
}) => {
  const title = `Ledger ${marker} timed out`;
  await monitor.report({ title, detail: "No answer in 30 s.", event: "ledger.timeout", risk_level: "low" });
  await openPage(page, "/settings/incident-monitor/routing");
  const key = (name: string) => page.keyboard.press(name);

  await test.step("by keyboard alone", async () => {
    await keys.press(page.getByRole("button", { name: "Add route" }));
    await keys.type(page.getByLabel("Name", { exact: true }), `Timeouts ${marker}`);
    await keys.press(page.getByRole("button", { name: "Pattern or threshold" }));
    await expect(page.getByRole("combobox", { name: "Field" })).toBeFocused();
    await key("Tab");
    await key("Tab");
    await key("Tab");
    await expect(page.getByRole("textbox", { name: "title matches" })).toBeFocused();
    await page.keyboard.type("time(d )?out(");
    await key("Enter");
    await expect(page.getByText(/at character/)).toBeVisible();
    await expectAccessible(page, "routing, an expression with a fault");
    await key("Backspace");
    await page.keyboard.type(`${marker} time(d ){0,1}out`);
    await key("Enter");
    await expect(page.getByText(/at character/)).toBeHidden();
    await expect(page.getByRole("listitem").filter({ hasText: `Timeouts ${marker}` })).toContainText(
      `${marker} time(d ){0,1}out`,
    );
  });

  await test.step("warned about", async () => {
    await keys.press(page.getByRole("button", { name: "Time window" }));
    await keys.type(page.getByLabel("Until"), "900");
    await key("Tab");
    await expect(page.getByLabel("Until")).toHaveValue("09:00");
    const row = page
      .getByRole("listitem")
      .filter({ hasText: `Timeouts ${marker}` })
      .first();
    await expect(row).toContainText("Never open.");
    await expect(page.getByRole("region", { name: "What to look at" })).toContainText("Never open.");
    await expectAccessible(page, "routing, with a warning");
    await keys.press(page.getByRole("button", { name: "Remove window 1" }));
    await expect(row).not.toContainText("Never open.");
    await expect(page.getByRole("button", { name: "Time window" })).toBeFocused();
  });

  await test.step("tried on the past, before it is saved", async () => {
    await keys.choose(
      page.getByLabel("Approval", { exact: true }),
      page.getByRole("option", { name: "Always a person" }),
    );
    await keys.press(page.getByRole("tab", { name: "Backtest" }));
    await keys.press(page.getByRole("button", { name: "Run", exact: true }));
    await expect(page.getByText(/would be decided differently/)).toBeVisible();
    const row = page.getByRole("listitem").filter({ hasText: title });
    await expect(row).toContainText("newly held for a person");
    await expect(row.getByRole("link")).toHaveAttribute("href", /^\/incidents\//);
    await expectAccessible(page, "routing, a backtest");
    expect((await monitor.config()).routes.filter((route) => route.name.includes(marker))).toEqual([]);
  });

  await test.step("saved after its difference was seen", async () => {
    await keys.press(page.getByRole("button", { name: "Review and save" }));
    const review = page.getByRole("dialog", { name: "Review 1 change" });
    await expect(review).toContainText(`title matches ${marker} time(d ){0,1}out`);
    await keys.press(review.getByRole("button", { name: "Save 1 change" }));
    await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
    const route = (await monitor.config()).routes.find((each) => each.name.includes(marker));
    expect(route).toMatchObject({
      approval_policy: "always",
      conditions: [{ field: "title", op: "regex", values: [`${marker} time(d ){0,1}out`] }],
    });
  });

  await test.step("explained", async () => {
    await keys.press(page.getByRole("tab", { name: "Try a record" }));
    await keys.type(page.getByLabel("Title"), "Lag grows");
    const trace = page.getByRole("list", { name: "Why, route by route" });
    await expect(trace.getByRole("listitem").filter({ hasText: `Timeouts ${marker}` })).toContainText(
      "has Lag grows, in which",
    );
    await keys.type(page.getByLabel("Title"), title);
    await expect(page.getByRole("status").filter({ hasText: "Goes to" })).toContainText("says always");
    await expectAccessible(page, "routing, a record explained");
  });

  await test.step("with the payload of a stored draft", async () => {
    await keys.press(page.getByRole("radio", { name: "Draft" }), "Space");
    await keys.choose(
      page.getByLabel("Draft", { exact: true }).last(),
      page.getByRole("option", { name: title }),
    );
    await keys.press(page.locator("summary").filter({ hasText: "What would leave" }));
    await expect(page.getByRole("tab", { name: "Local telemetry" })).toBeVisible();
    await expect(page.getByRole("tabpanel").filter({ hasText: title }).last()).toBeVisible();
    await expectAccessible(page, "routing, what would leave");
  });
});

test("routes are put in order by keyboard and by dragging", async ({ page, monitor, marker }) => {
  const names = ["first", "second", "third"].map((name) => `${name} ${marker}`);
  await monitor.patchConfig({
    routes: names.map((name, index) => ({
      route_id: name.replace(" ", "-"),
      name,
      priority: 30 - index * 10,
      match_components: [`${name}`],
      destination_ids: ["local-telemetry"],
    })),
  });
  await openPage(page, "/settings/incident-monitor/routing");
  const list = page.getByRole("list", { name: "Routes, in the order they are tried" });
  const order = () => list.locator("> li button[aria-current], > li button.font-semibold").allTextContents();
  expect(await order()).toEqual(names);

  await page.getByRole("button", { name: `Move ${names[2]} up` }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(order).toEqual([names[0], names[2], names[1]]);
  await page.keyboard.press("Enter");
  await expect.poll(order).toEqual([names[2], names[0], names[1]]);

  await list.locator("> li").first().hover();
  const handle = await list.locator("[data-drag-handle]").first().boundingBox();
  const last = await list.locator("> li").last().boundingBox();
  if (!handle || !last) throw new Error("the rows have no place");
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x + 4, last.y + last.height - 4, { steps: 5 });
  await page.mouse.up();
  await expect.poll(order).toEqual(names);
  await expectAccessible(page, "routing, put in order");
});

test("a silence is made, holds a draft with a note, and is ended", async ({ page, monitor, marker }) => {
  const title = `Mirror ${marker} lags`;
  const reason = `Mirror ${marker} is being rebuilt`;
  await openPage(page, "/settings/incident-monitor/routing/silences");
  await expect(page.getByRole("heading", { name: "Ended" })).toBeVisible();
  await expectAccessible(page, "silences");

  await test.step("made: what, why and until when are asked for", async () => {
    await page.getByRole("button", { name: "New silence" }).click();
    const dialog = page.getByRole("dialog", { name: "New silence" });
    await dialog.getByRole("button", { name: "Silence", exact: true }).click();
    for (const fault of ["Say what to silence", "Say why", "Say until when"])
      await expect(dialog.getByText(fault)).toBeVisible();
    await expectAccessible(page, "silences, a form with faults");
    await dialog.getByLabel("Title is like").fill(`mirror ${marker}*`);
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: "Until 4 h from now" }).click();
    await dialog.getByRole("button", { name: "Silence", exact: true }).click();
    await expect(dialog).toBeHidden();
    const row = page.getByRole("list", { name: "Active" }).getByRole("listitem").filter({ hasText: reason });
    await expect(row).toContainText(`mirror ${marker}*`);
    await expect(row).toContainText("holds 0 drafts now");
    await expectAccessible(page, "silences, one active");
  });

  const draft = await monitor.report({ title, detail: "Lag grows.", event: "mirror.lag", risk_level: "low" });
  await test.step("said on the draft it holds", async () => {
    await openPage(page, `/drafts/${draft.draft_id}`);
    const note = page.getByRole("status").filter({ hasText: "Silenced." });
    await expect(note).toContainText(reason);
    await expectAccessible(page, "a silenced draft");
    await note.getByRole("link", { name: "See the silence" }).click();
  });

  await test.step("changed and ended", async () => {
    await page.getByRole("button", { name: `Edit ${reason}` }).click();
    const dialog = page.getByRole("dialog", { name: "Change this silence" });
    await expect(dialog.getByLabel("Title is like")).toHaveValue(`mirror ${marker}*`);
    await dialog.getByLabel("Reason").fill(`${reason}, longer`);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole("button", { name: `End now… ${reason}, longer` }).click();
    const question = page.getByRole("alertdialog", { name: "End this silence now?" });
    await expectAccessible(page, "silences, asked before it ends");
    await question.getByRole("button", { name: "End it" }).click();
    await expect(page.getByRole("button", { name: `Edit ${reason}` })).toBeHidden();
    await expect(page.getByRole("list", { name: "Ended" }).getByRole("listitem").first()).toContainText(
      reason,
    );
    await expectAccessible(page, "silences, one ended");
  });
});

test("a shadow route sends nothing and is written down", async ({ page, monitor, webhook, marker }) => {
  const id = `pager-${marker}`;
  await monitor.addDestination(webhookRow(id, webhook));
  const { routes } = await monitor.config();
  const shadow = { route_id: `shadow-${marker}`, name: `Shadow ${marker}`, mode: "shadow", priority: 500 };
  await monitor.patchConfig({ routes: [...routes, { ...shadow, destination_ids: [id] }] });
  const title = `Shadowed ${marker}`;
  const draft = await monitor.report({
    title,
    detail: "Seen once.",
    event: "shadow.seen",
    risk_level: "low",
    excerpt: ["ShadowError: seen once"],
  });
  const sent = await monitor.call("POST", `/incident-monitor/drafts/${draft.draft_id}/publish`, {});
  expect(sent.status, JSON.stringify(sent.body)).toBe(200);

  await openPage(page, "/settings/incident-monitor/routing/shadow");
  const row = page.getByRole("row").filter({ hasText: shadow.name });
  await expect(row).toContainText(id);
  await expect(page.getByRole("listitem").filter({ hasText: title })).toContainText("goes elsewhere");
  await expectAccessible(page, "shadow decisions");
  expect(webhook.connectionCount).toBe(0);
});
