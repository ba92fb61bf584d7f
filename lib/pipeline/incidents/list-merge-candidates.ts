import { listOfScope, type ScopeIncident } from "@/lib/db/incident-store";
import { type Comparison, mergeCandidates } from "@/lib/domain/merge-candidates";
import type { Context } from "../context";
import { requireIncident } from "./require-incident";

export type MergeCandidate = { candidate: ScopeIncident; comparison: Comparison };

/**
 * Incidents that could be merged with this one, the most alike first, each with what agrees and what differs: of the newest
 * 300 of its scope. @throws AppError not_found, forbidden
 */
export async function listMergeCandidates(ctx: Context, incidentId: string): Promise<MergeCandidate[]> {
  const incident = await requireIncident(ctx, incidentId, "read");
  const others = await listOfScope(ctx.db, incident.scopeKey, incidentId);
  return mergeCandidates(incident.identity, others);
}
