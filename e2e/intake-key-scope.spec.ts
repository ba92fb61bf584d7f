import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

const report = {
  title: "TypeError: Cannot read properties of undefined (reading 'total')",
  event: "checkout.failed",
  excerpt: [
    "TypeError: Cannot read properties of undefined (reading 'total')",
    "    at total (/srv/shop/cart.js:9:21)",
  ],
};

test("a scoped key reports for its project and can do nothing else", async ({ page, monitor, marker }) => {
  const project = `shop-${marker}`;
  const other = `other-${marker}`;
  await monitor.addProject(other);

  await test.step("the project is made in Sources", async () => {
    await page.goto("/settings/incident-monitor/sources");
    await page.getByRole("button", { name: "Add project" }).click();
    await page.getByLabel("Name", { exact: true }).fill(project);
    await expect(page.getByLabel("Id", { exact: true })).toHaveValue(project);
    await page.getByLabel("Repository").fill("acme/shop");
    await page.getByLabel("Folder").fill("/workspace/repos/shop");
    await expectAccessible(page, "sources, a new project");
    await page.getByRole("button", { name: "Review and save" }).click();
    const review = page.getByRole("dialog", { name: "Review 1 change" });
    await expect(review).toContainText(project);
    await expectAccessible(page, "sources, review");
    await review.getByRole("button", { name: "Save 1 change" }).click();
    await expect(page.getByText("Saved 1 change", { exact: true })).toBeVisible();
  });

  const rawKey = await test.step("the key is shown once", async () => {
    await page.getByRole("tab", { name: /^Intake keys/ }).click();
    await expectAccessible(page, "sources, intake keys");
    await page.getByRole("button", { name: "New key" }).click();
    const form = page.getByRole("dialog", { name: `New intake key for ${project}` });
    await expectAccessible(page, "sources, a new key");
    await form.getByRole("button", { name: "Create key" }).click();
    await expect(form.getByText("A key needs a name")).toBeVisible();
    await form.getByLabel("Name").fill("CI");
    await form.getByRole("button", { name: "Create key" }).click();

    const reveal = page.getByRole("dialog", { name: "Key CI" });
    const shown = reveal.getByText(/^tim_intake_[0-9a-f]{64}$/);
    await expect(shown).toBeVisible();
    await expectAccessible(page, "sources, the key shown once");
    const raw = (await shown.textContent()) ?? "";
    // Nothing but saying that it is stored leads on.
    await page.keyboard.press("Escape");
    await expect(reveal).toBeVisible();
    await expect(reveal.getByRole("button", { name: "Close" })).toBeDisabled();
    await reveal.getByLabel("I have stored it").check();
    await reveal.getByRole("button", { name: "Close" }).click();
    await expect(reveal).toBeHidden();
    expect(await page.content()).not.toContain(raw);
    await page.reload();
    await page.getByRole("tab", { name: /^Intake keys/ }).click();
    await expect(page.getByText("Works", { exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(raw);
    return raw;
  });

  await test.step("it reports, and is refused everywhere else", async () => {
    const accepted = await monitor.intake(rawKey, { project_id: project, report });
    expect(accepted.status).toBe(200);
    expect(accepted.body).toMatchObject({
      draft: { project_id: project },
      incident: { project_id: project },
    });
    const draftId = (accepted.body.draft as { draft_id: string }).draft_id;

    expect((await monitor.intake(rawKey, { project_id: other, report })).status).toBe(401);
    const elsewhere = [
      ["GET", "/incident-monitor/status"],
      ["GET", "/config/incident-monitor"],
      ["PATCH", "/config/incident-monitor", { incident_monitor: { enabled: false } }],
      ["GET", "/incident-monitor/drafts"],
      ["GET", `/incident-monitor/drafts/${draftId}`],
      ["POST", `/incident-monitor/drafts/${draftId}/approve`, {}],
      ["POST", `/incident-monitor/drafts/${draftId}/publish`, {}],
      ["POST", "/incident-monitor/report", { report }],
      ["GET", "/incident-monitor/intake/keys"],
      ["POST", "/incident-monitor/intake/keys", { project_id: project, name: "One more" }],
    ] as const;
    for (const [method, path, body] of elsewhere) {
      const inKeyHeader = { token: "", headers: { "x-tandem-incident-monitor-intake-key": rawKey } };
      expect((await monitor.call(method, path, body, inKeyHeader)).status, `${method} ${path}`).toBe(401);
      expect((await monitor.call(method, path, body, { token: rawKey })).status, `${method} ${path}`).toBe(
        401,
      );
    }
  });

  await test.step("disabling it asks first and takes effect at once", async () => {
    await page.getByRole("button", { name: "Disable key CI" }).click();
    const question = page.getByRole("alertdialog", { name: "Disable CI?" });
    await expectAccessible(page, "sources, disable a key");
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Works", { exact: true })).toBeVisible();
    expect((await monitor.intake(rawKey, { project_id: project, report })).status).toBe(200);

    await page.getByRole("button", { name: "Disable key CI" }).click();
    await question.getByRole("button", { name: "Disable key" }).click();
    await expect(page.getByText("Disabled", { exact: true })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "Key CI is disabled." })).toBeAttached();
    expect((await monitor.intake(rawKey, { project_id: project, report })).status).toBe(401);
  });
});
