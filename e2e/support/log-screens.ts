import { expect, type Page } from "@playwright/test";
import type { IncidentWire } from "@/lib/contracts/incident";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import type { Monitor } from "./monitor";
import { untilHeard } from "./open-page";
import { ownServer } from "./own-server";
import { openLog } from "./watched-log";

const project = "billing";
const sources = "/settings/incident-monitor/sources";

/** What watched logs show: a log that is read, one that sets lines aside, one that is not there. */
export const logScreens = [
  screen("sources-logs", openLogs),
  ofSource("log-source", "worker", (page) =>
    page.getByRole("button", { name: "Replay latest…" }).scrollIntoViewIfNeeded(),
  ),
  ofSource("log-source-lost", "gone", (page) =>
    page.getByText("Not readable", { exact: true }).last().waitFor(),
  ),
  ofSource("log-source-settings", "worker", async (page) => {
    await page.getByRole("tab", { name: "Settings" }).click();
    await page
      .locator("summary")
      .filter({ hasText: /^Reading/ })
      .click();
    await page
      .locator("summary")
      .filter({ hasText: /^Lines/ })
      .click();
    await page.getByLabel("Ignore lines like").scrollIntoViewIfNeeded();
  }),
  ofSource("log-source-aside", "strict", async (page) => {
    await page.getByRole("tab", { name: /^Set aside/ }).click();
    await page.getByText("A required field is missing").waitFor();
  }),
  ofSource("log-source-reset", "worker", async (page) => {
    await page.getByRole("button", { name: "Reset…" }).click();
    await page.getByText(/^Re-reads/).waitFor();
  }),
  ofSource("log-source-replay", "worker", async (page) => {
    await page.getByRole("button", { name: "Replay latest…" }).click();
    await page.getByLabel("Lines to submit").waitFor();
  }),
  ofSource("log-source-backfill", "worker", async (page) => {
    await page.getByRole("button", { name: "Backfill…" }).click();
    await page.getByRole("button", { name: "Last 7 days" }).click();
    await page.getByRole("button", { name: "See what it would do" }).click();
    await page.getByText(/duplicates are merged|No failure in this span/).waitFor();
  }),
  screen("wizard-folder", (page) => openWizard(page, "folder")),
  screen("wizard-file", (page) => openWizard(page, "file")),
  screen("wizard-reading", (page) => openWizard(page, "reading")),
  screen("wizard-save", (page) => openWizard(page, "save")),
  {
    name: "evidence",
    path: ({ evidence }: { evidence: string }) => `/evidence?${new URLSearchParams({ reference: evidence })}`,
    heading: /settlement of batch/,
  },
];

function screen(name: string, open: (page: Page) => Promise<void>) {
  return { name, path: () => `${sources}?project=${project}`, heading: "Sources", open };
}

/** What is seen of one log source, in the sheet that its row opens. */
function ofSource(name: string, id: string, open: (page: Page) => Promise<void>) {
  return screen(name, async (page) => {
    await openLogs(page);
    await page.getByRole("list", { name: "Log sources" }).getByRole("button", { name: id }).click();
    await page.getByRole("dialog", { name: id }).waitFor();
    await open(page);
  });
}

async function openLogs(page: Page): Promise<void> {
  await untilHeard(page);
  await page.getByRole("tab", { name: /^Log sources/ }).click();
}

async function openWizard(page: Page, step: "folder" | "file" | "reading" | "save"): Promise<void> {
  await untilHeard(page);
  const back = page.getByRole("button", { name: "Back to projects" });
  if (await back.isVisible()) await back.click();
  await page.getByRole("button", { name: "Watch a log file…" }).first().click();
  const wizard = page.getByRole("dialog", { name: "Watch a log file" });
  await wizard.getByText("Only files inside these folders are ever opened.").waitFor();
  await wizard.getByRole("radio", { name: ownServer().logRoot }).check();
  if (step === "folder") return;
  await wizard.getByRole("button", { name: "Next" }).click();
  await wizard.getByRole("option", { name: /^billing/ }).click();
  await wizard.getByRole("option", { name: /^logs/ }).click();
  await wizard.getByRole("option", { name: /^worker\.log/ }).click();
  if (step === "file") return;
  await wizard.getByRole("button", { name: "Next" }).click();
  await wizard.getByText(/failures? in the last/).waitFor();
  if (step === "reading") return;
  await wizard.getByRole("button", { name: "Next" }).click();
}

/** Writes the logs and waits until they are read. Answers a reference to what was kept of a failure. */
export async function watchLogs(monitor: Monitor, logRoot: string): Promise<string> {
  const log = openLog(logRoot, project, "logs/worker.log", workerLines());
  openLog(logRoot, project, "logs/strict.jsonl", [
    JSON.stringify({ timestamp: "2026-06-01T03:00:00Z", level: "error", message: "no component is named" }),
    JSON.stringify({
      timestamp: "2026-06-01T03:00:05Z",
      level: "error",
      component: "api",
      message: "all is there",
    }),
  ]);
  await monitor.addProject(project, {
    name: "Billing",
    workspace_root: log.folder,
    log_sources: [
      source("worker", { path: log.path, reading: { expected_interval_seconds: 3_600 } }),
      source("strict", { path: "logs/strict.jsonl", reading: { required_fields: ["component"] } }),
      source("gone", { path: "logs/gone.log" }),
    ],
  });
  const state = async (id: string) => {
    const path = `/incident-monitor/log-sources/${project}/${id}`;
    const { body } = await monitor.call<{ source: LogSourceHealthWire }>("GET", path);
    return body.source.state;
  };
  await expect
    .poll(() => Promise.all(["worker", "strict", "gone"].map(state)), { timeout: 30_000 })
    .toEqual([...["healthy", "quarantining", "unreadable"]]);
  const query = new URLSearchParams({ project, q: "settlement" });
  const { body } = await monitor.call<{ incidents: IncidentWire[] }>(
    "GET",
    `/incident-monitor/incidents?${query}`,
  );
  return body.incidents[0]?.evidence_refs.find((reference) => reference.includes("/evidence/")) ?? "";
}

const source = (source_id: string, more: object) => ({
  ...{ source_id, watch_interval_seconds: 1, start_position: "beginning" },
  ...more,
});

/** A quiet night with two stack traces in it. */
function workerLines(): string[] {
  return Array.from({ length: 40 }, (_, minute) => {
    const at = `2026-06-01 03:${String(minute).padStart(2, "0")}`;
    const done = `${at}:00,120 INFO settle batch ${4_700 + minute} done`;
    if (minute !== 17 && minute !== 31) return [done];
    return [
      done,
      `${at}:02,408 ERROR settle settlement of batch ${4_700 + minute} failed, token=0123456789abcdef0123456789abcdef`,
      "Traceback (most recent call last):",
      '  File "/srv/billing/worker.py", line 88, in settle',
      "    book(batch)",
      '  File "/srv/billing/ledger/book.py", line 12, in book',
      "    raise KeyError(key)",
      "KeyError: 'iban'",
    ];
  }).flat();
}
