import { z } from "@hono/zod-openapi";
import {
  groupingApplySchema,
  groupingPreviewSchema,
  groupingRequestSchema,
  groupingRuleListSchema,
  groupingRuleResponseSchema,
} from "@/lib/contracts/grouping";
import { applyGrouping } from "@/lib/pipeline/grouping/apply-grouping";
import { listGroupingRules } from "@/lib/pipeline/grouping/list-grouping-rules";
import { previewGrouping } from "@/lib/pipeline/grouping/preview-grouping";
import { undoGrouping } from "@/lib/pipeline/grouping/undo-grouping";
import {
  groupingApplyFromWire,
  groupingFromWire,
  groupingPreviewToWire,
  groupingRuleToWire,
} from "@/lib/wire/grouping";
import { route } from "../route";

const base = "/incident-monitor/grouping-rules";

export const groupingRuleRoutes = [
  route({
    method: "get",
    path: base,
    summary: "Rules by which sightings are grouped, and splits; newest first, at most 200, undone ones too",
    auth: { kind: "actor", permission: "read" },
    response: groupingRuleListSchema,
    run: async ({ ctx }) => {
      const rules = (await listGroupingRules(ctx)).map(groupingRuleToWire);
      return { body: { rules, count: rules.length } };
    },
  }),
  route({
    method: "post",
    path: base,
    summary: "Group by one more rule from now on; incidents go on under it, or are merged. Undone by undo.",
    auth: { kind: "actor", permission: "configure" },
    body: groupingApplySchema,
    response: groupingRuleResponseSchema,
    run: async ({ ctx, body }) => ({
      body: { rule: groupingRuleToWire(await applyGrouping(ctx, groupingApplyFromWire(body))) },
    }),
  }),
  route({
    method: "post",
    path: `${base}/preview`,
    summary: "What a rule would merge or split among the project's incidents as they are. Writes nothing.",
    auth: { kind: "actor", permission: "read" },
    body: groupingRequestSchema,
    response: groupingPreviewSchema,
    run: async ({ ctx, body }) => ({
      body: groupingPreviewToWire(await previewGrouping(ctx, groupingFromWire(body))),
    }),
  }),
  route({
    method: "post",
    path: `${base}/{rule_id}/undo`,
    summary:
      "Take a rule or a split back: incidents get the identity they had, what was merged shows itself again",
    auth: { kind: "actor", permission: "decide" },
    body: z.looseObject({}),
    response: groupingRuleResponseSchema,
    run: async ({ ctx, params }) => ({
      body: { rule: groupingRuleToWire(await undoGrouping(ctx, params.rule_id ?? "")) },
    }),
  }),
];
