import { z } from "@hono/zod-openapi";
import { notAvailableSchema } from "@/lib/contracts/not-available";
import { replayLogSource } from "@/lib/pipeline/sources/replay-log-source";
import { resetLogSource } from "@/lib/pipeline/sources/reset-log-source";
import { route } from "../route";

const prefix = "/incident-monitor/log-sources/{project_id}/{source_id}";
const later = {
  auth: { kind: "actor", permission: "configure" },
  body: z.looseObject({}),
  response: notAvailableSchema,
  notAvailable: true,
} as const;
const sourceOf = (params: Record<string, string>) => ({
  projectId: params.project_id ?? "",
  sourceId: params.source_id ?? "",
});

export const logSourceRoutes = [
  route({
    method: "post",
    path: `${prefix}/reset-offset`,
    summary: "Read a log source from its beginning again (not available yet)",
    ...later,
    run: ({ ctx, params }) => resetLogSource(ctx, sourceOf(params)),
  }),
  route({
    method: "post",
    path: `${prefix}/replay-latest`,
    summary: "Submit the newest candidate of a log source again (not available yet)",
    ...later,
    run: ({ ctx, params }) => replayLogSource(ctx, sourceOf(params)),
  }),
];
