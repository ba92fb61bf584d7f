import type { Page } from "@playwright/test";
import type { Monitor } from "./monitor";
import { untilHeard } from "./open-page";
import { reportBroken, triaged } from "./triage";

export type TriageIds = { triaged: string; blocked: string; kept: string };

/** On a phone the triage is a tab of its own. */
async function showTriage(page: Page): Promise<void> {
  await untilHeard(page);
  const tab = page.getByRole("tab", { name: "Triage" });
  if (await tab.isVisible()) await tab.click();
}

const part = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

const headings = { triaged: /^TypeError/, blocked: /^Nightly export/, kept: /^Labels/ };

/** What triage shows of a draft: what it found, unfolded and folded, its summary as a form, and what stops an issue. */
export const triageScreens = [
  ofDraft("triage", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "Likely cause").scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-findings", "triaged", async (page) => {
    await showTriage(page);
    const phases = part(page, "Triage").getByRole("list", { name: "Phases" });
    for (const summary of await phases.locator("summary").all()) await summary.click();
    await phases.scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-code", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "Suspect commits").getByRole("button", { name: "changed failing line" }).click();
    await page.getByText("It changed the line that failed.").waitFor();
  }),
  ofDraft("triage-similar", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "Similar failures").getByRole("button", { name: "Side by side" }).first().click();
    await part(page, "Similar failures").getByRole("table").scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-issue", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "Issue draft").scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-summary", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "Summary")
      .getByRole("button", { name: /^Edit the summary/ })
      .click();
    await page
      .getByRole("dialog")
      .getByLabel("Title of the issue")
      .fill("A cart without a discount has no total");
  }),
  ofDraft("triage-summary-review", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "Summary")
      .getByRole("button", { name: /^Edit the summary/ })
      .click();
    await page
      .getByRole("dialog")
      .getByLabel("Title of the issue")
      .fill("A cart without a discount has no total");
    await page.getByRole("button", { name: "Review 1 change" }).click();
    await page.getByRole("dialog", { name: "Review 1 change" }).waitFor();
  }),
  ofDraft("triage-blocked", "blocked", async (page) => {
    await showTriage(page);
    await part(page, "Issue draft").getByText("No issue can be proposed yet.").waitFor();
    await part(page, "Issue draft").scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-agent", "kept", async (page) => {
    await showTriage(page);
    await part(page, "Triage").getByText("has this run.").scrollIntoViewIfNeeded();
  }),
];

function ofDraft(name: string, which: keyof TriageIds, open: (page: Page) => Promise<void>) {
  return { name, path: (ids: TriageIds) => `/drafts/${ids[which]}`, heading: headings[which], open };
}

/** A broken shop that was looked into, a report that says too little, and a run that an external agent has. */
export async function seedTriage(monitor: Monitor, logRoot: string): Promise<TriageIds> {
  const broken = await reportBroken(monitor, {
    ...{ logRoot, project: "webshop", marker: "webshop", destinationIds: ["local-telemetry"] },
  });
  await broken.reportAlike("webshop-earlier");
  await triaged(monitor, broken.draftId);
  const thin = await monitor.report({
    title: "Nightly export was late",
    detail: "By two hours.",
    event: "export.late",
    risk_level: "medium",
  });
  await triaged(monitor, thin.draft_id);
  const kept = await monitor.report({
    title: "Labels are printed twice",
    detail: "Since this morning.",
    event: "labels.twice",
    risk_level: "medium",
  });
  const path = `/incident-monitor/drafts/${kept.draft_id}/triage-run`;
  const { body } = await monitor.call<{ run: { run_id: string } }>("POST", path, { executor: "agent" });
  await monitor.call("POST", `/incident-monitor/triage-runs/${body.run.run_id}/claim`, { lease_ms: 600_000 });
  return { triaged: broken.draftId, blocked: thin.draft_id, kept: kept.draft_id };
}
