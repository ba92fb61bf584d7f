import { z } from "@hono/zod-openapi";
import { recheckResponseSchema } from "@/lib/contracts/publish";
import { recheckMatch } from "@/lib/pipeline/publishing/recheck-match";
import { getDraftTriage } from "@/lib/pipeline/triage/get-draft-triage";
import { recheckResponse } from "@/lib/wire/publish";
import { publishRefusal } from "../publish-refusal";
import { route } from "../route";

const failed = "INCIDENT_MONITOR_DRAFT_RECHECK_FAILED";

export const recheckRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/recheck-match",
    summary: "Look for a match of the draft at its destination. Never delivers.",
    auth: { kind: "actor", permission: "publish" },
    body: z.looseObject({}),
    response: recheckResponseSchema,
    errors: { not_found: [400, failed], not_ready: [400, failed] },
    run: async ({ ctx, params }) => {
      const draftId = params.draft_id ?? "";
      try {
        const rechecked = await recheckMatch(ctx, { draftId });
        const { answer } = await getDraftTriage(ctx, draftId);
        return { body: recheckResponse({ ...rechecked, triage: answer.results }) };
      } catch (error) {
        throw await publishRefusal(ctx, draftId, error);
      }
    },
  }),
];
