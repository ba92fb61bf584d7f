import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import type { NameOf } from "@/lib/queries/names";
import { facts, type InventoryRow, list, marks, people, spaced, there } from "./inventory-row";

type Inventory = AuthorityInventoryWire["inventory"];

/* What is configured: sources, servers, destinations, routes. */

const presenceWords = {
  source_owner_present: "owner",
  system_of_record_present: "system of record",
  data_classification_present: "classification",
  allowed_use_present: "allowed use",
  source_of_truth_present: "source of truth",
  lineage_ref_present: "lineage",
  expected_schema_version_present: "schema version",
  quality_notes_present: "quality notes",
  legal_basis_present: "legal basis",
  authorization_marker_present: "authorization",
} as const;

export function sourceRow(row: Inventory["monitored_sources"][number], name: NameOf): InventoryRow {
  const documented = Object.entries(presenceWords).filter(
    ([key]) => row.data_readiness[key as keyof typeof presenceWords],
  );
  const missing = Object.keys(presenceWords).length - documented.length;
  return {
    id: row.source_id === null ? row.project_id : `${row.project_id}/${row.source_id}`,
    name: row.source_id === null ? row.name : `${row.name} / ${row.source_id}`,
    facts: facts(
      spaced(row.source_kind),
      row.repo ?? row.path,
      row.allowlist_enforced
        ? `may reach ${list(row.allowed_destination_ids.map(name.destination), "nothing")}`
        : "may reach anything",
      row.approval_policy !== "inherit" && `approval: ${spaced(row.approval_policy)}`,
      people(row.approvals_required),
    ),
    marks: marks(
      ...documented.map(([, word]) => there(word)),
      missing > 0 && { word: `${missing} undocumented`, tone: "missing" },
    ),
    off: row.paused ? "Paused" : row.enabled ? undefined : "Switched off",
  };
}

export const mcpRow = (row: Inventory["mcp"]["servers"][number]): InventoryRow => ({
  id: row.name,
  name: row.name,
  facts: facts(
    row.connected ? "answered when last asked" : "not connected",
    `${row.registered_tool_count} of ${row.remote_tool_count} tools allowed`,
    row.governed_tools.length > 0 && `called by destinations: ${row.governed_tools.join(", ")}`,
  ),
  marks: marks(
    row.allowed_tool_count === null ? { word: "no tool list", tone: "missing" } : there("tool list"),
  ),
  off: row.enabled ? undefined : "Switched off",
});

export const destinationRow = (row: Inventory["destinations"][number]): InventoryRow => ({
  id: row.destination_id,
  name: row.name,
  facts: facts(
    spaced(row.kind),
    row.repo ?? row.linear_team ?? row.mcp_server ?? row.telemetry_path ?? row.memory_category,
    row.require_approval ? "always asks a person" : "asks as its route says",
    row.custom_config_keys.length > 0 && `sets ${row.custom_config_keys.join(", ")}`,
  ),
  marks: marks(
    row.webhook_url_present && there("address"),
    row.webhook_secret_ref_present && there("secret"),
    row.kind === "webhook" && !row.webhook_secret_ref_present && { word: "not signed", tone: "missing" },
    row.allow_publish === true && there("may publish"),
  ),
  off: row.enabled ? undefined : "Switched off",
});

export function routeRow(row: Inventory["routes"][number], name: NameOf): InventoryRow {
  const asked = Object.entries(row.match).flatMap(([name, values]) =>
    values.length > 0 ? `${spaced(name)}: ${values.join(", ")}` : [],
  );
  const further = row.conditions.length + (row.active_window_count > 0 ? 1 : 0);
  return {
    id: row.route_id,
    name: row.name,
    facts: facts(
      list(asked, further > 0 ? "" : "everything"),
      further > 0 && `${further} further ${further === 1 ? "condition" : "conditions"}`,
      `to ${list(row.destination_ids.map(name.destination), "the defaults")}`,
      row.approval_policy !== "inherit" && `approval: ${spaced(row.approval_policy)}`,
      people(row.approvals_required),
    ),
    marks: marks(row.author_may_not_approve && there("author may not approve")),
    off: row.mode === "shadow" ? "Shadow" : row.enabled ? undefined : "Switched off",
  };
}
