import type { IncidentWire } from "@/lib/contracts/incident";
import { expectAccessible } from "./support/accessible";
import { expectNoSidewaysScroll } from "./support/layout";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { openLog } from "./support/watched-log";

test.beforeEach(async ({ keptConfig: _ }) => {});

const sources = "/settings/incident-monitor/sources";

test("a failure in a watched log is an incident at once; replay counts it again, reset says what it reads", async ({
  page,
  monitor,
  marker,
  logRoot,
}) => {
  const id = `shop-${marker}`;
  const log = openLog(logRoot, id, "logs/worker.log", ["2026-06-01T10:00:00Z INFO worker started"]);
  await monitor.addProject(id, {
    workspace_root: log.folder,
    log_sources: [{ source_id: "worker", path: log.path, watch_interval_seconds: 1 }],
  });
  const incidentNow = async () => {
    const query = new URLSearchParams({ project: id });
    const { body } = await monitor.call<{ incidents: IncidentWire[] }>(
      "GET",
      `/incident-monitor/incidents?${query}`,
    );
    return body.incidents;
  };

  await openPage(page, `${sources}?project=${id}&source=worker`);
  const sheet = page.getByRole("dialog", { name: "worker" });
  await test.step("it is read from where it was when it was saved", async () => {
    await expect(sheet.getByText("Reading", { exact: true })).toBeVisible();
    await expect(sheet.getByText("all read", { exact: true })).toBeVisible();
    await expectAccessible(page, "a log source's health");
    expect(await incidentNow()).toEqual([]);
  });

  const title = /^ledger refused batch/;
  const incidents = await page.context().newPage();
  await test.step("an error line is an incident on a screen that was open before", async () => {
    await openPage(incidents, `/incidents?project=${id}`);
    await expect(incidents.getByRole("link", { name: title })).toHaveCount(0);
    log.write(
      "2026-06-01T10:00:01Z INFO batch 17 opened",
      "2026-06-01T10:00:02Z ERROR ledger refused batch 17: token=0123456789abcdef0123456789abcdef",
    );
    await expect(incidents.getByRole("link", { name: title })).toBeVisible();
    await expect(sheet.getByText(/1 candidates?, 1 counted/)).toBeVisible();
  });

  await test.step("its evidence opens: the lines that were kept, redacted, and their hash", async () => {
    await incidents.getByRole("link", { name: title }).click();
    const references = incidents.getByRole("list", { name: "References" });
    await references.getByRole("link", { name: new RegExp(`^tandem://.*/evidence/worker/`) }).click();
    await expect(incidents.getByText("Unchanged since it was kept.")).toBeVisible();
    const kept = incidents.getByRole("list", { name: "Lines of the failure" });
    await expect(kept).toContainText("ERROR ledger refused batch 17");
    await expect(incidents.locator("body")).not.toContainText("0123456789abcdef0123456789abcdef");
    await expectAccessible(incidents, "evidence");
  });

  await test.step("replay latest shows its line, and counts it once more", async () => {
    await sheet.getByRole("button", { name: "Replay latest…" }).click();
    const dialog = page.getByRole("dialog", { name: "Replay the latest of worker?" });
    await expect(dialog.getByLabel("Lines to submit")).toContainText("ledger refused batch 17");
    await expectAccessible(page, "replay latest");
    expect((await incidentNow())[0]?.occurrence_count).toBe(1);
    await dialog.getByRole("button", { name: "Submit it again" }).click();
    await expect(dialog).toBeHidden();
    const found = await incidentNow();
    expect(found.map((each) => each.occurrence_count)).toEqual([2]);
  });

  await test.step("reset says what it will read and changes nothing that was counted", async () => {
    await sheet.getByRole("button", { name: "Reset…" }).click();
    const dialog = page.getByRole("dialog", { name: "Reset worker?" });
    await expect(
      dialog.getByText(/^Re-reads \d+ bytes, about 1 candidate; duplicates are merged\.$/),
    ).toBeVisible();
    await expect(dialog.getByText("counted before: read again they change nothing")).toBeVisible();
    await expectAccessible(page, "reset, its plan");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();

    await sheet.getByRole("button", { name: "Reset…" }).click();
    await dialog.getByRole("button", { name: "Reset and read again" }).click();
    await expect(dialog).toBeHidden();
    await expect(sheet.getByText(/2 candidates, 1 counted/)).toBeVisible();
    expect((await incidentNow()).map((each) => each.occurrence_count)).toEqual([2]);
  });

  await test.step("the next failure is new", async () => {
    log.write("2026-06-01T10:05:00Z ERROR cannot reach the payment provider");
    await expect.poll(async () => (await incidentNow()).length).toBe(2);
  });
});

test.describe("a viewer on a phone", () => {
  test.use({ as: "viewer", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

  test("sees how a log stands, and is told what needs the admin role", async ({
    page,
    monitor,
    marker,
    logRoot,
  }) => {
    const id = `shop-${marker}`;
    const log = openLog(logRoot, id, "worker.log", ["INFO worker started"]);
    await monitor.addProject(id, {
      workspace_root: log.folder,
      log_sources: [{ source_id: "worker", path: log.path, watch_interval_seconds: 1 }],
    });
    await openPage(page, `${sources}?project=${id}&source=worker`);
    const sheet = page.getByRole("dialog", { name: "worker" });
    await expect(sheet.getByText("Reading", { exact: true })).toBeVisible();
    await expect(sheet.getByRole("meter", { name: "Read of the file" })).toHaveAttribute(
      "aria-valuenow",
      "100",
    );
    await expect(sheet.getByText("Reading again needs the admin role.").first()).toBeVisible();
    for (const name of ["Replay latest…", "Backfill…", "Reset…"]) {
      await expect(sheet.getByRole("button", { name })).toHaveAttribute("aria-disabled", "true");
    }
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, "a log source, as a viewer on a phone");
  });
});
