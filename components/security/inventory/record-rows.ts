import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import type { NameOf } from "@/lib/queries/names";
import { facts, type InventoryRow, marks, people, spaced, there } from "./inventory-row";

type Inventory = AuthorityInventoryWire["inventory"];

/* Rules, and what was decided and done. */

export const ruleRow = (row: Inventory["approval_rules"][number]): InventoryRow => ({
  id: row.rule_id,
  name: row.rule_id,
  facts: facts(
    spaced(row.policy),
    row.requires_approval ? "asks a person" : "asks nobody by itself",
    people(row.approvals_required),
    row.approvers.length > 0 &&
      `by ${row.approvers.map((each) => (each.active ? each.name : `${each.name} (cannot sign in)`)).join(", ")}`,
  ),
  marks: marks(row.unmet !== null && { word: "cannot be met", tone: "missing" }),
});

export const pendingRow = (row: Inventory["pending_approvals"][number], name: NameOf): InventoryRow => ({
  id: row.request_id,
  name: row.request_id,
  facts: facts(
    `approval ${row.approval_wait}`,
    row.risk_level && `${row.risk_level} risk`,
    row.project_id && name.project(row.project_id),
  ),
  marks: marks(row.run_id !== null && there("triaged")),
});

export const reviewRow = (
  row: Inventory["governance_approval_requests"][number],
  name: NameOf,
): InventoryRow => ({
  id: row.approval_id,
  name: row.target_resource,
  facts: facts(row.status, row.project_id && name.project(row.project_id)),
  marks: [],
});

export const decisionRow = (row: Inventory["policy_decisions"][number]): InventoryRow => ({
  id: row.decision_id,
  name: `${spaced(row.tool)} on ${row.resource}`,
  facts: facts(spaced(row.decision), spaced(row.reason_code), `for ${row.actor_id}`),
  marks: marks(row.approval_id !== null && there("approval")),
});

export const actionRow = (
  row: Inventory["external_publish_surfaces"]["recent_actions"][number],
  name: NameOf,
): InventoryRow => ({
  id: row.action_id,
  name: `${spaced(row.operation)} at ${row.target ? name.destination(row.target) : "a destination"}`,
  facts: facts(row.status, spaced(row.approval_state), row.error && spaced(row.error)),
  marks: marks(
    row.idempotency_key_present ? there("key") : { word: "no key", tone: "missing" },
    row.receipt_present ? there("receipt") : { word: "no receipt", tone: "missing" },
  ),
});
