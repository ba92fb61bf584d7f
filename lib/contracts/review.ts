import { z } from "zod";
import { breakGlassUseSchema } from "./break-glass";
import { approvalPolicySchema, conditionCodeSchema, conditionOpSchema } from "./config-values";
import { approvalSchema, draftSchema, textChangeSchema } from "./draft";
import { postSchema } from "./post";
import { kindSchema, msSchema, reasonSchema } from "./record-values";

/** What a payload would be for one destination, exactly; `digest` is what an approval binds. */
export const payloadPreviewSchema = z.object({
  operation: z.string(),
  target_ref: z.string(),
  digest: z.string(),
  byte_length: z.int(),
  /** The canonical content as pretty JSON. The delivery adds its id, idempotency key and time. */
  raw: z.string(),
  rendered: z.object({
    title: z.string(),
    sections: z.array(z.object({ heading: z.string(), text: z.string(), code: z.boolean().optional() })),
  }),
});

export const destinationReviewSchema = z.object({
  destination_id: z.string(),
  name: z.string(),
  kind: kindSchema,
  /** Chosen by the winning route or the defaults. */
  effective: z.boolean(),
  /** Allowed by the source's binding. */
  allowed: z.boolean(),
  ready: z.boolean(),
  missing: z.array(reasonSchema),
  /** The approval in force covers this destination's payload as it is now. */
  covered: z.boolean(),
  payload: payloadPreviewSchema.optional(),
  render_error: reasonSchema.optional(),
  /** The newest delivery to this destination. */
  post: postSchema.optional(),
  /** What was last sent there about the same failure, and what would read differently now; `changes` is empty for the same. */
  sent_before: z
    .object({
      post_id: z.string(),
      draft_id: z.string(),
      sent_at_ms: msSchema,
      external_url: z.string().optional(),
      changes: z.array(textChangeSchema),
    })
    .optional(),
});

export const routeTraceSchema = z.object({
  route_id: z.string(),
  route_name: z.string(),
  enabled: z.boolean(),
  /** `joined`: matched after routes that all say `continue`, and adds its destinations. */
  outcome: z.enum(["won", "joined", "matched_later", "shadow", "not_matched", "disabled"]),
  shadow: z.boolean(),
  continues: z.boolean(),
  conditions: z.array(
    z.object({
      /** A field's name, or `active_windows`. */
      condition: z.string(),
      op: z.enum([...conditionOpSchema.options, "within"]),
      negated: z.boolean(),
      wants: z.array(z.string()),
      code: conditionCodeSchema,
      has: z.string().optional(),
      matched: z.boolean(),
    }),
  ),
});

/** What a shadow route would have sent; `reached`: no earlier route ended the search before it. */
export const shadowRouteSchema = z.object({
  route_id: z.string(),
  route_name: z.string(),
  destination_ids: z.array(z.string()),
  approval_policy: approvalPolicySchema,
  reason: z.string(),
  reached: z.boolean(),
});

const actionSchema = z.object({
  allowed: z.boolean(),
  /** Why not, and what unlocks it. */
  reason: z.string().optional(),
});

/** One setting that names who may approve: `count` of `people`, of whom `missing` have not said so yet. */
export const namedApproversSchema = z.object({
  because: reasonSchema,
  count: z.int(),
  missing: z.int(),
  people: z.array(
    z.object({
      user_id: z.string(),
      name: z.string(),
      approved: z.boolean(),
      /** Anything but `may`: an approval of theirs cannot be given, and why. */
      standing: z.enum(["may", "disabled", "gone", "not_entitled", "author"]),
    }),
  ),
});

/** Everything a reviewer decides on, for the caller's role, at one moment (beyond the contract). Never writes. */
export const draftReviewSchema = z.object({
  draft: draftSchema,
  approval: z.object({
    required: z.boolean(),
    high_risk: z.boolean(),
    because: z.array(reasonSchema),
    ttl_ms: msSchema,
    binding: z.enum(["content", "draft"]),
    /** In force now, if any. */
    active: approvalSchema.optional(),
    /** What changed since it was given, when that voids it at the next publish. */
    changes: z.array(reasonSchema),
    history: z.array(approvalSchema),
    /** How far approving has come. `needed` is 0 where nobody must approve. */
    quorum: z.object({
      needed: z.int(),
      missing: z.int(),
      /** Those that stand and count, the oldest first. */
      counted: z.array(approvalSchema),
      /** Those that stand of what would no longer leave: the next decision voids them. */
      outdated: z.array(approvalSchema),
      /** What the approvals that stand cover; whoever adds theirs covers the same. */
      destination_ids: z.array(z.string()).optional(),
      ends_at_ms: msSchema.optional(),
      /** Only people who are signed in count, no token. */
      people_only: z.boolean(),
      /** Why its author may not approve it; empty where they may. */
      author_may_not: z.array(reasonSchema),
      /** Why an approver proves again who they are; empty where they need not. */
      step_up: z.array(reasonSchema),
      /** Settings that name who may approve, each met by its own people alone; empty where anybody who may decide may. */
      named: z.array(namedApproversSchema),
      /** Why those who are named cannot open the gate as things are, and what would help. */
      unreachable: z.array(reasonSchema),
    }),
    /** The newest time that somebody broke the glass for this draft. */
    break_glass: breakGlassUseSchema.optional(),
  }),
  route: z.object({
    route_id: z.string().optional(),
    route_name: z.string().optional(),
    reason: z.string(),
    risk_level: z.string().optional(),
    default_destination_ids: z.array(z.string()),
    effective_destination_ids: z.array(z.string()),
    blocked: z.array(reasonSchema),
    /** The winner and the routes that joined it; empty when the defaults decide. */
    contributing_route_ids: z.array(z.string()),
    shadow: z.array(shadowRouteSchema),
    trace: z.array(routeTraceSchema),
  }),
  destinations: z.array(destinationReviewSchema),
  /** Over the draft, the effective destinations, their payloads and the policy: send it back when approving. */
  digest: z.string(),
  policy_version: z.string(),
  actions: z.object({
    approve: actionSchema,
    deny: actionSchema,
    publish: actionSchema,
    withdraw: actionSchema,
    /** `overrides`: the rules it would go around. */
    break_glass: actionSchema.extend({ overrides: z.array(reasonSchema) }),
  }),
  /** The caller must prove again that it is them before this action (POST /incident-monitor/account/step-up). */
  step_up_due: z.object({ approve: z.boolean(), break_glass: z.boolean() }),
  publish_on_approval: z.boolean(),
});

export type DraftReviewWire = z.infer<typeof draftReviewSchema>;
export type DestinationReviewWire = z.infer<typeof destinationReviewSchema>;
export type ShadowRouteWire = z.infer<typeof shadowRouteSchema>;
export type RouteTraceWire = z.infer<typeof routeTraceSchema>;
