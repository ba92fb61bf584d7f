import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/keyboard";
import { expectNoSidewaysScroll } from "./support/layout";
import { openPage } from "./support/open-page";
import { webhookRow } from "./support/webhook";

test.beforeEach(async ({ keptConfig: _ }) => {});

const sources = "/settings/incident-monitor/sources";

test("a project and its log source are set up with every field, and the lists' intersection is said", async ({
  page,
  keys,
  monitor,
  webhook,
  marker,
}) => {
  const pager = `pager-${marker}`;
  await monitor.addDestination(webhookRow(pager, webhook));
  await openPage(page, sources);
  await keys.press(page.getByRole("button", { name: "Add project" }));
  const id = `shop-${marker}`;
  await keys.type(page.getByLabel("Name", { exact: true }), id);
  await keys.type(page.getByLabel("Repository"), "acme");
  await expect(page.getByText("Write owner/repo, with one slash")).toBeVisible();
  await keys.type(page.getByLabel("Repository"), "acme/shop");
  await keys.type(page.getByLabel("Folder"), "/elsewhere/shop");
  await expect(page.getByText("This host does not allow that folder")).toBeVisible();
  await keys.type(page.getByLabel("Folder"), "/workspace/repos/shop");
  for (const name of ["Local telemetry", pager]) {
    await keys.choose(
      page.getByRole("button", { name: "Add to may send to" }),
      page.getByRole("menuitem", { name }),
    );
  }
  await expect(page.getByText(`May leave to Local telemetry and ${pager} only`)).toBeVisible();
  await keys.press(page.locator("summary").filter({ hasText: "Identity and profiles" }));
  await keys.type(page.getByLabel("Tenant"), "acme");
  await keys.type(page.getByLabel("Workspace"), "main");
  await keys.choose(page.getByLabel("Redaction profile"), page.getByRole("option", { name: /^Strict/ }));
  await keys.choose(page.getByLabel("Retention profile"), page.getByRole("option", { name: /^For ever/ }));
  await keys.press(page.locator("summary").filter({ hasText: "Issues and triage" }));
  await keys.press(page.getByLabel(/^Comment on an open issue/), "Space");
  await expectAccessible(page, "sources, a new project");

  await keys.press(page.getByRole("tab", { name: /^Log sources/ }));
  await expect(page.getByText("No log of this project is watched.")).toBeVisible();
  await keys.press(page.getByRole("button", { name: "Add log source" }));
  const sheet = page.getByRole("dialog", { name: "New log source" });
  await keys.type(sheet.getByLabel("Id", { exact: true }), "worker");
  await keys.type(sheet.getByLabel("File", { exact: true }), "../secrets.log");
  await expect(sheet.getByText("It must lie inside the project's folder")).toBeVisible();
  await keys.type(sheet.getByLabel("File", { exact: true }), "logs/worker.log");
  await keys.choose(
    sheet.getByRole("button", { name: "Add to may send to" }),
    page.getByRole("menuitem", { name: pager }),
  );
  await expect(sheet.getByText(`May leave to ${pager} only, which both lists allow`)).toBeVisible();
  await keys.press(sheet.locator("summary").filter({ hasText: "Data readiness" }));
  await keys.type(sheet.getByLabel("Owner"), "team-worker");
  await keys.type(sheet.getByLabel("Freshness limit"), "60");
  await expectAccessible(page, "sources, a new log source");
  await keys.press(sheet.getByRole("button", { name: "Done" }));
  await keys.press(page.getByRole("button", { name: "Review and save" }));
  await keys.press(page.getByRole("button", { name: "Save 2 changes" }));
  await expect(page.getByText("Saved 2 changes", { exact: true })).toBeVisible();

  const saved = (await monitor.config()).monitored_projects.find((row) => row.project_id === id);
  expect(saved).toMatchObject({
    ...{ tenant_id: "acme", workspace_id: "main", redaction_profile: "strict" },
    retention_profile: "forever",
    ...{ auto_comment_on_matched_open_issues: false, allowed_destination_ids: ["local-telemetry", pager] },
    log_sources: [
      {
        ...{ source_id: "worker", path: "logs/worker.log", allowed_destination_ids: [pager] },
        data_readiness: { source_owner: "team-worker", freshness_sla_ms: 3_600_000 },
      },
    ],
  });
});

