import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import type { NameOf } from "@/lib/queries/names";
import type { InventoryRow, InventorySection } from "./inventory-row";
import { keyRow, roleRow, tokenRow, userRow } from "./people-rows";
import { actionRow, decisionRow, pendingRow, reviewRow, ruleRow } from "./record-rows";
import { agentRow, automationRow, toolPolicyRow, workflowRow } from "./registered-rows";
import { destinationRow, mcpRow, routeRow, sourceRow } from "./topology-rows";

/** Everything of the inventory in the order of the work: who acts, what comes in, what decides, where it goes, what was done. */
export function inventorySections(
  { inventory: of, sensitive_values }: AuthorityInventoryWire,
  name: NameOf,
): InventorySection[] {
  const withheld = new Set(sensitive_values.withheld_sections);
  const hidden = "Your role may not see who has access.";
  return [
    section(
      "users",
      "People",
      withheld.has("users") ? hidden : "Nobody has an account.",
      of.users.map((row) => userRow(row, name)),
    ),
    section("roles", "Roles", "", of.roles.map(roleRow)),
    section(
      "tokens",
      "API tokens",
      withheld.has("tokens") ? hidden : "No token was made.",
      of.tokens.map(tokenRow),
    ),
    section(
      "keys",
      "Intake keys",
      "No key reports here.",
      of.scoped_intake_keys.map((row) => keyRow(row, name)),
    ),
    section(
      "sources",
      "Projects and log sources",
      "No project is monitored.",
      of.monitored_sources.map((row) => sourceRow(row, name)),
    ),
    section(
      "automations",
      "Automations",
      "No runtime registered one.",
      of.automation_specs.map((row) => automationRow(row, name)),
    ),
    section("agents", "Agents", "No runtime registered one outside an automation.", of.agents.map(agentRow)),
    section("workflows", "Workflows", "No runtime registered one.", of.workflows.map(workflowRow)),
    section(
      "tool-policies",
      "Tool policies",
      "No runtime registered one.",
      of.tool_policies.map(toolPolicyRow),
    ),
    section("mcp", "MCP servers", "No MCP server is configured.", of.mcp.servers.map(mcpRow)),
    section("destinations", "Destinations", "", of.destinations.map(destinationRow)),
    section(
      "routes",
      "Routes",
      "No route is configured: everything goes to the defaults.",
      of.routes.map((row) => routeRow(row, name)),
    ),
    section("rules", "Approval rules", "", of.approval_rules.map(ruleRow)),
    section(
      "pending",
      "Waiting for approval",
      "Nothing waits.",
      of.pending_approvals.map((row) => pendingRow(row, name)),
    ),
    section(
      "reviews",
      "Break-glass reviews",
      withheld.has("governance_approval_requests") ? "Only people see these." : "None is yours to see.",
      of.governance_approval_requests.map((row) => reviewRow(row, name)),
    ),
    section(
      "decisions",
      "Policy decisions",
      "No policy has decided anything yet.",
      of.policy_decisions.map(decisionRow),
    ),
    section(
      "actions",
      "Recent external actions",
      "Nothing has left yet.",
      of.external_publish_surfaces.recent_actions.map((row) => actionRow(row, name)),
    ),
  ];
}

const section = (id: string, title: string, empty: string, rows: InventoryRow[]): InventorySection => ({
  ...{ id, title, empty, rows },
});

/** Sections with only the rows that hold the text; those without any are left out while something is asked. */
export function narrowSections(
  sections: readonly InventorySection[],
  { text, only }: { text: string; only: string | undefined },
): InventorySection[] {
  const wanted = text.trim().toLowerCase();
  const holds = (row: InventoryRow) =>
    [row.id, row.name, row.off ?? "", ...row.facts, ...row.marks.map((mark) => mark.word)]
      .join(" ")
      .toLowerCase()
      .includes(wanted);
  return sections
    .filter((each) => only === undefined || each.id === only)
    .map((each) => ({ ...each, rows: wanted ? each.rows.filter(holds) : each.rows }))
    .filter((each) => wanted === "" || each.rows.length > 0);
}
