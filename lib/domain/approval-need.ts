import type { ApprovalPolicy, Destination, MonitorConfig } from "./config";
import { legacyGithubId } from "./config";
import type { NamedDemand } from "./named-approvers";
import { type Reason, reason } from "./reason";
import { highRiskReasons, riskRank } from "./severity";

/** Whether people must approve, how many, and every reason that decided it, strictest first. */
export type ApprovalNeed = {
  required: boolean;
  highRisk: boolean;
  /** How many different people; 0 where nobody must. */
  count: number;
  /** Every setting that names who may approve, each of which must be met by its own people; empty where anybody may. */
  named: NamedDemand[];
  because: Reason[];
  /** Why whoever wrote it may not approve it; empty where they may. */
  authorMayNot: Reason[];
  /** Why an approver proves again who they are; empty where they need not. */
  stepUp: Reason[];
};

/** What a route says about approval. */
export type RouteApproval = {
  routeId?: string | null;
  name: string | null;
  policy: ApprovalPolicy;
  approvalsRequired?: number;
  approvers?: readonly string[];
  authorMayNotApprove?: boolean;
};

/** How many people a project or one of its log sources asks for, and whom it names. */
export type SourceApprovals = {
  of: "project" | "source";
  id: string;
  count: number;
  approvers?: readonly string[];
};

export type ApprovalQuestion = {
  /** The routes that send it, the winner first; one without a name where the defaults do. */
  routes: readonly RouteApproval[];
  sourcePolicy: ApprovalPolicy | null;
  sourceRequiresApproval: boolean;
  sourceApprovals?: readonly SourceApprovals[];
  riskLevel: string | null;
  riskCategory?: string | null;
  destinations: readonly Destination[];
  config: MonitorConfig;
};

/**
 * D-07. Any of these requires it: `always` on the route or the source; high risk, unless the high-risk default is off and
 * no policy says `high_risk`; a destination's own flag; any setting that asks for two people or more, or names them. Otherwise a configured
 * `never` waives the global flag: of routes only when every one that sends it says so, since the strictest of them counts.
 */
export function decideApprovalNeed(question: ApprovalQuestion): ApprovalNeed {
  const high = highRiskReasons(
    {
      riskLevel: question.riskLevel,
      riskCategory: question.riskCategory,
      destinationKinds: question.destinations.map((row) => row.kind),
    },
    question.config.safetyDefaults,
  );
  const several = severalPeople(question, high);
  const because = [...several.map((each) => each.why), ...onePerson(question, high)];
  const required = because.length > 0;
  const count = Math.max(required ? 1 : 0, several[0]?.count ?? 0);
  const named = several.flatMap(({ approvers, ...asked }) => (approvers ? { ...asked, approvers } : []));
  const rules = { ...rulesFor(question, high), named };
  if (required) return { required, highRisk: high.length > 0, count, because, ...rules };
  return { ...withoutPolicy(question), highRisk: high.length > 0 };
}

type Asks = { count?: number; approvers?: readonly string[] };
type Several = { who: string; count: number; approvers: readonly string[] | null; why: Reason };

/** Every setting that asks for two people or more or names them, the highest first. */
function severalPeople(question: ApprovalQuestion, high: readonly Reason[]): Several[] {
  const safety = question.config.safetyDefaults;
  const found: Several[] = [];
  const ask = (asks: Asks, code: string, who: string, fields: Reason["fields"]) => {
    const count = asks.count ?? 1;
    const approvers = asks.approvers?.length ? asks.approvers : null;
    if (count < 2 && !approvers) return;
    const people = approvers ? `${count} of the ${approvers.length} people it names` : `${count} people`;
    const names = approvers && { named: approvers.length };
    found.push({
      ...{ who, count, approvers },
      why: reason(code, `${who} asks for ${people}`, { count, ...names, ...fields }),
    });
  };
  for (const route of question.routes) {
    const { approvalsRequired: count, approvers } = route;
    ask({ count, approvers }, "route_people", routeWords(route), { routeId: route.routeId ?? null });
  }
  for (const { of, id, ...asks } of question.sourceApprovals ?? []) {
    if (of === "project") ask(asks, "project_people", `Project ${id}`, { projectId: id });
    else ask(asks, "source_people", `Source ${id}`, { sourceId: id });
  }
  if (high.length > 0) {
    const level = question.riskLevel ?? "";
    const { approvalsRequiredHighRisk: count, approversHighRisk: approvers } = safety;
    ask({ count, approvers }, "high_risk_people", "High risk", { level });
    if (riskRank(level) >= 5) {
      const { approvalsRequiredCriticalRisk: count, approversCriticalRisk: approvers } = safety;
      ask({ count, approvers }, "critical_risk_people", "Critical risk", { level });
    }
  }
  return found.sort((left, right) => right.count - left.count);
}

/** Every setting that asks for a person at all and may not be waived. */
function onePerson(question: ApprovalQuestion, high: readonly Reason[]): Reason[] {
  const { config, routes, sourcePolicy } = question;
  const because: Reason[] = [];
  for (const route of routes) {
    if (route.policy === "always")
      because.push(reason("route_always", `${routeWords(route)} says always`, routeField(route)));
  }
  if (sourcePolicy === "always") because.push(reason("source_always", "The source's policy says always"));
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
  return because;
}

/** What holds where nothing strict asks: a `never`, or the flags that it waives. */
function withoutPolicy(question: ApprovalQuestion): Omit<ApprovalNeed, "highRisk"> {
  const { config, routes, sourcePolicy } = question;
  const free = (...because: Reason[]) => ({
    ...{ required: false, count: 0, named: [], because, authorMayNot: [], stepUp: [] },
  });
  const asked = (why: Reason) => ({
    ...{ required: true, count: 1, named: [], because: [why], ...rulesFor(question, []) },
  });
  if (routes.length > 0 && routes.every((route) => route.policy === "never")) {
    return free(
      ...routes.map((route) => reason("route_never", `${routeWords(route)} says never`, routeField(route))),
    );
  }
  if (sourcePolicy === "never") return free(reason("source_never", "The source's policy says never"));
  if (question.sourceRequiresApproval) {
    return asked(reason("project_requires", "The project requires approval of new issues"));
  }
  if (config.requireApprovalForNewIssues) {
    return asked(reason("global_requires", "Approval of new issues is required for everything"));
  }
  return free(reason("nothing_requires", "No policy asks for approval"));
}

/** Who may give the approval that is needed. */
function rulesFor(question: ApprovalQuestion, high: readonly Reason[]) {
  const safety = question.config.safetyDefaults;
  const authorMayNot = question.routes.flatMap((route) =>
    route.authorMayNotApprove
      ? reason("route_author", `${routeWords(route)} lets no author approve`, {
          routeId: route.routeId ?? null,
        })
      : [],
  );
  if (safety.authorMayNotApprove)
    authorMayNot.push(reason("global_author", "No author may approve what they wrote"));
  const stepUp = safety.requireStepUpForHighRisk ? high.map((each) => ({ ...each })) : [];
  return { authorMayNot, stepUp };
}

/** Do only signed-in people count (D-19)? A token counts where one approval suffices and no rule is about persons. */
export function peopleOnly(need: ApprovalNeed): boolean {
  return need.count > 1 || need.named.length > 0 || need.authorMayNot.length > 0 || need.stepUp.length > 0;
}

const routeWords = ({ name }: { name: string | null }) => (name ? `Route ${name}` : "The route");
const routeField = ({ routeId }: RouteApproval): Reason["fields"] => (routeId ? { routeId } : undefined);
