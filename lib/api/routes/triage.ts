import { z } from "@hono/zod-openapi";
import { triageSummaryInputSchema } from "@/lib/contracts/triage";
import { createTriageRunSchema } from "@/lib/contracts/triage-agent";
import { triageReviewSchema } from "@/lib/contracts/triage-review";
import {
  issueDraftResponseSchema,
  replayIncidentResponseSchema,
  triageRunResponseSchema,
  triageSummaryResponseSchema,
} from "@/lib/contracts/triage-run";
import { createIssueDraft } from "@/lib/pipeline/triage/create-issue-draft";
import { createTriageRun } from "@/lib/pipeline/triage/create-triage-run";
import { createTriageSummary } from "@/lib/pipeline/triage/create-triage-summary";
import { getTriageReview } from "@/lib/pipeline/triage/get-triage-review";
import { replayIncident } from "@/lib/pipeline/triage/replay-incident";
import { summaryInputFromWire } from "@/lib/wire/triage";
import { memoryToWire } from "@/lib/wire/triage-memory";
import { triageReviewToWire } from "@/lib/wire/triage-review";
import {
  issueDraftResponse,
  replayIncidentResponse,
  triageRunResponse,
  triageSummaryResponse,
} from "@/lib/wire/triage-run";
import { route } from "../route";
import { keptWithoutIssueDraft, refusedIssueDraft } from "../triage-refusal";

const ignored = z.looseObject({});
const auth = { kind: "actor", permission: "triage" } as const;
const issueDraftFailed = "INCIDENT_MONITOR_ISSUE_DRAFT_FAILED";

export const triageRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/drafts/{draft_id}/triage",
    summary:
      "A draft's newest triage run: how far it is, what it found and came to, and what you may do with it",
    auth: { kind: "actor", permission: "read" },
    response: triageReviewSchema,
    errorsWithout: ["draft_id"],
    run: async ({ ctx, params }) => ({
      body: triageReviewToWire(await getTriageReview(ctx, params.draft_id ?? "")),
    }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/incidents/{incident_id}/replay",
    summary: "Triage the incident's draft again; a run under way goes on",
    auth,
    body: ignored,
    response: replayIncidentResponseSchema,
    errors: { draft_denied: [400, "INCIDENT_MONITOR_INCIDENT_REPLAY_FAILED"] },
    run: async ({ ctx, params }) => {
      const { answer, ...replayed } = await replayIncident(ctx, { incidentId: params.incident_id ?? "" });
      return { body: replayIncidentResponse({ ...replayed, run: answer.run, results: answer.results }) };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/triage-run",
    summary: "Put a draft under triage; a run under way is answered as it is. Publishes nothing.",
    auth,
    body: createTriageRunSchema,
    response: triageRunResponseSchema,
    errors: {
      not_found: [404, "INCIDENT_MONITOR_TRIAGE_RUN_CREATE_FAILED"],
      conflict: [409, "INCIDENT_MONITOR_TRIAGE_RUN_CREATE_FAILED"],
    },
    run: async ({ ctx, params, body }) => {
      const { answer, ...created } = await createTriageRun(ctx, {
        draftId: params.draft_id ?? "",
        executor: body.executor ?? undefined,
      });
      return { body: triageRunResponse({ ...created, run: answer.run, results: answer.results }) };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/triage-summary",
    summary:
      "Write over what triage found, or have it summarised again ({}); a run under way is waited for, at most 10 s",
    auth,
    body: triageSummaryInputSchema,
    redacts: "verb",
    response: triageSummaryResponseSchema,
    errors: {
      triage_requires_run: [409, "INCIDENT_MONITOR_TRIAGE_SUMMARY_REQUIRES_RUN"],
      conflict: [400, "INCIDENT_MONITOR_TRIAGE_SUMMARY_DRAFT_UPDATE_FAILED"],
      issue_draft_blocked: [400, "INCIDENT_MONITOR_TRIAGE_SUMMARY_ISSUE_DRAFT_FAILED"],
    },
    run: async ({ ctx, params, body }) => {
      const written = await createTriageSummary(ctx, {
        draftId: params.draft_id ?? "",
        summary: summaryInputFromWire(body),
      });
      const { summary, issueDraft } = written.answer.results;
      if (!summary || !issueDraft) throw keptWithoutIssueDraft(written);
      return {
        body: triageSummaryResponse({
          ...{ draft: written.draft, summary, issueDraft, results: written.answer.results },
          failurePatternMemory: written.pattern && memoryToWire(written.pattern),
          regressionSignalMemory: written.regression && memoryToWire(written.regression),
        }),
      };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/issue-draft",
    summary: "Make the issue a draft would become, again, from what its newest run has to say",
    auth,
    body: ignored,
    response: issueDraftResponseSchema,
    errors: {
      not_found: [400, issueDraftFailed],
      conflict: [400, issueDraftFailed],
      not_ready: [400, issueDraftFailed],
    },
    run: async ({ ctx, params }) => {
      const draftId = params.draft_id ?? "";
      try {
        const { draft, answer } = await createIssueDraft(ctx, { draftId });
        const { issueDraft } = answer.results;
        if (!issueDraft) throw new Error("an issue draft that passed its gate is there");
        return { body: issueDraftResponse({ draft, results: { ...answer.results, issueDraft } }) };
      } catch (error) {
        throw await refusedIssueDraft(ctx, draftId, error);
      }
    },
  }),
];
