import { routeLintSchema } from "@/lib/contracts/route-lint";
import { routePreviewRequestSchema, routePreviewSchema } from "@/lib/contracts/route-preview";
import { getRouteLint } from "@/lib/pipeline/routing/get-route-lint";
import { previewRoute } from "@/lib/pipeline/routing/preview-route";
import { routeLintToWire } from "@/lib/wire/route-lint";
import { routePreviewFromWire, routePreviewToWire } from "@/lib/wire/route-preview";
import { route } from "../route";

export const previewRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/route-preview",
    summary: "Where a record would go, why, and whether a person must approve. Never writes.",
    auth: { kind: "actor", permission: "read" },
    body: routePreviewRequestSchema,
    response: routePreviewSchema,
    run: async ({ ctx, body }) => ({
      body: routePreviewToWire(await previewRoute(ctx, routePreviewFromWire(body))),
    }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/route-lint",
    summary:
      "What the routing table does that its author hardly meant: routes never reached, sources that reach nothing, and more.",
    auth: { kind: "actor", permission: "read" },
    response: routeLintSchema,
    run: async ({ ctx }) => ({ body: routeLintToWire(await getRouteLint(ctx)) }),
  }),
];
