import { z } from "@hono/zod-openapi";
import { notAvailableSchema } from "@/lib/contracts/not-available";
import {
  assessmentProbesSchema,
  assessmentReportSchema,
  deploymentCardsSchema,
  governanceMetricsSchema,
  postureQuerySchema,
  scenarioRunSchema,
} from "@/lib/contracts/security";
import { assessSecurity, type SecurityCall } from "@/lib/pipeline/governance/assess-security";
import { adminErrors } from "../problem";
import { type ApiRoute, route } from "../route";

const prefix = "/incident-monitor/security";
const later = { response: notAvailableSchema, notAvailable: true } as const;

/** An admin-guarded call (contract 1.3): a scoped key's header is 403 even beside a valid token. */
function guarded(
  method: "get" | "post",
  name: string,
  call: SecurityCall,
  code: string,
  body?: z.ZodType,
): ApiRoute {
  const adminCode = `INCIDENT_MONITOR_${code}_ADMIN_REQUIRED`;
  return route({
    method,
    path: `${prefix}/${name}`,
    summary: `Security: ${name.replaceAll("-", " ")} (not available yet)`,
    auth: { kind: "actor", permission: "configure", adminCode },
    body,
    ...later,
    errors: adminErrors(adminCode),
    run: ({ ctx }) => assessSecurity(ctx, call),
  });
}

/** The security layer comes with a later version: identity and shapes are checked, then the answer is 501. */
export const securityRoutes = [
  route({
    method: "get",
    path: `${prefix}/authority-inventory`,
    summary: "What may act here, and on what (not available yet)",
    auth: { kind: "actor", permission: "read" },
    ...later,
    run: ({ ctx }) => assessSecurity(ctx, "authority_inventory"),
  }),
  route({
    method: "get",
    path: `${prefix}/posture-checks`,
    summary: "Rules over the authority inventory (not available yet)",
    auth: { kind: "actor", permission: "read" },
    query: postureQuerySchema,
    ...later,
    run: ({ ctx }) => assessSecurity(ctx, "posture_checks"),
  }),
  guarded("post", "assessment-probes", "assessment_probes", "ASSESSMENT_PROBES", assessmentProbesSchema),
  guarded("post", "assessment-report", "assessment_report", "ASSESSMENT_REPORT", assessmentReportSchema),
  guarded("post", "deployment-cards", "deployment_cards", "DEPLOYMENT_CARDS", deploymentCardsSchema),
  guarded("get", "scenario-packs", "scenario_packs", "SCENARIO_PACKS"),
  guarded("post", "scenario-packs", "scenario_packs", "SCENARIO_PACKS", scenarioRunSchema),
  // The contract gives these two the scenario packs' code (1.3).
  guarded("post", "governance-metrics", "governance_metrics", "SCENARIO_PACKS", governanceMetricsSchema),
  guarded("get", "reassessments", "reassessments", "SCENARIO_PACKS"),
  guarded("post", "reassessments", "reassessments", "SCENARIO_PACKS", z.looseObject({})),
];
