import { findDraft } from "@/lib/db/draft-store";
import type { Incident } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { getIncident } from "../incidents/get-incident";
import type { CreatedTriageRun } from "./create-triage-run";
import { ensureTriageRun } from "./ensure-triage-run";
import { readTriageAnswer } from "./read-triage-answer";

export type ReplayedIncident = CreatedTriageRun & {
  /** As it was before. */
  incident: Incident;
};

/**
 * Triages an incident's draft again; a live run goes on. Approval is neither asked for nor given by it.
 *
 * @throws AppError not_found `incident_not_found`, forbidden, conflict `incident_no_draft`, invalid `draft_denied`.
 */
export async function replayIncident(ctx: Context, input: { incidentId: string }): Promise<ReplayedIncident> {
  const incident = await getIncident(ctx, input.incidentId);
  const context = { incident_id: incident.incidentId };
  await authorize(ctx, "triage", {
    kind: "incident",
    id: incident.incidentId,
    projectId: incident.projectId,
  });
  const draft = incident.draftId ? await findDraft(ctx.db, incident.draftId) : null;
  if (!draft) throw new AppError("conflict", "incident_no_draft", "The incident has no draft", context);
  const denied = new AppError("invalid", "draft_denied", "The incident's draft was denied", context);
  if (draft.approval === "denied") throw denied;
  try {
    const ensured = await ensureTriageRun(ctx, draft, { trigger: "replay" });
    return { incident, ...ensured, answer: await readTriageAnswer(ctx, ensured.draft, ensured.run) };
  } catch (error) {
    if (error instanceof AppError && error.reason === "draft_denied") throw denied;
    throw error;
  }
}
