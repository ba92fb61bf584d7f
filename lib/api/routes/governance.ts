import { governanceMetricsResponseSchema, governanceMetricsSchema } from "@/lib/contracts/governance";
import {
  reassessmentListSchema,
  reassessmentRunSchema,
  runReassessmentSchema,
} from "@/lib/contracts/reassessment";
import { getGovernanceMetrics } from "@/lib/pipeline/governance/get-governance-metrics";
import { listReassessments } from "@/lib/pipeline/governance/list-reassessments";
import { runReassessment } from "@/lib/pipeline/governance/run-reassessment";
import { governanceMetricsFromWire, governanceMetricsToWire } from "@/lib/wire/governance";
import { reassessmentListToWire, reassessmentRunToWire } from "@/lib/wire/reassessment";
import { adminErrors } from "../problem";
import { route } from "../route";

const prefix = "/incident-monitor/security";
/** The contract gives these the scenario packs' code (1.3). */
const adminCode = "INCIDENT_MONITOR_SCENARIO_PACKS_ADMIN_REQUIRED";
const auth = { kind: "actor", permission: "assess", adminCode } as const;

export const governanceRoutes = [
  route({
    method: "post",
    path: `${prefix}/governance-metrics`,
    summary:
      "Six rates of a window against their minimums, and how shares moved against the window before; of the projects that the caller may assess. Reads only.",
    auth,
    body: governanceMetricsSchema,
    response: governanceMetricsResponseSchema,
    errors: adminErrors(adminCode),
    run: async ({ ctx, body }) => ({
      body: governanceMetricsToWire(await getGovernanceMetrics(ctx, governanceMetricsFromWire(body))),
    }),
  }),
  route({
    method: "get",
    path: `${prefix}/reassessments`,
    summary: "When each scope is assessed again, what waits for it, and the newest 50 records",
    auth,
    response: reassessmentListSchema,
    errors: adminErrors(adminCode),
    run: async ({ ctx }) => ({ body: reassessmentListToWire(await listReassessments(ctx), ctx.nowMs) }),
  }),
  route({
    method: "post",
    path: `${prefix}/reassessments`,
    summary:
      "Assess now and keep a record of what is new, recurring and gone since the one before. Nothing but records is written.",
    auth,
    body: runReassessmentSchema,
    response: reassessmentRunSchema,
    errors: {
      ...adminErrors(adminCode),
      reassessment_scope_not_found: [404, "INCIDENT_MONITOR_REASSESSMENT_SCOPE_NOT_FOUND"],
    },
    run: async ({ ctx, body }) => ({
      body: reassessmentRunToWire(await runReassessment(ctx, { scopeKey: body.scope_key }), ctx.nowMs),
    }),
  }),
];
