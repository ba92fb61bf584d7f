import type { ApprovalRuleRow } from "./authority-evidence";
import type { AutomationRow } from "./authority-inventory";
import type { DestinationRow, RouteRow } from "./authority-topology";
import type { MonitorConfig, MonitoredProject, SafetyDefaults } from "./config";
import { type ApproverPerson, namedSettings, unmetSetting } from "./config-validate-approvers";
import { bindSource } from "./source-binding";

const noIds = {
  destinationId: null,
  routeId: null,
  projectId: null,
  sourceId: null,
  automationId: null,
  agentId: null,
  nodeId: null,
} as const;

/** Of a rule that names nobody. */
const anybody = (): Named => ({ approvers: [], unmet: null });
type Named = Pick<ApprovalRuleRow, "approvers" | "unmet">;

export type RuleGround = {
  config: MonitorConfig;
  destinations: readonly DestinationRow[];
  routes: readonly RouteRow[];
  projects: readonly MonitoredProject[];
  automations: readonly AutomationRow[];
  /** Those whom the settings name; null for who is gone. */
  personOf: (userId: string) => ApproverPerson | null;
};

/**
 * Everything that can ask for a person: the safety defaults first, then each destination, route and source that says
 * something, then what runtimes registered. A rule that asks for nobody is listed where the contract wants its row.
 */
export function approvalRules(ground: RuleGround): ApprovalRuleRow[] {
  const namedIn = namesBySetting(ground);
  return [
    ...configRules(ground.config, namedIn),
    ...ground.destinations.map(destinationRule),
    ...ground.routes.map((route) => routeRule(route, namedIn)),
    ...ground.projects.flatMap((project) => sourceRules(project, namedIn)),
    ...ground.automations.flatMap(automationRules),
  ];
}

type NamedIn = (key: string) => Named;

/** Whom each setting names, and whether they are enough. */
function namesBySetting({ config, personOf }: RuleGround): NamedIn {
  const settings = new Map(namedSettings(config).map((each) => [each.key, each]));
  return (key) => {
    const setting = settings.get(key);
    if (!setting) return anybody();
    const approvers = setting.approvers.map((userId) => {
      const person = personOf(userId);
      return { userId, name: person?.name ?? userId, active: person !== null && !person.disabled };
    });
    return { approvers, unmet: unmetSetting(setting, personOf)?.message ?? null };
  };
}

function configRules(config: MonitorConfig, namedIn: NamedIn): ApprovalRuleRow[] {
  const safety = config.safetyDefaults;
  const highRisk: ApprovalRuleRow = {
    ...{ ...noIds, ...namedIn("high") },
    source: "incident_monitor_config",
    ruleId: "incident_monitor.high_risk",
    requiresApproval: safety.requireApprovalForHighRisk || safety.approversHighRisk !== undefined,
    policy: "high_risk",
    approvalPolicy: "high_risk",
    approvalsRequired:
      safety.requireApprovalForHighRisk || safety.approversHighRisk ? safety.approvalsRequiredHighRisk : null,
  };
  const rules = safety.approversCriticalRisk ? [highRisk, criticalRule(safety, namedIn)] : [highRisk];
  if (!config.requireApprovalForNewIssues) return rules;
  return [
    ...rules,
    {
      ...{ ...noIds, ...anybody() },
      source: "incident_monitor_config",
      ruleId: "incident_monitor.new_issues",
      requiresApproval: true,
      policy: "new_issues",
      approvalPolicy: null,
      approvalsRequired: 1,
    },
  ];
}

const criticalRule = (safety: SafetyDefaults, namedIn: NamedIn): ApprovalRuleRow => ({
  ...{ ...noIds, ...namedIn("critical") },
  source: "incident_monitor_config",
  ruleId: "incident_monitor.critical_risk",
  requiresApproval: true,
  policy: "critical_risk",
  approvalPolicy: null,
  approvalsRequired: safety.approvalsRequiredCriticalRisk,
});

