import type { ApprovalPolicy, Destination, MonitorConfig } from "./config";
import { legacyGithubId } from "./config";
import { type Reason, reason } from "./reason";
import { highRiskReasons, riskRank } from "./severity";

/** Whether people must approve, how many, and every reason that decided it, strictest first. */
export type ApprovalNeed = {
  required: boolean;
  highRisk: boolean;
  /** How many different people; 0 where nobody must. */
  count: number;
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
  authorMayNotApprove?: boolean;
};

/** How many people a project or one of its log sources asks for. */
export type SourceApprovals = { of: "project" | "source"; id: string; count: number };

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
 * no policy says `high_risk`; a destination's own flag; any setting that names two people or more. Otherwise a configured
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
  if (required) return { required, highRisk: high.length > 0, count, because, ...rulesFor(question, high) };
  return { ...withoutPolicy(question), highRisk: high.length > 0 };
}

type Several = { count: number; why: Reason };

/** Every setting that asks for two people or more, the highest first. */
function severalPeople(question: ApprovalQuestion, high: readonly Reason[]): Several[] {
  const { approvalsRequiredHighRisk, approvalsRequiredCriticalRisk } = question.config.safetyDefaults;
  const found: Several[] = [];
  const ask = (count: number | undefined, code: string, who: string, fields: Reason["fields"]) => {
    if (count === undefined || count < 2) return;
    found.push({ count, why: reason(code, `${who} asks for ${count} people`, { count, ...fields }) });
  };
  for (const route of question.routes) {
    ask(route.approvalsRequired, "route_people", routeWords(route), { routeId: route.routeId ?? null });
  }
  for (const { of, id, count } of question.sourceApprovals ?? []) {
    if (of === "project") ask(count, "project_people", `Project ${id}`, { projectId: id });
    else ask(count, "source_people", `Source ${id}`, { sourceId: id });
  }
  if (high.length > 0) {
    const level = question.riskLevel ?? "";
    ask(approvalsRequiredHighRisk, "high_risk_people", "High risk", { level });
    if (riskRank(level) >= 5) {
      ask(approvalsRequiredCriticalRisk, "critical_risk_people", "Critical risk", { level });
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
    ...{ required: false, count: 0, because, authorMayNot: [], stepUp: [] },
  });
  const asked = (why: Reason) => ({
    ...{ required: true, count: 1, because: [why], ...rulesFor(question, []) },
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
  return need.count > 1 || need.authorMayNot.length > 0 || need.stepUp.length > 0;
}

const routeWords = ({ name }: { name: string | null }) => (name ? `Route ${name}` : "The route");
const routeField = ({ routeId }: RouteApproval): Reason["fields"] => (routeId ? { routeId } : undefined);
