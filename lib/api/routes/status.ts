import { z } from "@hono/zod-openapi";
import { destinationTestSchema, overviewSchema, statusResponseSchema } from "@/lib/contracts/status";
import { trendQuerySchema, trendsSchema } from "@/lib/contracts/trend";
import { testDestination } from "@/lib/pipeline/publishing/test-destination";
import { getOverview } from "@/lib/pipeline/settings/get-overview";
import { getStatus } from "@/lib/pipeline/settings/get-status";
import { getTrends } from "@/lib/pipeline/settings/get-trends";
import { destinationTestToWire, overviewToWire, statusToWire } from "@/lib/wire/status";
import { trendsToWire } from "@/lib/wire/trend";
import { route } from "../route";

export const statusRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/status",
    summary: "Readiness, counts and what is wrong, computed from the present. A pure read (D-16).",
    auth: { kind: "actor", permission: "read" },
    response: statusResponseSchema,
    run: async ({ ctx }) => ({ body: { status: statusToWire(await getStatus(ctx)) } }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/status/recompute",
    summary: "The same as status: nothing is cached",
    auth: { kind: "actor", permission: "read" },
    body: z.looseObject({}),
    response: statusResponseSchema,
    run: async ({ ctx }) => ({ body: { status: statusToWire(await getStatus(ctx)) } }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/overview",
    summary: "Counts of the pipeline and what needs a person",
    auth: { kind: "actor", permission: "read" },
    response: overviewSchema,
    run: async ({ ctx }) => ({ body: overviewToWire(await getOverview(ctx)) }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/trends",
    summary: "Occurrences by source, time to decision and delivery success over 24 hours, 7 days or 30 days",
    auth: { kind: "actor", permission: "read" },
    query: trendQuerySchema,
    response: trendsSchema,
    run: async ({ ctx, query }) => ({ body: trendsToWire(await getTrends(ctx, query.window ?? "24h")) }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/destinations/{destination_id}/test",
    summary: "Send a harmless event marked as a test, under the same rules as a delivery",
    auth: { kind: "actor", permission: "testDestination" },
    body: z.looseObject({}),
    response: destinationTestSchema,
    run: async ({ ctx, params }) => ({
      body: destinationTestToWire(await testDestination(ctx, { destinationId: params.destination_id ?? "" })),
    }),
  }),
];
