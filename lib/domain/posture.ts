import type { Inventory } from "./authority-inventory";

/**
 * Posture: what the deployment's own settings and records say against it. A *rule* looks at the inventory, a *finding* is
 * one thing it found, a *fix* names the setting that would end it.
 */

export const postureSeverities = ["low", "medium", "high", "critical"] as const;
export type PostureSeverity = (typeof postureSeverities)[number];

export const postureCategories = [
  "missing_approval",
  "mcp_allowlist_gap",
  "scoped_intake_gap",
  "tenant_context_gap",
  "unsafe_destination",
  "audit_gap",
  "recurrence_gap",
  "source_readiness",
  "retention_gap",
] as const;
export type PostureCategory = (typeof postureCategories)[number];

/** The nine rules of contract 10.2, and ours: `retention_days_unset`, `named_approvers_unreachable`. */
export const postureRules = [
  { ruleId: "high_risk_tool_without_approval", category: "missing_approval", severity: "high" },
  { ruleId: "mcp_server_without_tool_allowlist", category: "mcp_allowlist_gap", severity: "high" },
  { ruleId: "broad_source_destination_scope", category: "scoped_intake_gap", severity: "medium" },
  { ruleId: "missing_tenant_context", category: "tenant_context_gap", severity: "high" },
  { ruleId: "external_destination_without_approval", category: "unsafe_destination", severity: "medium" },
  { ruleId: "unready_destination_fail_open", category: "unsafe_destination", severity: "medium" },
  { ruleId: "external_action_missing_receipt", category: "audit_gap", severity: "medium" },
  { ruleId: "recurring_denied_action", category: "recurrence_gap", severity: "medium" },
  { ruleId: "source_readiness_failed", category: "source_readiness", severity: "medium" },
  { ruleId: "retention_days_unset", category: "retention_gap", severity: "medium" },
  { ruleId: "named_approvers_unreachable", category: "missing_approval", severity: "high" },
] as const satisfies ReadonlyArray<{
  ruleId: string;
  category: PostureCategory;
  severity: PostureSeverity;
}>;
export type PostureRuleId = (typeof postureRules)[number]["ruleId"];

/** What a finding is about. `id` is unique within its kind: `shop/api` for a log source of a project. */
export type AffectedObject = {
  kind:
    | ("automation" | "agent" | "node" | "project" | "log_source" | "destination" | "route")
    | ("safety_defaults" | "external_action" | "denied_action");
  id: string;
  name?: string;
  projectId?: string;
  sourceId?: string;
  destinationId?: string;
  automationId?: string;
  runtimeId?: string;
  /** Names of tools that count against it. */
  tools?: string[];
  /** How many records it stands for. */
  count?: number;
};

/**
 * The setting that would end a finding. `setting`: one field of the configuration, `set` its value where only one will
 * do. `registration`: the runtime has to say something else about itself. `record`: there is only something to look into.
 */
export type PostureFix =
  | {
      kind: "setting";
      code:
        | "destination_require_approval"
        | "require_approval_for_high_risk"
        | "block_unready_destinations"
        | "retention_days"
        | "source_allowed_destinations"
        | "source_tenant"
        | "source_readiness"
        | "named_approvers";
      field: string;
      destinationId?: string;
      projectId?: string;
      sourceId?: string;
      routeId?: string;
      set?: boolean;
    }
  | { kind: "registration"; code: "authority_subjects"; runtimeId: string; field: string }
  | { kind: "record"; code: "receipt" | "denied_action"; id: string };

/** What a rule says; the rest of a finding follows from it (posture-finding.ts). */
export type PostureFault = {
  ruleId: PostureRuleId;
  category: PostureCategory;
  severity: PostureSeverity;
  title: string;
  detail: string;
  recommendation: string;
  affected: AffectedObject[];
  /** Where in the inventory it is seen, e.g. `inventory.destinations.hook.require_approval`. */
  evidence: string[];
  fix: PostureFix;
  /** Keeps findings apart that are about the same objects. */
  dedupeKey?: string;
};

export type PostureRule = (inventory: Inventory) => PostureFault[];

export const postureRanks: Readonly<Record<PostureSeverity, number>> = {
  ...{ low: 1, medium: 2, high: 3, critical: 4 },
};
