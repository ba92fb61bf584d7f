import type { ApprovalPolicy, Destination, MonitorConfig } from "./config";
import { legacyGithubId } from "./config";
import { type Reason, reason } from "./reason";
import { highRiskReasons } from "./severity";

/** Whether a person must approve, and every reason that decided it, strictest first. */
export type ApprovalNeed = { required: boolean; highRisk: boolean; because: Reason[] };

export type ApprovalQuestion = {
  /** The routes that send it, the winner first; one without a name where the defaults do. */
  routes: readonly { name: string | null; policy: ApprovalPolicy }[];
  sourcePolicy: ApprovalPolicy | null;
  sourceRequiresApproval: boolean;
  riskLevel: string | null;
  riskCategory?: string | null;
  destinations: readonly Destination[];
  config: MonitorConfig;
};

/**
 * D-07. Any of these requires it: `always` on the route or the source; high risk, unless the high-risk default is off and
 * no policy says `high_risk`; a destination's own flag. Otherwise a configured `never` waives the global flag: of routes
 * only when every one that sends it says so, since the strictest of them counts.
 */
export function decideApprovalNeed(question: ApprovalQuestion): ApprovalNeed {
  const { config, routes, sourcePolicy } = question;
  const because: Reason[] = [];

  for (const route of routes) {
    if (route.policy === "always") because.push(reason("route_always", `${routeWords(route)} says always`));
  }
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
    routes.some((route) => route.policy === "high_risk") ||
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

  if (routes.length > 0 && routes.every((route) => route.policy === "never")) {
    return {
      required: false,
      highRisk: high.length > 0,
      because: routes.map((route) => reason("route_never", `${routeWords(route)} says never`)),
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

const routeWords = ({ name }: { name: string | null }) => (name ? `Route ${name}` : "The route");
