import { z } from "@hono/zod-openapi";
import { notAvailableSchema } from "@/lib/contracts/not-available";
import { triageSummaryInputSchema } from "@/lib/contracts/triage";
import { AppError } from "@/lib/pipeline/errors";
import { createIssueDraft } from "@/lib/pipeline/triage/create-issue-draft";
import { createTriageRun } from "@/lib/pipeline/triage/create-triage-run";
import { createTriageSummary } from "@/lib/pipeline/triage/create-triage-summary";
import { replayIncident } from "@/lib/pipeline/triage/replay-incident";
import { route } from "../route";

const ignored = z.looseObject({});
const later = {
  auth: { kind: "actor", permission: "triage" },
  response: notAvailableSchema,
  notAvailable: true,
} as const;

/** Triage comes with a later version: these refuse what can be refused today in the contract's words, then say so. */
export const triageRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/incidents/{incident_id}/replay",
    summary: "Triage the incident's draft again (not available yet)",
    body: ignored,
    ...later,
    errors: { draft_denied: [400, "INCIDENT_MONITOR_INCIDENT_REPLAY_FAILED"] },
    run: ({ ctx, params }) => replayIncident(ctx, { incidentId: params.incident_id ?? "" }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/triage-run",
    summary: "Start triage of a draft (not available yet)",
    body: ignored,
    ...later,
    errors: {
      not_found: [404, "INCIDENT_MONITOR_TRIAGE_RUN_CREATE_FAILED"],
      draft_denied: [409, "INCIDENT_MONITOR_TRIAGE_RUN_CREATE_FAILED"],
    },
    run: ({ ctx, params }) => createTriageRun(ctx, { draftId: params.draft_id ?? "" }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/triage-summary",
    summary: "Give a draft's triage run its summary (not available yet)",
    body: triageSummaryInputSchema,
    ...later,
    run: ({ ctx, params }) => createTriageSummary(ctx, { draftId: params.draft_id ?? "" }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/issue-draft",
    summary: "Write the issue a draft would become (not available yet)",
    body: ignored,
    ...later,
    errors: { not_found: [400, "INCIDENT_MONITOR_ISSUE_DRAFT_FAILED"] },
    run: ({ ctx, params }) =>
      createIssueDraft(ctx, { draftId: params.draft_id ?? "" }).catch((error: unknown) => {
        throw withIssueKeys(error);
      }),
  }),
];

/** The contract's keys beside the refusal of an issue draft (4.11); of a draft that does not exist all are null. */
function withIssueKeys(error: unknown): unknown {
  if (!(error instanceof AppError) || error.kind !== "not_found") return error;
  return new AppError(error.kind, error.reason, error.message, {
    ...error.context,
    draft: null,
    proposal_quality_gate: null,
    proposal_quality_gate_artifact: null,
  });
}
