import { shadowDecisionListQuerySchema, shadowDecisionListSchema } from "@/lib/contracts/shadow-decision";
import { listShadowDecisions } from "@/lib/pipeline/routing/list-shadow-decisions";
import { listShadowDecisionsFromQuery, shadowDecisionListToWire } from "@/lib/wire/shadow-decision";
import { route } from "../route";

export const shadowDecisionRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/shadow-decisions",
    summary:
      "What shadow routes would have sent, beside what was decided; newest first. Counts for each route over all that match.",
    auth: { kind: "actor", permission: "read" },
    query: shadowDecisionListQuerySchema,
    response: shadowDecisionListSchema,
    run: async ({ ctx, query }) => ({
      body: shadowDecisionListToWire(await listShadowDecisions(ctx, listShadowDecisionsFromQuery(query))),
    }),
  }),
];