const destinationRule = ({ destinationId, requireApproval }: DestinationRow): ApprovalRuleRow => ({
  ...{ ...noIds, ...anybody() },
  source: "incident_monitor_destination",
  ruleId: `destination:${destinationId}`,
  requiresApproval: requireApproval,
  policy: requireApproval ? "always" : "inherit",
  approvalPolicy: null,
  destinationId,
  approvalsRequired: requireApproval ? 1 : null,
});

function routeRule(
  { routeId, approvalPolicy, approvalsRequired }: RouteRow,
  namedIn: NamedIn,
): ApprovalRuleRow {
  const named = namedIn(`route ${routeId}`);
  const names = named.approvers.length > 0;
  return {
    ...{ ...noIds, ...named },
    source: "incident_monitor_route",
    ruleId: `route:${routeId}`,
    // Two people and more, and people by name, are asked for whatever the policy says (domain/approval-need.ts).
    requiresApproval: approvalPolicy === "always" || (approvalsRequired ?? 0) > 1 || names,
    policy: approvalPolicy,
    approvalPolicy,
    routeId,
    approvalsRequired: approvalsRequired ?? (names ? 1 : null),
  };
}

/** Projects and log sources with a word of their own about approval. */
function sourceRules(project: MonitoredProject, namedIn: NamedIn): ApprovalRuleRow[] {
  return [null, ...project.logSources].flatMap((source) => {
    const { approvalPolicy: policy, approvals, requireApprovalForNewIssues } = bindSource(project, source);
    const approvalsRequired = approvals.length ? Math.max(...approvals.map((each) => each.count)) : null;
    const isSilent = policy === "inherit" && !requireApprovalForNewIssues && approvalsRequired === null;
    if (isSilent) return [];
    const sourceId = source?.sourceId ?? null;
    const { projectId } = project;
    const ofProject = namedIn(`project ${projectId}`);
    const ofSource = source && namedIn(`source ${JSON.stringify([projectId, sourceId])}`);
    return {
      ...noIds,
      // Both hold for a source, so that it tells both.
      approvers: distinctPeople([...ofProject.approvers, ...(ofSource?.approvers ?? [])]),
      unmet: ofSource ? ofSource.unmet : ofProject.unmet,
      source: "incident_monitor_source" as const,
      ruleId: source ? `source:${project.projectId}/${sourceId}` : `project:${project.projectId}`,
      requiresApproval:
        policy === "always" ||
        (policy !== "never" && requireApprovalForNewIssues) ||
        (approvalsRequired ?? 0) > 1 ||
        approvals.some((each) => each.approvers !== undefined),
      policy: policy === "inherit" && requireApprovalForNewIssues ? "new_issues" : policy,
      approvalPolicy: policy,
      projectId: project.projectId,
      sourceId,
      approvalsRequired,
    };
  });
}

const distinctPeople = (people: Named["approvers"]): Named["approvers"] => [
  ...new Map(people.map((each) => [each.userId, each])).values(),
];

function automationRules(spec: AutomationRow): ApprovalRuleRow[] {
  const { automationId, projectId, agents, nodes } = spec;
  // Two runtimes may call different automations the same.
  const of = `automation:${spec.runtimeId}/${automationId}`;
  const ofAgents = agents
    .filter((agent) => agent.approvalPolicy !== null)
    .map((agent) => ({
      ...{ ...noIds, ...anybody() },
      source: "automation_agent" as const,
      ruleId: `${of}/agent:${agent.agentId}`,
      requiresApproval: true,
      policy: agent.approvalPolicy ?? "",
      approvalPolicy: agent.approvalPolicy,
      ...{ projectId, automationId, agentId: agent.agentId, approvalsRequired: null },
    }));
  const ofGates = nodes.flatMap((node) =>
    node.gate
      ? {
          ...{ ...noIds, ...anybody() },
          source: "automation_node_gate" as const,
          ruleId: `${of}/node:${node.nodeId}`,
          requiresApproval: node.gate.required,
          policy: node.gate.required ? "required" : "optional",
          approvalPolicy: null,
          ...{ projectId, automationId, agentId: node.agentId, nodeId: node.nodeId, approvalsRequired: null },
        }
      : [],
  );
  return [...ofAgents, ...ofGates];
}
