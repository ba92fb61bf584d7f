import type { ApprovalPolicy, Destination, MonitorConfig } from "./config";
import { legacyGithubId } from "./config";
import { type Reason, reason } from "./reason";
import { highRiskReasons } from "./severity";

/** Whether a person must approve, and every reason that decided it, strictest first. */
export type ApprovalNeed = { required: boolean; highRisk: boolean; because: Reason[] };

export type ApprovalQuestion = {
  routePolicy: ApprovalPolicy;
  routeName: string | null;
  sourcePolicy: ApprovalPolicy | null;
  sourceRequiresApproval: boolean;
  riskLevel: string | null;
  riskCategory?: string | null;
  destinations: readonly Destination[];
  config: MonitorConfig;
};

/**
 * D-07. Any of these requires it: `always` on the route or the source; high risk, unless the high-risk default is off and
 * no policy says `high_risk`; a destination's own flag. Otherwise a configured `never` waives the global flag.
 */
export function decideApprovalNeed(question: ApprovalQuestion): ApprovalNeed {
  const { config, routePolicy, sourcePolicy } = question;
  const routeWords = question.routeName ? `Route ${question.routeName}` : "The route";
  const because: Reason[] = [];

  if (routePolicy === "always") because.push(reason("route_always", `${routeWords} says always`));
  if (sourcePolicy === "always") because.push(reason("source_always", "The source's policy says always"));

  const high = highRiskReasons(
    {
      riskLevel: question.riskLevel,
      riskCategory: question.riskCategory,
      destinationKinds: question.destinations.map((row) => row.kind),
    },
    config.safetyDefaults,
  );
  const highRiskAsked =
    config.safetyDefaults.requireApprovalForHighRisk ||
    routePolicy === "high_risk" ||
    sourcePolicy === "high_risk";
  if (high.length > 0 && highRiskAsked) because.push(...high);

  for (const row of question.destinations) {
    // The synthesised legacy row only mirrors the global flag, which is counted below.
    if (row.requireApproval && row.destinationId !== legacyGithubId) {
      because.push(
        reason("destination_requires", `${row.name} requires approval`, { destinationId: row.destinationId }),
      );
    }
  }
  if (because.length > 0) return { required: true, highRisk: high.length > 0, because };

  if (routePolicy === "never") {
    return {
      required: false,
      highRisk: high.length > 0,
      because: [reason("route_never", `${routeWords} says never`)],
    };
  }
  if (sourcePolicy === "never") {
    return {
      required: false,
      highRisk: high.length > 0,
      because: [reason("source_never", "The source's policy says never")],
    };
  }
  if (question.sourceRequiresApproval) {
    return {
      required: true,
      highRisk: high.length > 0,
      because: [reason("project_requires", "The project requires approval of new issues")],
    };
  }
  if (config.requireApprovalForNewIssues) {
    return {
      required: true,
      highRisk: high.length > 0,
      because: [reason("global_requires", "Approval of new issues is required for everything")],
    };
  }
  return {
    required: false,
    highRisk: high.length > 0,
    because: [reason("nothing_requires", "No policy asks for approval")],
  };
}
