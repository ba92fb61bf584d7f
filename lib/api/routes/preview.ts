import { routePreviewRequestSchema, routePreviewSchema } from "@/lib/contracts/route-preview";
import { previewRoute } from "@/lib/pipeline/routing/preview-route";
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
];
