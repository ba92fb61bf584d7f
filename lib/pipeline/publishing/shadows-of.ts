import { type ShadowDecision, shadowDecisions } from "@/lib/domain/shadow";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import type { Publication } from "./prepare-publication";

/** What the shadow routes would have done with a draft at the moment it is published, for the record. */
export function shadowsOf(ctx: Context, publication: Publication): ShadowDecision[] {
  const { draft, decision, routeContext: context, config } = publication;
  const { draftId, incidentId } = draft;
  const named = { draftId, incidentId, projectId: draft.content.projectId };
  const found = shadowDecisions(named, { decision, context, config }, "published", ctx.nowMs);
  return found.map((each) => ({ ...each, shadowDecisionId: newId.shadowDecision() }));
}