test("readiness names what is missing and its fix, and a fix that is saved is gone from the list", async ({
  page,
  keys,
  monitor,
  marker,
}) => {
  const id = `shop-${marker}`;
  await monitor.addProject(id);
  await openPage(page, `${sources}?project=${id}`);
  await keys.press(page.getByRole("tab", { name: /^Readiness/ }));
  const owner = page.getByRole("listitem").filter({ hasText: "No source owner is named" });
  await expect(owner).toContainText('Set "Owner" on the project or the log source.');
  await expect(page.getByText("It publishes all the same.")).toBeVisible();
  await expectAccessible(page, "sources, readiness");
  await keys.type(page.getByLabel("Owner"), "team-shop");
  await keys.choose(page.getByLabel("Schema drift"), page.getByRole("option", { name: /^No drift/ }));
  await keys.reach(page.getByLabel("Last observed"));
  // Day and month are the same, so that their order does not matter; nor does "a" where hours go to 24.
  await page.keyboard.type("060620261000a");
  await expect(page.getByText("About what is saved, not yet about your changes.")).toBeVisible();
  await keys.press(page.getByRole("button", { name: "Review and save" }));
  await keys.press(page.getByRole("button", { name: "Save 3 changes" }));
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("No system of record is named")).toBeVisible();
  await expect(owner).toHaveCount(0);
  const saved = (await monitor.config()).monitored_projects.find((row) => row.project_id === id);
  expect(saved?.data_readiness).toEqual({
    source_owner: "team-shop",
    schema_drift_status: "no_drift",
    last_observed_at_ms: Date.UTC(2026, 5, 6, 10),
  });
});

test("a key is rotated: both report until the old one's end, and the new one is shown once", async ({
  page,
  monitor,
  marker,
}) => {
  const id = `shop-${marker}`;
  await monitor.addProject(id);
  const oldKey = await monitor.createKey(id);
  await openPage(page, `${sources}?project=${id}`);
  await page.getByRole("tab", { name: /^Intake keys/ }).click();
  await page.getByRole("button", { name: /^Rotate key/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Rotate Key of/ });
  await expectAccessible(page, "sources, rotating a key");
  await dialog.getByLabel("The old key still works for").click();
  await page.getByRole("option", { name: /^1 day/ }).click();
  await dialog.getByRole("button", { name: "Make the new key" }).click();

  const reveal = page.getByRole("dialog", { name: /^Key Key of/ });
  const newKey = (await reveal.getByTestId("secret").textContent()) ?? "";
  expect(newKey).toMatch(/^tim_intake_[0-9a-f]{64}$/);
  await expect(reveal).toContainText("Until then both report");
  await expect(reveal.getByLabel("curl snippet")).not.toContainText(newKey);
  await expectAccessible(page, "sources, the new key");
  await page.keyboard.press("Escape");
  await expect(reveal).toBeVisible();
  await expect(reveal.getByRole("button", { name: "Close" })).toBeDisabled();
  await reveal.getByLabel("I have stored it").check();
  await reveal.getByRole("button", { name: "Close" }).click();
  await expect(page.locator("body")).not.toContainText(newKey);

  const report = { title: `Rotated ${marker}`, detail: "x", event: "ci.failed", level: "error" };
  for (const key of [oldKey, newKey]) {
    expect((await monitor.intake(key, { project_id: id, report })).status).toBe(200);
  }
  await expect(page.getByText("Being replaced")).toBeVisible();
  await expect(page.getByText(/^replaced by tim_intake_/)).toBeVisible();

  await page
    .getByRole("listitem")
    .filter({ hasText: "Being replaced" })
    .getByRole("button", { name: /^Disable key/ })
    .click();
  const ask = page.getByRole("alertdialog");
  await expect(ask).toContainText("is refused from now on");
  await ask.getByRole("button", { name: "Disable key" }).click();
  await expect(page.getByText("Being replaced")).toBeHidden();
  expect((await monitor.intake(oldKey, { project_id: id, report })).status).toBe(401);
  expect((await monitor.intake(newKey, { project_id: id, report })).status).toBe(200);
});

test("reports without a project have their directory and repository", async ({ page, monitor }) => {
  await openPage(page, sources);
  await page.getByRole("button", { name: /^–?\s*Reports without a project/ }).click();
  await page.getByLabel("Target repository").fill("acme/everything");
  await page.getByLabel("Local directory").fill("/not/allowed");
  await expect(page.getByText("This host does not allow that folder")).toBeVisible();
  await page.getByLabel("Local directory").fill("/workspace/repos");
  await expect(page.getByText("This host does not allow that folder")).toBeHidden();
  await page.getByRole("button", { name: "Review and save" }).click();
  await page.getByRole("button", { name: "Save 2 changes" }).click();
  await expect(page.getByText("Saved 2 changes", { exact: true })).toBeVisible();
  expect(await monitor.config()).toMatchObject({
    repo: "acme/everything",
    workspace_root: "/workspace/repos",
  });
});

test.describe("a viewer on a phone", () => {
  test.use({ as: "viewer", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

  test("reads readiness and keys, and is told what needs the admin role", async ({
    page,
    monitor,
    marker,
  }) => {
    const id = `shop-${marker}`;
    await monitor.addProject(id);
    await monitor.createKey(id);
    await openPage(page, sources);
    await page.getByRole("button", { name: new RegExp(`${id}`) }).click();
    await expect(page.getByLabel("Repository")).toBeDisabled();
    await page.getByRole("tab", { name: /^Readiness/ }).click();
    await expect(page.getByText("No source owner is named")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, "sources, readiness on a phone");
    await page.getByRole("tab", { name: /^Intake keys/ }).click();
    await expect(page.getByText("Rotating and disabling need the admin role.")).toBeVisible();
    await expect(page.getByRole("button", { name: "New key" })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible(page, "sources, keys on a phone");
  });
});
