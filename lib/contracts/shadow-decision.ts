import { z } from "zod";
import { pageShape, spanShape } from "./list-query";
import { msSchema } from "./record-values";

/** What one shadow route would have done with one draft, beside what the routes in force decided. Nothing of it was sent. */
export const shadowDecisionSchema = z.object({
  shadow_decision_id: z.string(),
  draft_id: z.string(),
  incident_id: z.string(),
  project_id: z.string().optional(),
  /** The draft's, while there is one. */
  title: z.string().optional(),
  moment: z.enum(["drafted", "published"]),
  route_id: z.string(),
  route_name: z.string(),
  destination_ids: z.array(z.string()),
  approval_required: z.boolean(),
  /** No earlier route ended the search before it: at its priority it would have been asked. */
  reached: z.boolean(),
  actual: z.object({
    route_id: z.string().optional(),
    destination_ids: z.array(z.string()),
    approval_required: z.boolean(),
  }),
  /** Same destinations and same need of approval. */
  agrees: z.boolean(),
  at_ms: msSchema,
});

export const shadowRouteCountsSchema = z.object({
  route_id: z.string(),
  route_name: z.string(),
  decisions: z.int(),
  agreeing: z.int(),
  approval_required: z.int(),
});

/** `routes` counts all that match the filters, not only this page; at most 200 routes, the busiest first. */
export const shadowDecisionListSchema = z.object({
  decisions: z.array(shadowDecisionSchema),
  routes: z.array(shadowRouteCountsSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});

export const shadowDecisionListQuerySchema = z.object({
  ...pageShape,
  ...spanShape,
  route_id: z.string().max(200).optional(),
  project: z.string().max(200).optional(),
  moment: z.enum(["drafted", "published"]).optional(),
});

export type ShadowDecisionWire = z.infer<typeof shadowDecisionSchema>;
export type ShadowDecisionListWire = z.infer<typeof shadowDecisionListSchema>;
export type ShadowDecisionListQuery = z.infer<typeof shadowDecisionListQuerySchema>;
