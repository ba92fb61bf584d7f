import type { AgentRow, AutomationRow, Inventory } from "./authority-inventory";
import type { SubjectAgent, SubjectNode, ToolPolicy } from "./authority-subjects";
import type { AffectedObject, PostureFault } from "./posture";
import { toolsNeedingApproval } from "./tool-classifier";

/** An agent with the automation it belongs to; a standing agent belongs to none. */
type PlacedAgent = { agent: SubjectAgent; automation: AutomationRow | null; runtimeId: string };

/** What of the inventory says who acts. */
type Actors = Pick<Inventory, "agents" | "automationSpecs" | "toolPolicies">;

const noPolicy: readonly string[] = ["", "none", "never", "off", "disabled"];

/** An agent or a node may call what changes something outside, and nobody has to say so first. */
export function highRiskToolWithoutApproval(inventory: Actors): PostureFault[] {
  const policies = new Map(inventory.toolPolicies.map((row) => [row.toolPolicyId, row]));
  const found: PostureFault[] = [];
  for (const placed of placedAgents(inventory)) {
    const { agent, automation } = placed;
    if (hasApproval(agent) || (automation && nodesOf(automation, agent).length > 0)) continue;
    const tools = openTools(listsOf(agent, policies));
    if (tools.length === 0) continue;
    const subject = { ...agentObject(agent, automation, placed.runtimeId), tools };
    found.push(toolFault(`Agent ${agent.agentId}`, [subject], `${placeOf(placed)}.tool_policy`, tools));
  }
  for (const automation of inventory.automationSpecs) {
    for (const node of automation.nodes) {
      const agent = automation.agents.find((each) => each.agentId === node.agentId);
      if (node.gate?.required || (agent && hasApproval(agent))) continue;
      const lists = node.toolPolicy ? [node.toolPolicy] : agent ? listsOf(agent, policies) : [];
      const tools = openTools(lists);
      if (tools.length === 0) continue;
      const { automationId, runtimeId } = automation;
      const affected = [
        nodeObject(node, automation, tools),
        ...(agent ? [agentObject(agent, automation, runtimeId)] : []),
      ];
      const place = `inventory.automation_specs.${automationId}.nodes.${node.nodeId}.tool_policy`;
      found.push(toolFault(`Node ${node.nodeId}`, affected, place, tools));
    }
  }
  return found;
}

/** Every tool of a server is open to an agent that says which servers and not which tools. */
export function mcpServerWithoutToolAllowlist(inventory: Inventory): PostureFault[] {
  return placedAgents(inventory).flatMap((placed) => {
    const policy = placed.agent.mcpPolicy;
    const servers = policy?.effectiveAllowedServers ?? [];
    if (servers.length === 0 || (policy?.allowedTools.length ?? 0) > 0) return [];
    const subject = agentObject(placed.agent, placed.automation, placed.runtimeId);
    return [
      {
        ...{ ruleId: "mcp_server_without_tool_allowlist", category: "mcp_allowlist_gap", severity: "high" },
        title: `Agent ${placed.agent.agentId} may call every tool of its MCP servers`,
        detail: `It may use ${servers.join(", ")} and names no tool of ${servers.length === 1 ? "it" : "them"}, so what those servers offer tomorrow is allowed too.`,
        recommendation: "Register the agent with mcp_policy.allowed_tools: the tools it needs, by name.",
        affected: [subject],
        evidence: [`${placeOf(placed)}.mcp_policy.allowed_tools`],
        fix: {
          ...{ kind: "registration", code: "authority_subjects", runtimeId: placed.runtimeId },
          field: "mcp_policy.allowed_tools",
        },
      } satisfies PostureFault,
    ];
  });
}

function toolFault(who: string, affected: AffectedObject[], place: string, tools: string[]): PostureFault {
  const [subject] = affected;
  const isNode = subject?.kind === "node";
  return {
    ...{ ruleId: "high_risk_tool_without_approval", category: "missing_approval", severity: "high" },
    title: `${who} may change things outside without a person`,
    detail: `Allowed without an approval policy or a required gate: ${shown(tools)}.`,
    recommendation: isNode
      ? "Put a required gate on the node, give its agent an approval policy, or take the tools off its list."
      : "Give the agent an approval policy, or take the tools off its list.",
    affected,
    evidence: [place],
    fix: {
      ...{ kind: "registration", code: "authority_subjects", runtimeId: subject?.runtimeId ?? "" },
      field: isNode ? "gate.required" : "approval_policy",
    },
  };
}

function placedAgents(inventory: Pick<Actors, "agents" | "automationSpecs">): PlacedAgent[] {
  return [
    ...inventory.automationSpecs.flatMap((automation) =>
      automation.agents.map((agent) => ({ agent, automation, runtimeId: automation.runtimeId })),
    ),
    ...inventory.agents.map((agent: AgentRow) => ({ agent, automation: null, runtimeId: agent.runtimeId })),
  ];
}

const nodesOf = (automation: AutomationRow, agent: SubjectAgent): SubjectNode[] =>
  automation.nodes.filter((node) => node.agentId === agent.agentId);

const hasApproval = ({ approvalPolicy }: SubjectAgent): boolean =>
  !noPolicy.includes((approvalPolicy ?? "").trim().toLowerCase());

/** Its own list and those of the registered policies that hold for it. What any of them opens counts as open. */
function listsOf(agent: SubjectAgent, policies: ReadonlyMap<string, ToolPolicy>): ToolPolicy[] {
  return [agent.toolPolicy, ...agent.toolPolicyIds.map((id) => policies.get(id))].flatMap(
    (list) => list ?? [],
  );
}

function openTools(lists: readonly ToolPolicy[]): string[] {
  const denied = lists.flatMap((list) => list.denylist);
  return [...new Set(lists.flatMap((list) => toolsNeedingApproval(list.allowlist, denied)))];
}

function agentObject(
  agent: SubjectAgent,
  automation: AutomationRow | null,
  runtimeId: string,
): AffectedObject {
  return {
    kind: "agent",
    id: automation ? `${automation.automationId}/${agent.agentId}` : agent.agentId,
    ...(agent.displayName && { name: agent.displayName }),
    ...(automation && { automationId: automation.automationId }),
    runtimeId,
  };
}

function nodeObject(node: SubjectNode, automation: AutomationRow, tools: string[]): AffectedObject {
  const { automationId, runtimeId } = automation;
  return { kind: "node", id: `${automationId}/${node.nodeId}`, automationId, runtimeId, tools };
}

const placeOf = ({ agent, automation }: Pick<PlacedAgent, "agent" | "automation">): string =>
  automation
    ? `inventory.automation_specs.${automation.automationId}.agents.${agent.agentId}`
    : `inventory.agents.${agent.agentId}`;

const shownMax = 8;

function shown(tools: readonly string[]): string {
  const more = tools.length - shownMax;
  return `${tools.slice(0, shownMax).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
