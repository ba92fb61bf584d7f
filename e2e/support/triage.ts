import { expect } from "@playwright/test";
import type { DraftReviewWire } from "@/lib/contracts/review";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import type { Monitor } from "./monitor";
import { type PlantedBug, plantBug } from "./planted-bug";

export type Broken = {
  bug: PlantedBug;
  draftId: string;
  title: string;
  /** Reports it once more under an identity that the reporter chose: another incident of the same exception. */
  reportAlike: (fingerprint: string) => Promise<{ incidentId: string }>;
};

/** A project with a planted bug, reported with the trace of its own run, on the route to `destinationIds`. */
export async function reportBroken(
  monitor: Monitor,
  given: { logRoot: string; project: string; marker: string; destinationIds: string[]; riskLevel?: string },
): Promise<Broken> {
  const { logRoot, project, marker, destinationIds, riskLevel = "medium" } = given;
  const bug = plantBug(logRoot, project);
  await monitor.addProject(project, {
    workspace_root: bug.folder,
    default_destination_ids: destinationIds,
  });
  const title = `${bug.title} (${marker})`;
  const rawKey = await monitor.createKey(project);
  const report = async (fingerprint?: string) => {
    const answer = await monitor.intake(rawKey, {
      project_id: project,
      report: {
        title,
        detail: "No cart has a total any more.",
        event: "checkout.total.failed",
        component: `checkout-${marker}`,
        risk_level: riskLevel,
        excerpt: bug.trace,
        ...(fingerprint && { fingerprint }),
      },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body as { draft: { draft_id: string }; incident: { incident_id: string } };
  };
  return {
    ...{ bug, title, draftId: (await report()).draft.draft_id },
    reportAlike: async (fingerprint) => ({ incidentId: (await report(fingerprint)).incident.incident_id }),
  };
}

export async function triageOf(monitor: Monitor, draftId: string): Promise<TriageReviewWire> {
  return (await monitor.call<TriageReviewWire>("GET", `/incident-monitor/drafts/${draftId}/triage`)).body;
}

export async function reviewOf(monitor: Monitor, draftId: string): Promise<DraftReviewWire> {
  return (await monitor.call<DraftReviewWire>("GET", `/incident-monitor/drafts/${draftId}/review`)).body;
}

/** Triages over the API and waits for the end. */
export async function triaged(monitor: Monitor, draftId: string): Promise<TriageReviewWire> {
  const started = await monitor.call("POST", `/incident-monitor/drafts/${draftId}/triage-run`, {});
  expect(started.status, JSON.stringify(started.body)).toBe(200);
  await expect
    .poll(async () => (await triageOf(monitor, draftId)).run?.state, { timeout: 30_000 })
    .toMatch(/^(ready|blocked|failed|timed_out)$/);
  return triageOf(monitor, draftId);
}
