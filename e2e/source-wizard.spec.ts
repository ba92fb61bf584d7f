import type { IncidentWire } from "@/lib/contracts/incident";
import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/keyboard";
import { openPage } from "./support/open-page";
import { openLog } from "./support/watched-log";

test.beforeEach(async ({ keptConfig: _ }) => {});

const sources = "/settings/incident-monitor/sources";

/** A line as a service of the host would write it, with a fingerprint of its own. */
const failure = (fingerprint: string, at: string) =>
  JSON.stringify({
    timestamp: at,
    level: "error",
    message: "settlement of batch 4711 timed out after 30 s",
    component: "settlement",
    fingerprint,
  });

test("by keys alone, from nothing to a watched log whose fingerprint is the incident's", async ({
  page,
  keys,
  monitor,
  marker,
  logRoot,
}) => {
  const name = `ledger-${marker}`;
  const log = openLog(logRoot, name, "logs/service.log.jsonl", [
    JSON.stringify({ timestamp: "2026-06-01T10:00:00Z", level: "info", message: "ready" }),
    failure(`before-${marker}`, "2026-06-01T10:00:01Z"),
    failure(`before-${marker}`, "2026-06-01T10:00:02Z"),
    JSON.stringify({ timestamp: "2026-06-01T10:00:03Z", level: "error", message: "health probe failed" }),
  ]);
  await monitor.patchConfig({ monitored_projects: [] });
  await openPage(page, sources);
  await expect(page.getByText("No monitored projects yet")).toBeVisible();

  await keys.press(page.getByRole("button", { name: "Watch a log file…" }));
  const wizard = page.getByRole("dialog", { name: "Watch a log file" });
  await test.step("the folder: what this host allows, and why not more", async () => {
    await expect(wizard.getByText("Only files inside these folders are ever opened.")).toBeVisible();
    await keys.press(wizard.getByRole("radio", { name: logRoot }), "Space");
    await expectAccessible(page, "wizard, folder");
    await keys.press(wizard.getByRole("button", { name: "Next" }));
  });

  await test.step("the file, through its folders", async () => {
    const list = () => wizard.getByRole("listbox");
    await expect(list()).toBeFocused();
    // Letters jump, Enter opens.
    await page.keyboard.type(name);
    await expect(list().getByRole("option", { name })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(wizard.getByRole("listbox", { name: `Files in ${name}` })).toBeFocused();
    await page.keyboard.type("l");
    await page.keyboard.press("Enter");
    await expect(wizard.getByRole("listbox", { name: `Files in ${name}/logs` })).toBeFocused();
    await expectAccessible(page, "wizard, file");
    await page.keyboard.type("s");
    await page.keyboard.press("Enter");
  });

  await test.step("as the watcher sees it: lines, incidents, and what a setting changes", async () => {
    const seen = wizard.getByRole("region", { name: "As the watcher sees it" });
    await expect(
      wizard.getByText("3 failures in the last 4 lines would have become 2 new incidents."),
    ).toBeVisible();
    const found = seen.getByRole("list", { name: "Would have become incidents" });
    await expect(found).toContainText("settlement of batch");
    await expect(found).toContainText(`before-${marker}`);
    await expect(found).toContainText("seen 2 times");
    await expect(wizard.getByText(/^All [\d.]+ (bytes|kB) are read once/)).toBeVisible();
    await expectAccessible(page, "wizard, reading");

    await keys.press(wizard.locator("summary").filter({ hasText: /^Lines/ }));
    await keys.type(wizard.getByLabel("Ignore lines like"), "health probe");
    await page.keyboard.press("Enter");
    await expect(
      wizard.getByText("2 failures in the last 4 lines would have become 1 new incident."),
    ).toBeVisible();
    await expect(seen.getByText("ignored", { exact: true })).toBeVisible();
    await keys.type(wizard.getByLabel("Ignore lines like"), "(unclosed");
    await page.keyboard.press("Enter");
    await expect(seen.getByText("The lines could not be shown.")).toBeVisible();
    await keys.press(wizard.getByRole("button", { name: "Remove (unclosed" }));
    await expect(seen.getByText("The lines could not be shown.")).toBeHidden();
    await keys.press(wizard.getByRole("button", { name: "Next" }));
  });

  await test.step("its name and project, then the page's own review", async () => {
    await expect(wizard.getByLabel("Id", { exact: true })).toHaveValue("service");
    await keys.press(wizard.getByRole("button", { name: "Add and review" }));
    await expect(wizard.getByText("Write owner/repo, with one slash")).toBeVisible();
    await keys.type(wizard.getByLabel("Project name"), name);
    await keys.type(wizard.getByLabel("Repository"), "acme/ledger");
    await keys.choose(
      wizard.getByRole("combobox", { name: "Folder" }),
      page.getByRole("option", { name: log.folder, exact: true }),
    );
    await expectAccessible(page, "wizard, save");
    await keys.press(wizard.getByRole("button", { name: "Add and review" }));
    const review = page.getByRole("dialog", { name: "Review 2 changes" });
    await expect(review).toContainText("health probe");
    await keys.press(review.getByRole("button", { name: "Save 2 changes" }));
    await expect(page.getByText("Saved 2 changes", { exact: true })).toBeVisible();
  });

  await test.step("it is saved as it was tried, and read", async () => {
    const [project] = (await monitor.config()).monitored_projects;
    expect(project).toMatchObject({
      ...{ project_id: name, workspace_root: log.folder, repo: "acme/ledger" },
      log_sources: [{ source_id: "service", path: log.path, reading: { ignore_patterns: ["health probe"] } }],
    });
    const sheet = page.getByRole("dialog", { name: "service" });
    await expect(sheet.getByText("Reading", { exact: true })).toBeVisible();
  });

  await test.step("a line that is written now is an incident under its own fingerprint", async () => {
    log.write(failure(`settlement-timeout-${marker}`, new Date().toISOString()));
    const query = new URLSearchParams({ project: name });
    const fingerprints = async () => {
      const answer = await monitor.call<{ incidents: IncidentWire[] }>(
        "GET",
        `/incident-monitor/incidents?${query}`,
      );
      return answer.body.incidents.map((each) => each.fingerprint);
    };
    await expect.poll(fingerprints).toEqual([`settlement-timeout-${marker}`]);
  });
});

test("a file that may not be read says why, and a project outside the allowed folders too", async ({
  page,
  keys,
  monitor,
  marker,
}) => {
  const id = `outside-${marker}`;
  await monitor.addProject(id, { workspace_root: "/srv/elsewhere" });
  await openPage(page, `${sources}?project=${id}`);
  await keys.press(page.getByRole("tab", { name: /^Log sources/ }));
  await keys.press(page.getByRole("button", { name: "Watch a log file…" }).last());
  const wizard = page.getByRole("dialog", { name: `Watch a log file of ${id}` });
  await expect(wizard.getByText("The project's folder is outside.")).toBeVisible();
  await expect(wizard.getByRole("button", { name: "Next" })).toBeDisabled();
  await expectAccessible(page, "wizard, a folder outside");
});
