import { expectAccessible } from "./support/accessible";
import { expectNoSidewaysScroll } from "./support/layout";
import { expect, test } from "./support/test";
import { webhookRow } from "./support/webhook";

test.beforeEach(async ({ keptConfig: _ }) => {});

const sources = "/settings/incident-monitor/sources";

test("a project and its log source are set up with every field, and the lists' intersection is said", async ({
  page,
  monitor,
  webhook,
  marker,
}) => {
  const pager = `pager-${marker}`;
  await monitor.addDestination(webhookRow(pager, webhook));
  await page.goto(sources);
  await page.getByRole("button", { name: "Add project" }).click();
  const id = `shop-${marker}`;
  await page.getByLabel("Name", { exact: true }).fill(id);
  await page.getByLabel("Repository").fill("acme");
  await expect(page.getByText("Write owner/repo, with one slash")).toBeVisible();
  await page.getByLabel("Repository").fill("acme/shop");
  await page.getByLabel("Folder").fill("/elsewhere/shop");
  await expect(page.getByText("This host does not allow that folder")).toBeVisible();
  await page.getByLabel("Folder").fill("/workspace/repos/shop");
  for (const name of ["local-telemetry", pager]) {
    await page.getByRole("button", { name: "Add to may send to" }).click();
    await page.getByRole("menuitem", { name }).click();
  }
  await expect(page.getByText(`May leave to local-telemetry and ${pager} only`)).toBeVisible();
  await page.getByText("Identity and profiles", { exact: true }).click();
  await page.getByLabel("Tenant").fill("acme");
  await page.getByLabel("Workspace").fill("main");
  await page.getByLabel("Redaction profile").click();
  await page.getByRole("option", { name: /^Strict/ }).click();
  await page.getByText("Issues and triage", { exact: true }).click();
  await page.getByLabel(/^Comment on an open issue/).click();
  await expectAccessible(page, "sources, a new project");

  await page.getByRole("tab", { name: /^Log sources/ }).click();
  await expect(page.getByText("watching the files starts with a later version")).toBeVisible();
  await page.getByRole("button", { name: "Add log source" }).click();
  const sheet = page.getByRole("dialog", { name: "New log source" });
  await sheet.getByLabel("Id", { exact: true }).fill("worker");
  await sheet.getByLabel("File", { exact: true }).fill("../secrets.log");
  await expect(sheet.getByText("It must lie inside the project's folder")).toBeVisible();
  await sheet.getByLabel("File", { exact: true }).fill("logs/worker.log");
  await sheet.getByRole("button", { name: "Add to may send to" }).click();
  await page.getByRole("menuitem", { name: pager }).click();
  await expect(sheet.getByText(`May leave to ${pager} only, which both lists allow`)).toBeVisible();
  await sheet.getByText("Data readiness", { exact: true }).click();
  await sheet.getByLabel("Owner").fill("team-worker");
  await sheet.getByLabel("Freshness limit").fill("60");
  await expectAccessible(page, "sources, a new log source");
  await sheet.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Review and save" }).click();
  await page.getByRole("button", { name: "Save 2 changes" }).click();
  await expect(page.getByText("Saved 2 changes", { exact: true })).toBeVisible();

  const saved = (await monitor.config()).monitored_projects.find((row) => row.project_id === id);
  expect(saved).toMatchObject({
    ...{ tenant_id: "acme", workspace_id: "main", redaction_profile: "strict" },
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
  monitor,
  marker,
}) => {
  const id = `shop-${marker}`;
  await monitor.addProject(id);
  await page.goto(`${sources}?project=${id}`);
  await page.getByRole("tab", { name: /^Readiness/ }).click();
  const owner = page.getByRole("listitem").filter({ hasText: "No source owner is named" });
  await expect(owner).toContainText('Set "Owner" on the project or the log source.');
  await expect(page.getByText("It publishes all the same.")).toBeVisible();
  await expectAccessible(page, "sources, readiness");
  await page.getByLabel("Owner").fill("team-shop");
  await page.getByLabel("Schema drift").click();
  await page.getByRole("option", { name: /^No drift/ }).click();
  await page.getByLabel("Last observed").fill("2026-06-01T10:00");
  await expect(page.getByText("About what is saved, not yet about your changes.")).toBeVisible();
  await page.getByRole("button", { name: "Review and save" }).click();
  await page.getByRole("button", { name: "Save 3 changes" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("No system of record is named")).toBeVisible();
  await expect(owner).toHaveCount(0);
  const saved = (await monitor.config()).monitored_projects.find((row) => row.project_id === id);
  expect(saved?.data_readiness).toEqual({
    source_owner: "team-shop",
    schema_drift_status: "no_drift",
    last_observed_at_ms: Date.UTC(2026, 5, 1, 10),
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
  await page.goto(`${sources}?project=${id}`);
  await page.getByRole("tab", { name: /^Intake keys/ }).click();
  await page.getByRole("button", { name: /^Rotate key/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Rotate Key of/ });
  await expectAccessible(page, "sources, rotating a key");
  await dialog.getByLabel("The old key still works for").click();
  await page.getByRole("option", { name: /^1 day/ }).click();
  await dialog.getByRole("button", { name: "Make the new key" }).click();

  const reveal = page.getByRole("dialog", { name: /^Key Key of/ });
  const newKey = (await reveal.getByTestId("raw-key").textContent()) ?? "";
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
  await page.goto(sources);
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
    await page.goto(sources);
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
