import { z } from "zod";
import { destinationSchema } from "./config";
import { msSchema, reasonSchema } from "./record-values";
import { submissionSchema } from "./report";
import { namedApproversSchema, payloadPreviewSchema, routeTraceSchema, shadowRouteSchema } from "./review";
import { destinationReadinessSchema, sourceReadinessSchema } from "./status";

const scalar = z.string().max(1_000).nullish();

/** All optional; `{}` is valid (contract 4.4). The last six are beyond the contract; `at_ms`: decide for then, not now. */
export const routePreviewRequestSchema = z.object({
  draft_id: scalar,
  incident_id: scalar,
  report: submissionSchema.nullish(),
  event_type: scalar,
  source: scalar,
  component: scalar,
  risk_level: scalar,
  risk_category: scalar,
  confidence: scalar,
  expected_destination: scalar,
  project_id: scalar,
  log_source_id: scalar,
  route_tags: z.array(z.string().max(200)).max(200).nullish(),
  destination_ids: z.array(z.string().max(200)).max(200).nullish(),
  title: scalar,
  level: scalar,
  repo: scalar,
  provenance: scalar,
  occurrence_count: z.int().positive().nullish(),
  at_ms: msSchema.max(8.64e15).nullish(),
});

/** RoutePreviewResponse (contract 5.6), at top level. What follows `blocked_codes` and that itself are beyond the contract. */
export const routePreviewSchema = z.object({
  matches: z.array(
    z.object({
      route_id: z.string().optional(),
      route_name: z.string().optional(),
      destination_ids: z.array(z.string()),
      approval_required: z.boolean(),
      reason: z.string().optional(),
    }),
  ),
  destinations: z.array(destinationSchema),
  readiness: z.array(destinationReadinessSchema),
  source_readiness: z.array(sourceReadinessSchema),
  source_readiness_warnings: z.array(z.string()),
  default_destination_ids: z.array(z.string()),
  effective_destination_ids: z.array(z.string()),
  approval_required: z.boolean(),
  blocked: z.boolean(),
  blocked_reasons: z.array(z.string()),
  blocked_codes: z.array(z.string()),
  approval: z.object({
    required: z.boolean(),
    high_risk: z.boolean(),
    because: z.array(reasonSchema),
    /** How many different people must approve; 0 where nobody must. */
    count: z.int(),
    /** Only people who are signed in count, no token. */
    people_only: z.boolean(),
    /** Settings that name who may approve; empty where anybody who may approve there may. */
    named: z.array(namedApproversSchema),
    /** Why those who are named cannot open the gate as things are, and what would help. */
    unreachable: z.array(reasonSchema),
  }),
  /** The winner and the routes that joined it by `continue`; empty when the defaults decide. */
  contributing_route_ids: z.array(z.string()),
  shadow: z.array(shadowRouteSchema),
  trace: z.array(routeTraceSchema),
  /** What each effective destination would get of the draft, the incident's draft or the report; none for single facts. */
  payloads: z.array(
    z.object({
      destination_id: z.string(),
      payload: payloadPreviewSchema.optional(),
      render_error: reasonSchema.optional(),
    }),
  ),
});

export type RoutePreviewRequestWire = z.infer<typeof routePreviewRequestSchema>;
export type RoutePreviewWire = z.infer<typeof routePreviewSchema>;
export type DestinationReadinessWire = z.infer<typeof destinationReadinessSchema>;
