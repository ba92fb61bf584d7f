import { z } from "zod";

export const routeLintCodeSchema = z.enum([
  "route_unreachable",
  "route_shadowed",
  "approval_weaker",
  "no_default",
  "route_sends_nowhere",
  "destination_unknown",
  "destination_disabled",
  "destination_unused",
  "source_reaches_nothing",
  "order_ambiguous",
  "name_ambiguous",
  "priority_shared",
  "window_never_opens",
  "project_unknown",
  "source_kind_unknown",
]);

/**
 * One thing about the routing table that its author hardly meant. `error`: something asked for cannot happen; `warning`: it
 * does not do what it says; `info`: worth knowing. `path` as in the issues of a save.
 */
export const routeFindingSchema = z.object({
  code: routeLintCodeSchema,
  severity: z.enum(["error", "warning", "info"]),
  path: z.string(),
  message: z.string(),
  route_id: z.string().optional(),
  /** The route that stands in its way, or that it is confused with. */
  other_route_id: z.string().optional(),
  destination_id: z.string().optional(),
  project_id: z.string().optional(),
  source_id: z.string().optional(),
});

export const routeLintSchema = z.object({ findings: z.array(routeFindingSchema), count: z.int() });

export type RouteFindingWire = z.infer<typeof routeFindingSchema>;
export type RouteLintWire = z.infer<typeof routeLintSchema>;
