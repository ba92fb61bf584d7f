import type { ApprovalRuleRow } from "./authority-evidence";
import type { AutomationRow } from "./authority-inventory";
import type { DestinationRow, RouteRow } from "./authority-topology";
import type { MonitorConfig, MonitoredProject } from "./config";
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

export type RuleGround = {
  config: MonitorConfig;
  destinations: readonly DestinationRow[];
  routes: readonly RouteRow[];
  projects: readonly MonitoredProject[];
  automations: readonly AutomationRow[];
};

/**
 * Everything that can ask for a person: the safety defaults first, then each destination, route and source that says
 * something, then what runtimes registered. A rule that asks for nobody is listed where the contract wants its row.
 */
export function approvalRules(ground: RuleGround): ApprovalRuleRow[] {
  return [
    ...configRules(ground.config),
    ...ground.destinations.map(destinationRule),
    ...ground.routes.map(routeRule),
    ...ground.projects.flatMap(sourceRules),
    ...ground.automations.flatMap(automationRules),
  ];
}

function configRules(config: MonitorConfig): ApprovalRuleRow[] {
  const safety = config.safetyDefaults;
  const highRisk: ApprovalRuleRow = {
    ...noIds,
    source: "incident_monitor_config",
    ruleId: "incident_monitor.high_risk",
    requiresApproval: safety.requireApprovalForHighRisk,
    policy: "high_risk",
    approvalPolicy: "high_risk",
    approvalsRequired: safety.requireApprovalForHighRisk ? safety.approvalsRequiredHighRisk : null,
  };
  if (!config.requireApprovalForNewIssues) return [highRisk];
  return [
    highRisk,
    {
      ...noIds,
      source: "incident_monitor_config",
      ruleId: "incident_monitor.new_issues",
      requiresApproval: true,
      policy: "new_issues",
      approvalPolicy: null,
      approvalsRequired: 1,
    },
  ];
}

const destinationRule = ({ destinationId, requireApproval }: DestinationRow): ApprovalRuleRow => ({
  ...noIds,
  source: "incident_monitor_destination",
  ruleId: `destination:${destinationId}`,
  requiresApproval: requireApproval,
  policy: requireApproval ? "always" : "inherit",
  approvalPolicy: null,
  destinationId,
  approvalsRequired: requireApproval ? 1 : null,
});

const routeRule = ({ routeId, approvalPolicy, approvalsRequired }: RouteRow): ApprovalRuleRow => ({
  ...noIds,
  source: "incident_monitor_route",
  ruleId: `route:${routeId}`,
  // Two people and more are asked for whatever the policy says (domain/approval-need.ts).
  requiresApproval: approvalPolicy === "always" || (approvalsRequired ?? 0) > 1,
  policy: approvalPolicy,
  approvalPolicy,
  routeId,
  approvalsRequired,
});

/** Projects and log sources with a word of their own about approval. */
function sourceRules(project: MonitoredProject): ApprovalRuleRow[] {
  return [null, ...project.logSources].flatMap((source) => {
    const { approvalPolicy: policy, approvals, requireApprovalForNewIssues } = bindSource(project, source);
    const approvalsRequired = approvals.length ? Math.max(...approvals.map((each) => each.count)) : null;
    const isSilent = policy === "inherit" && !requireApprovalForNewIssues && approvalsRequired === null;
    if (isSilent) return [];
    const sourceId = source?.sourceId ?? null;
    return {
      ...noIds,
      source: "incident_monitor_source" as const,
      ruleId: source ? `source:${project.projectId}/${sourceId}` : `project:${project.projectId}`,
      requiresApproval:
        policy === "always" ||
        (policy !== "never" && requireApprovalForNewIssues) ||
        (approvalsRequired ?? 0) > 1,
      policy: policy === "inherit" && requireApprovalForNewIssues ? "new_issues" : policy,
      approvalPolicy: policy,
      projectId: project.projectId,
      sourceId,
      approvalsRequired,
    };
  });
}

function automationRules(spec: AutomationRow): ApprovalRuleRow[] {
  const { automationId, projectId, agents, nodes } = spec;
  // Two runtimes may call different automations the same.
  const of = `automation:${spec.runtimeId}/${automationId}`;
  const ofAgents = agents
    .filter((agent) => agent.approvalPolicy !== null)
    .map((agent) => ({
      ...noIds,
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
          ...noIds,
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
