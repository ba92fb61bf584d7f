import {
  decisionSchema,
  draftListQuerySchema,
  draftListSchema,
  draftResponseSchema,
  publishRequestSchema,
} from "@/lib/contracts/draft";
import { approveResponseSchema, denyResponseSchema, publishResponseSchema } from "@/lib/contracts/publish";
import { draftReviewSchema } from "@/lib/contracts/review";
import { approveAndWait } from "@/lib/pipeline/drafts/approve-and-wait";
import { denyDraft } from "@/lib/pipeline/drafts/deny-draft";
import { getDraft } from "@/lib/pipeline/drafts/get-draft";
import { getDraftReview } from "@/lib/pipeline/drafts/get-draft-review";
import { listDrafts } from "@/lib/pipeline/drafts/list-drafts";
import { publishAndWait } from "@/lib/pipeline/publishing/publish-and-wait";
import { getDraftTriage } from "@/lib/pipeline/triage/get-draft-triage";
import { draftListToWire, draftToWire, listDraftsFromQuery } from "@/lib/wire/draft";
import { approveResponse, publishInputFromWire, publishResponse } from "@/lib/wire/publish";
import { draftReviewToWire } from "@/lib/wire/review";
import type { RouteErrors } from "../problem";
import { publishRefusal } from "../publish-refusal";
import { route } from "../route";

export const decisionErrors: RouteErrors = {
  draft_not_pending_approval: [409, "INCIDENT_MONITOR_DRAFT_NOT_PENDING_APPROVAL"],
  decided_meanwhile: [409, "INCIDENT_MONITOR_DRAFT_NOT_PENDING_APPROVAL"],
  draft_changed: [409, "INCIDENT_MONITOR_DRAFT_CHANGED"],
  reason_required: [400, "INCIDENT_MONITOR_REASON_REQUIRED"],
  invalid: [400, "INCIDENT_MONITOR_DRAFT_UPDATE_FAILED"],
};

const publishErrors: RouteErrors = {
  not_found: [400, "INCIDENT_MONITOR_DRAFT_PUBLISH_FAILED"],
  not_ready: [400, "INCIDENT_MONITOR_DRAFT_PUBLISH_FAILED"],
  conflict: [400, "INCIDENT_MONITOR_DRAFT_PUBLISH_FAILED"],
};

export const draftRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/drafts",
    summary: "Drafts, newest first unless `sort` says otherwise",
    auth: { kind: "actor", permission: "read" },
    query: draftListQuerySchema,
    response: draftListSchema,
    run: async ({ ctx, query }) => {
      return { body: draftListToWire(await listDrafts(ctx, listDraftsFromQuery(query))) };
    },
  }),
  route({
    method: "get",
    path: "/incident-monitor/drafts/{draft_id}",
    summary: "One draft",
    auth: { kind: "actor", permission: "read" },
    response: draftResponseSchema,
    errorsWithout: ["draft_id"],
    run: async ({ ctx, params }) => ({
      body: { draft: draftToWire(await getDraft(ctx, params.draft_id ?? "")) },
    }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/drafts/{draft_id}/review",
    summary:
      "What a reviewer decides on: the exact payload per destination, the route, the rule and the allowed actions",
    auth: { kind: "actor", permission: "read" },
    response: draftReviewSchema,
    run: async ({ ctx, params }) => ({
      body: draftReviewToWire(await getDraftReview(ctx, params.draft_id ?? "")),
    }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/approve",
    summary:
      "Freeze what would leave and open the gate for it. Sends nothing unless publish_on_approval is on (D-05).",
    auth: { kind: "actor", permission: "decide" },
    body: decisionSchema,
    response: approveResponseSchema,
    errors: decisionErrors,
    run: async ({ ctx, params, body }) => {
      const approved = await approveAndWait(ctx, {
        draftId: params.draft_id ?? "",
        reason: body.reason,
        destinationIds: body.destination_ids,
        digest: body.digest,
        expiresInMs: body.expires_in_ms,
        graceMs: body.grace_ms,
      });
      const { answer } = await getDraftTriage(ctx, params.draft_id ?? "");
      return { body: approveResponse({ ...approved, triage: answer.results }) };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/deny",
    summary: "Close the gate for good",
    auth: { kind: "actor", permission: "decide" },
    body: decisionSchema,
    response: denyResponseSchema,
    errors: decisionErrors,
    run: async ({ ctx, params, body }) => {
      const denied = await denyDraft(ctx, { draftId: params.draft_id ?? "", reason: body.reason });
      return { body: { ok: true, draft: draftToWire(await getDraft(ctx, denied.draftId)) } };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/publish",
    summary:
      "Queue one delivery per destination and wait up to 10 s for their receipts (D-09); with a grace, answer at once: it can be undone until it leaves",
    auth: { kind: "actor", permission: "publish" },
    body: publishRequestSchema,
    response: publishResponseSchema,
    errors: publishErrors,
    run: async ({ ctx, params, body }) => {
      const draftId = params.draft_id ?? "";
      try {
        const input = { draftId, destinationIds: publishInputFromWire(body), graceMs: body.grace_ms };
        const published = await publishAndWait(ctx, input);
        const { answer } = await getDraftTriage(ctx, draftId);
        return { body: publishResponse({ ...published, triage: answer.results }) };
      } catch (error) {
        throw await publishRefusal(ctx, draftId, error);
      }
    },
  }),
];
