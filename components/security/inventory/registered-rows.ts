import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import type { NameOf } from "@/lib/queries/names";
import { facts, type InventoryRow, list, marks, there } from "./inventory-row";

type Inventory = AuthorityInventoryWire["inventory"];

/* What runtimes registered about themselves. */

type Stale = { stale: boolean };
const staleWord = ({ stale }: Stale) => (stale ? "Registered long ago" : undefined);

export function automationRow(row: Inventory["automation_specs"][number], name: NameOf): InventoryRow {
  const gates = row.nodes.filter((node) => node.gate?.required).length;
  const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  return {
    id: `${row.runtime_id}/${row.automation_id}`,
    name: row.name,
    facts: facts(
      `in ${row.runtime_id}`,
      row.status,
      row.project_id && `of ${name.project(row.project_id)}`,
      counted(row.agents.length, "agent"),
      `${counted(row.nodes.length, "step")}, ${gates} gated`,
    ),
    marks: marks(
      row.scope_policy_present && there("scope policy"),
      row.tenant_context?.source === "explicit" ? there("tenant") : { word: "no tenant", tone: "missing" },
    ),
    off: staleWord(row),
  };
}

export const agentRow = (row: Inventory["agents"][number]): InventoryRow => ({
  id: `${row.runtime_id}/${row.agent_id}`,
  name: row.display_name ?? row.agent_id,
  facts: facts(
    `in ${row.runtime_id}`,
    row.mcp_policy && `servers: ${list(row.mcp_policy.effective_allowed_servers, "none")}`,
    row.tool_policy && `tools: ${list(row.tool_policy.allowlist, "none")}`,
  ),
  marks: marks(
    row.approval_policy ? there("approval policy") : { word: "no approval policy", tone: "missing" },
    row.model_policy_present && there("model policy"),
  ),
  off: staleWord(row),
});

export const workflowRow = (row: Inventory["workflows"][number]): InventoryRow => ({
  id: `${row.runtime_id}/${row.workflow_id}`,
  name: row.name,
  facts: facts(
    `in ${row.runtime_id}`,
    `does ${list([...new Set(row.steps.map((step) => step.action))], "nothing")}`,
    row.hooks.length > 0 && `on ${row.hooks.map((hook) => hook.event).join(", ")}`,
  ),
  marks: marks(row.steps.some((step) => step.has_parameters) && there("parameters")),
  off: row.enabled ? staleWord(row) : "Switched off",
});

export const toolPolicyRow = (row: Inventory["tool_policies"][number]): InventoryRow => ({
  id: `${row.runtime_id}/${row.tool_policy_id}`,
  name: row.name,
  facts: facts(
    `in ${row.runtime_id}`,
    `allows ${list(row.allowlist, "nothing")}`,
    row.denylist.length > 0 && `never ${row.denylist.join(", ")}`,
  ),
  marks: [],
  off: staleWord(row),
});
