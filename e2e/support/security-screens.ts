import type { Page } from "@playwright/test";
import { authorityScreens } from "./authority-screens";
import { expect } from "./test";

/** On the page for it, whoever is signed in: the newest receipt of this server, as anybody might be handed it. */
async function verifyNewest(page: Page, change: (text: string) => string = (text) => text): Promise<void> {
  const posts = await (await page.request.get("/incident-monitor/posts?status=posted&limit=1")).json();
  const receipt = await page.request.get(
    `/incident-monitor/posts/${posts.posts[0].post_id}/portable-receipt`,
  );
  const buffer = Buffer.from(change(await receipt.text()));
  const input = page.getByLabel("Receipt", { exact: true });
  await input.setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer });
  await expect(page.getByRole("region", { name: "What was checked" })).toBeVisible();
}

/** Who may act, what the checks and plays found, how it is measured, and the audit. */
export const securityScreens = [
  {
    name: "scenarios",
    path: () => "/security/scenarios",
    heading: "Scenarios",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "Run 8 scenarios" }).click();
      await expect(page.getByRole("region", { name: "Result" })).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    name: "scenario-pack",
    path: () => "/security/scenarios",
    heading: "Scenarios",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "New pack", exact: true }).click();
      await expect(page.getByRole("dialog", { name: "New pack" })).toBeVisible();
    },
  },
  {
    name: "governance-metrics",
    path: () => "/security/metrics?window=30d",
    heading: "Governance metrics",
  },
  { name: "reassessments", path: () => "/security/reassessments", heading: "Reassessments" },
  { name: "cards", path: () => "/security/cards", heading: "Deployment cards" },
  {
    name: "card",
    path: () => `/security/cards/${encodeURIComponent("tandem:self_monitoring:incident_monitor")}`,
    heading: "Incident Monitor",
  },
  { name: "production", path: () => "/security/production", heading: "Production governance" },
  {
    name: "production-vouch",
    path: () => "/security/production",
    heading: "Production governance",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "Vouch for: Backups are made and were restored" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  { name: "audit", path: () => "/security/audit", heading: "Audit" },
  {
    name: "audit-entry",
    path: () => "/security/audit?action=incident_monitor.bootstrap.completed",
    heading: "Audit",
    open: async (page: Page) => {
      await page
        .getByRole("button", { name: /bootstrap completed/i })
        .first()
        .click();
      await expect(page.getByRole("region", { name: "Chosen entry" })).toContainText("Proof");
    },
  },
  { name: "assessment-reports", path: () => "/security/report", heading: "Assessment report" },
  {
    name: "assessment-report",
    path: () => "/security/report",
    heading: "Assessment report",
    open: async (page: Page) => {
      await page.getByRole("button", { name: "Run the assessment" }).click();
      await expect(page.getByRole("heading", { name: "Security assessment report", level: 1 })).toBeVisible({
        timeout: 60_000,
      });
    },
  },
  { name: "verify", path: () => "/verify", heading: "Verify a receipt" },
  {
    name: "verify-whole",
    path: () => "/verify",
    heading: "Verify a receipt",
    open: (page: Page) => verifyNewest(page),
  },
  {
    name: "verify-changed",
    path: () => "/verify",
    heading: "Verify a receipt",
    open: (page: Page) =>
      verifyNewest(page, (text) => text.replace('"state": "published"', '"state": "failed"')),
  },
  { name: "break-glass", path: () => "/security/break-glass", heading: "Break-glass reviews" },
  ...authorityScreens,
  { name: "posture", path: () => "/security/posture", heading: "Posture" },
  {
    name: "posture-nothing",
    path: () => "/security/posture?min_severity=critical",
    heading: "Posture",
    open: (page: Page) => page.getByRole("heading", { name: "Nothing of this severity" }).waitFor(),
  },
  {
    name: "probes",
    path: () => "/security/probes",
    heading: "Probes",
    open: async (page: Page) => {
      const run = page.getByRole("button", { name: /^Run \d+ probes$/ });
      await expect(run).toBeEnabled();
      await run.click();
      await page.getByRole("heading", { name: "Results" }).waitFor();
    },
  },
];
