import { findDraft } from "@/lib/db/draft-store";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { getIncident } from "../incidents/get-incident";
import { notAvailable } from "../not-available";

/**
 * Triages an incident's draft again, past the approval gate. There is no triage in this version: what can be refused
 * today is refused for its own reason, everything else as not available.
 *
 * @throws AppError not_found `incident_not_found`, forbidden, conflict `incident_no_draft`, invalid `draft_denied`,
 * not_available.
 */
export async function replayIncident(ctx: Context, input: { incidentId: string }): Promise<never> {
  const incident = await getIncident(ctx, input.incidentId);
  const context = { incident_id: incident.incidentId };
  await authorize(ctx, "triage", {
    kind: "incident",
    id: incident.incidentId,
    projectId: incident.projectId,
  });
  const draft = incident.draftId ? await findDraft(ctx.db, incident.draftId) : null;
  if (!draft) throw new AppError("conflict", "incident_no_draft", "The incident has no draft", context);
  if (draft.approval === "denied") {
    throw new AppError("invalid", "draft_denied", "The incident's draft was denied", context);
  }
  throw notAvailable("triage", context);
}
