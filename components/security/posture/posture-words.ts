import { shortId } from "@/components/drafts/draft-words";
import type { AffectedObjectWire, PostureFindingWire, PostureFixWire } from "@/lib/contracts/posture";
import { destinationsPath, receiptPath, routingPath, safetyPath, sourcesPath } from "@/lib/paths";
import type { NameOf } from "@/lib/queries/names";

/** What a rule is called, and what it looks for. */
export const ruleWords: Readonly<Record<string, { name: string; looksFor: string }>> = {
  high_risk_tool_without_approval: {
    name: "Unapproved tools",
    looksFor: "Agents and nodes that may change something outside without an approval policy or a gate.",
  },
  mcp_server_without_tool_allowlist: {
    name: "MCP servers without a list",
    looksFor: "Agents that may use an MCP server and name none of its tools.",
  },
  broad_source_destination_scope: {
    name: "Sources that may send anywhere",
    looksFor: "Sources that are allowed every external destination.",
  },
  missing_tenant_context: {
    name: "No tenant",
    looksFor: "Sources and automations that do not say whose data they carry.",
  },
  external_destination_without_approval: {
    name: "External without approval",
    looksFor:
      "External destinations that do not ask for a person, above all while high risk does not either.",
  },
  unready_destination_fail_open: {
    name: "Unready and not stopped at",
    looksFor: "Incomplete destinations while stopping at unready ones is off.",
  },
  external_action_missing_receipt: {
    name: "Sent without proof",
    looksFor: "Deliveries that ended well without a receipt or an idempotency key.",
  },
  recurring_denied_action: {
    name: "Refused again and again",
    looksFor: "The same action on the same thing, refused twice or more.",
  },
  source_readiness_failed: {
    name: "Sources that are not ready",
    looksFor: "What a source's own readiness finds missing.",
  },
  retention_days_unset: {
    name: "Kept without an end",
    looksFor: "No number of days for which records are kept.",
  },
  named_approvers_unreachable: {
    name: "Named approvers who cannot",
    looksFor: "Settings that name who must approve, of whom too few may.",
  },
};

export const ruleName = (ruleId: string): string => ruleWords[ruleId]?.name ?? ruleId;

/** Where a fix is made, and what its link says. null: nothing of this panel changes it. */
export function fixPlace(fix: PostureFixWire): { href: string; label: string } | null {
  const { destination_id, project_id: project, source_id: source, field, record_id } = fix;
  switch (fix.code) {
    case "destination_require_approval":
      return { href: destinationsPath({ id: destination_id, field }), label: "Fix this" };
    case "require_approval_for_high_risk":
    case "block_unready_destinations":
    case "retention_days":
      return { href: safetyPath({ field }), label: "Fix this" };
    case "named_approvers":
      if (fix.route_id) return { href: routingPath({ route: fix.route_id }), label: "Fix this" };
      if (!project) return { href: safetyPath({ field }), label: "Fix this" };
      return { href: sourcesPath({ project, source, field }), label: "Fix this" };
    case "source_allowed_destinations":
    case "source_tenant":
    case "source_readiness":
      return { href: sourcesPath({ project, source, field }), label: "Fix this" };
    case "receipt":
      return { href: receiptPath(record_id ?? ""), label: "Open the receipt" };
    default:
      return null;
  }
}

/** Who has to act where no setting here does. */
export function fixElsewhere(fix: PostureFixWire): string | null {
  if (fix.code === "authority_subjects") {
    return `Changed by the runtime${fix.runtime_id ? ` ${fix.runtime_id}` : ""}, which registers it again with another ${fix.field ?? "policy"}.`;
  }
  return fix.code === "denied_action" ? "Nothing here ends it: find out who asks, and why." : null;
}

const kindWords: Readonly<Record<AffectedObjectWire["kind"], string>> = {
  automation: "Automation",
  agent: "Agent",
  node: "Node",
  project: "Project",
  log_source: "Log source",
  destination: "Destination",
  route: "Route",
  safety_defaults: "Safety defaults",
  external_action: "Delivery",
  denied_action: "Action",
};
export const kindWord = ({ kind }: AffectedObjectWire): string => kindWords[kind];

/** What people call it; its id where it has no name. */
export function objectName(object: AffectedObjectWire, name: NameOf): string {
  const { kind, id, project_id: project, source_id: source } = object;
  if (kind === "destination") return name.destination(id);
  if (kind === "project") return name.project(id);
  if (kind === "log_source" && project && source) return `${name.project(project)} / ${source}`;
  return kind === "external_action" ? shortId(id) : object.name || id;
}

/** The screen that shows an affected object; null where there is none of its own. */
export function objectPath(object: AffectedObjectWire): string | null {
  switch (object.kind) {
    case "destination":
      return destinationsPath({ id: object.destination_id });
    case "project":
    case "log_source":
      return sourcesPath({ project: object.project_id, source: object.source_id });
    case "safety_defaults":
      return safetyPath();
    case "external_action":
      return receiptPath(object.id);
    default:
      return null;
  }
}

export const severities = ["critical", "high", "medium", "low"] as const;

/** Findings by severity, the worst first; severities without any are left out. */
export function bySeverity(findings: readonly PostureFindingWire[]) {
  return severities.flatMap((severity) => {
    const rows = findings.filter((each) => each.severity === severity);
    return rows.length > 0 ? [{ severity, rows }] : [];
  });
}

/** `disabled_rules` of the address with one rule switched. */
export function switchedRules(disabled: string | undefined, ruleId: string, on: boolean): string | undefined {
  const rest = (disabled ?? "").split(",").filter((each) => each !== "" && each !== ruleId);
  return (on ? rest : [...rest, ruleId].sort()).join(",") || undefined;
}
