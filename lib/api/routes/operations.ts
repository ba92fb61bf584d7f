import { z } from "@hono/zod-openapi";
import { currentProcess } from "@/lib/auth/process";
import { sessionSchema } from "@/lib/contracts/status";
import { renderMetrics } from "@/lib/metrics";
import { authorize } from "@/lib/pipeline/authorize";
import { checkHealth } from "@/lib/pipeline/settings/check-health";
import { sessionToWire } from "@/lib/wire/session";
import { route } from "../route";

export const operationRoutes = [
  route({
    method: "get",
    path: "/global/health",
    summary: "Is the engine up and its database reachable? Needs no credential.",
    auth: { kind: "public" },
    response: z.object({ ready: z.boolean(), healthy: z.boolean(), version: z.string() }),
    run: async () => {
      const ready = await checkHealth(currentProcess().db);
      return { body: { ready, healthy: ready, version: "0.1.0" } };
    },
  }),
  route({
    method: "get",
    path: "/metrics",
    summary: "Counters in the Prometheus text format",
    auth: { kind: "actor", permission: "configure" },
    response: z.string(),
    contentType: "text/plain",
    run: async ({ ctx }) => {
      await authorize(ctx, "configure", { kind: "metrics", id: "metrics" });
      const { contentType, text } = await renderMetrics();
      return new Response(text, { headers: { "content-type": contentType } });
    },
  }),
  route({
    method: "get",
    path: "/incident-monitor/session",
    summary: "Who is calling and what they may do",
    auth: { kind: "actor", permission: "read" },
    response: sessionSchema,
    run: async ({ ctx }) => ({ body: sessionToWire(ctx.actor) }),
  }),
];
