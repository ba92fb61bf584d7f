import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { type Github, githubRow, openGithub } from "./github";
import { modelPolicy, openModel, opinionOn } from "./model";
import { createMonitor, type Monitor } from "./monitor";
import { untilHeard } from "./open-page";
import { ownServer } from "./own-server";
import { expect } from "./test";
import { type Broken, reportBroken, reviewOf, triaged } from "./triage";

export type TriageIds = {
  triaged: string;
  blocked: string;
  kept: string;
  keptRun: string;
  failedRun: string;
};

/** On a phone the triage is a tab of its own. */
async function showTriage(page: Page): Promise<void> {
  await untilHeard(page);
  const tab = page.getByRole("tab", { name: "Triage" });
  if (await tab.isVisible()) await tab.click();
}

const part = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

const headings = { triaged: /^TypeError/, blocked: /^Nightly export/, kept: /^Labels/, failedRun: /^Stock/ };

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
  ofDraft("triage-model", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "A model's opinion").scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-filed", "triaged", async (page) => {
    await showTriage(page);
    await part(page, "Filed before?").scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-failed", "failedRun", async (page) => {
    await showTriage(page);
    await part(page, "Triage").getByText("the phase research failed every time").scrollIntoViewIfNeeded();
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
  {
    name: "triage-template",
    path: () => "/settings/incident-monitor/sources?project=webshop",
    heading: "Sources",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "Edit template…" }).click();
      await page.getByRole("button", { name: "The built-in form", exact: true }).click();
      await page.getByText("It follows the project's own template.").waitFor();
    },
  },
  ofDraft("triage-blocked", "blocked", async (page) => {
    await showTriage(page);
    await part(page, "Issue draft").getByText("No issue can be proposed yet.").waitFor();
    await part(page, "Issue draft").scrollIntoViewIfNeeded();
  }),
  ofDraft("triage-agent", "kept", async (page, { keptRun }) => {
    // Only now: an agent's hold lasts ten minutes at most, and the screens before this one may take longer.
    const claim = `/incident-monitor/triage-runs/${keptRun}/claim`;
    const monitor = createMonitor(ownServer().url, ownServer().token);
    expect((await monitor.call("POST", claim, { lease_ms: 600_000 })).status).toBe(200);
    await showTriage(page);
    await part(page, "Triage").getByText("has this run.").scrollIntoViewIfNeeded();
  }),
];

function ofDraft(
  name: string,
  which: keyof typeof headings,
  open: (page: Page, ids: TriageIds) => Promise<void>,
) {
  return { name, path: (ids: TriageIds) => `/drafts/${ids[which]}`, heading: headings[which], open };
}

/** A broken shop that was looked into, a report that says too little, and runs that failed or that an external agent has. */
export async function seedTriage(monitor: Monitor, logRoot: string): Promise<TriageIds> {
  const { dataDir } = ownServer();
  const [model, github] = await Promise.all([openModel(), openGithub(dataDir)]);
  const hanging = await openGithub(dataDir);
  await monitor.addDestination({ ...githubRow("shop-issues", github, "acme/shop"), name: "Shop's issues" });
  const mirror = githubRow("mirror", { ...hanging, tokenRef: "env:TANDEM_MIRROR_TOKEN" }, "acme/mirror");
  await monitor.addDestination({ ...mirror, name: "Mirror" });
  await hanging.close();
  const destinationIds = ["local-telemetry", "shop-issues", "mirror"];
  const broken = await reportBroken(monitor, {
    logRoot,
    project: "webshop",
    marker: "webshop",
    destinationIds,
  });
  await broken.reportAlike("webshop-earlier");
  await fileBefore(monitor, github, broken);
  model.otherwise = { kind: "say", text: opinionOn(broken.bug) };
  const { model_policy: before = {} } = await monitor.config();
  await monitor.patchConfig({ model_policy: modelPolicy });
  await triaged(monitor, broken.draftId);
  await monitor.patchConfig({ model_policy: before });
  await Promise.all([model.close(), github.close()]);
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
  const failed = await seedFailed(monitor, dataDir);
  return {
    triaged: broken.draftId,
    blocked: thin.draft_id,
    kept: kept.draft_id,
    keptRun: body.run.run_id,
    failedRun: failed,
  };
}

/** The same failure, filed by somebody else and closed, and one that only has its title. */
async function fileBefore(monitor: Monitor, github: Github, { draftId, title }: Broken): Promise<void> {
  const { destinations } = await reviewOf(monitor, draftId);
  const raw = destinations.find((each) => each.destination_id === "shop-issues")?.payload?.raw ?? "{}";
  const { markers } = JSON.parse(raw) as { markers: { fingerprint: string } };
  const body = `<!-- tandem:fingerprint:v1:${markers.fingerprint} -->`;
  github.addIssue("acme/shop", { title: "No cart has a total", body, state: "closed" });
  github.addIssue("acme/shop", { title: "Checkout is broken: no totals", body });
  github.addIssue("acme/shop", { title, body: "Filed by hand." });
}

/** As a run looks that failed every time; that it does, a journey shows (triage-with-model). */
async function seedFailed(monitor: Monitor, dataDir: string): Promise<string> {
  const { draft_id: draftId } = await monitor.report({
    title: "Stock is counted twice",
    detail: "In one warehouse.",
    event: "stock.twice",
    risk_level: "medium",
  });
  await triaged(monitor, draftId);
  const reason = { code: "phase_failed", message: "The phase research failed every time" };
  await withDatabase(dataDir, async (database) => {
    await database.query(
      `UPDATE triage_runs SET status = 'failed', last_error = $2, phases = (SELECT jsonb_agg(
         CASE p->>'phase' WHEN 'inspect' THEN p WHEN 'research'
           THEN p || '{"state": "failed", "attempts": 2, "artifactId": null, "by": null}' || jsonb_build_object('reason', $3::jsonb)
           ELSE p || '{"state": "pending", "attempts": 0, "startedAtMs": null, "endedAtMs": null, "artifactId": null, "by": null}' END)
         FROM jsonb_array_elements(phases) p), summary = NULL, issue_draft = NULL, gate = NULL WHERE draft_id = $1`,
      [draftId, reason, { code: "phase_failed", message: "It failed; the server's log says how" }],
    );
    await database.query("UPDATE drafts SET triage = 'failed', issue = 'none' WHERE id = $1", [draftId]);
  });
  return draftId;
}
