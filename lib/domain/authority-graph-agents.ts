import type { GraphNode, GraphPath } from "./authority-graph";
import type { GraphBuilder } from "./authority-graph-builder";
import type { AgentRow, AutomationRow, Inventory } from "./authority-inventory";
import type { McpPolicy, SubjectAgent, SubjectNode, ToolPolicy } from "./authority-subjects";
import { type Reason, reason } from "./reason";

/** What runtimes registered: agents, their gates, and the servers and tools they reach. Their gates are theirs to keep. */
export function agentPaths(graph: GraphBuilder, inventory: Inventory): void {
  for (const spec of inventory.automationSpecs) {
    for (const agent of spec.agents) addAgent(graph, inventory, agent, spec);
  }
  for (const agent of inventory.agents) addAgent(graph, inventory, agent, null);
}

type Registered = Pick<AgentRow, "runtimeId" | "stale">;

function addAgent(
  graph: GraphBuilder,
  inventory: Inventory,
  agent: SubjectAgent,
  spec: AutomationRow | null,
): void {
  const { runtimeId, stale }: Registered = spec ?? (agent as AgentRow);
  const of = spec ? `${spec.automationId}/${agent.agentId}` : agent.agentId;
  const label = agent.displayName ?? agent.agentId;
  const who: GraphNode = {
    nodeId: `agent:${runtimeId}/${of}`,
    ...{ column: "who", kind: "agent", label: spec ? `${spec.name} / ${label}` : label },
    note: `${runtimeId}${stale ? ", registered long ago" : ""}`,
  };
  const steps: (SubjectNode | null)[] = spec?.nodes.filter((node) => node.agentId === agent.agentId) ?? [];
  for (const node of steps.length > 0 ? steps : [null]) {
    const gate = gateOf(agent, node, `${runtimeId}/${of}`);
    const tools = [node?.toolPolicy ?? agent.toolPolicy, ...sharedPolicies(inventory, runtimeId, agent)];
    const places = placesOf(
      runtimeId,
      node?.mcpPolicy ?? agent.mcpPolicy,
      tools.flatMap((each) => each ?? []),
    );
    for (const { where, why } of places)
      graph.add(who, gate.node, where, { ...gate.path, why: [gate.why, why] });
  }
}

function sharedPolicies(
  { toolPolicies }: Inventory,
  runtimeId: string,
  { toolPolicyIds }: SubjectAgent,
): ToolPolicy[] {
  return toolPolicies.filter(
    (row) => row.runtimeId === runtimeId && toolPolicyIds.includes(row.toolPolicyId),
  );
}

type Gate = { node: GraphNode; why: Reason; path: Pick<GraphPath, "approval" | "people"> };

function gateOf(agent: SubjectAgent, node: SubjectNode | null, of: string): Gate {
  const gated = { approval: "gate", people: 0 } as const;
  if (node?.gate?.required) {
    return {
      node: {
        nodeId: `gate:${of}/${node.nodeId}`,
        ...{
          column: "gate",
          kind: "node_gate",
          label: `Gate of ${node.nodeId}`,
          note: node.gate.expiryPolicy,
        },
      },
      why: reason("node_gate_required", `Step ${node.nodeId} waits at a gate that somebody must open`, {
        nodeId: node.nodeId,
      }),
      path: gated,
    };
  }
  if (agent.approvalPolicy !== null) {
    return {
      node: {
        nodeId: `agent_policy:${of}`,
        ...{
          column: "gate",
          kind: "agent_policy",
          label: `Approval: ${agent.approvalPolicy}`,
          note: agent.agentId,
        },
      },
      why: reason("agent_approval_policy", `The agent's own approval policy is ${agent.approvalPolicy}`),
      path: gated,
    };
  }
  return {
    node: { nodeId: "no_gate", column: "gate", kind: "no_gate", label: "No approval", note: null },
    why: reason("agent_ungated", "Neither the agent nor this step asks anybody"),
    path: { approval: "never", people: 0 },
  };
}

type Place = { where: GraphNode; why: Reason };

function placesOf(runtimeId: string, mcp: McpPolicy | null, tools: readonly ToolPolicy[]): Place[] {
  const servers = (mcp?.effectiveAllowedServers ?? []).map((name) => ({
    where: {
      ...({ nodeId: `mcp_server:${name}`, column: "where", kind: "mcp_server" } as const),
      ...{ label: name, note: null },
    },
    why: mcp?.allowedTools.length
      ? reason("server_tools_listed", `May call ${listed(mcp.allowedTools)} of its servers`)
      : reason("server_tools_open", "May call every tool of its servers: no list narrows it"),
  }));
  const open = tools.flatMap((policy) => policy.allowlist);
  if (open.length === 0) return servers;
  const own: Place = {
    where: {
      ...{ nodeId: `runtime_tools:${runtimeId}`, column: "where", kind: "runtime_tools" },
      ...{ label: `Tools of ${runtimeId}`, note: null },
    },
    why: reason("tools_allowed", `May use ${listed([...new Set(open)])}`),
  };
  return [...servers, own];
}

const listed = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
