import type {
  PostureChecksWire,
  PostureDraftResponseWire,
  PostureFindingWire,
  PostureFixWire,
  PostureQuery,
} from "@/lib/contracts/posture";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import { type PostureFix, postureRules } from "@/lib/domain/posture";
import { type PostureAsk, type PostureChecks, postureModes } from "@/lib/domain/posture-checks";
import type { PostureFinding } from "@/lib/domain/posture-finding";
import type { AcceptedRecord } from "@/lib/domain/records";
import { snakeKeys } from "./casing";
import { present } from "./record-parts";

export function postureFromQuery(query: PostureQuery): PostureAsk {
  const list = (text: string | undefined) => (text ? text.split(",") : undefined);
  return {
    mode: query.mode,
    rules: list(query.rules),
    disabledRules: list(query.disabled_rules),
    minSeverity: query.min_severity,
  };
}

export function postureChecksToWire({
  policy,
  findings,
  counts,
  inventory,
}: PostureChecks & { inventory: AuthorityInventory }): PostureChecksWire {
  const { dryRun } = policy;
  return {
    schema_version: 1,
    generated_at_ms: inventory.generatedAtMs,
    scope: {
      source: "incident_monitor_security_posture_checks",
      ...{ read_only: true, dry_run: dryRun },
      authority_inventory_source: inventory.scope.source,
    },
    baseline_policy: {
      ...{ mode: policy.mode, dry_run: dryRun, read_only: true },
      supported_modes: [...postureModes],
      enabled_rule_ids: policy.enabledRuleIds,
      disabled_rule_ids: policy.disabledRuleIds,
      min_severity: policy.minSeverity,
    },
    rules: postureRules.map(({ ruleId, category, severity }) => ({
      ...{ rule_id: ruleId, category, default_severity: severity },
      enabled: policy.enabledRuleIds.includes(ruleId),
      dry_run: dryRun,
    })),
    counts: {
      findings: counts.findings,
      by_severity: { ...counts.bySeverity },
      by_category: { ...counts.byCategory },
      active_rules: counts.activeRules,
    },
    findings: findings.map(postureFindingToWire),
    authority_inventory: {
      ...inventorySummary(inventory),
      incident_history_inputs: ["policy_decisions", "external_publish_surfaces.recent_actions"],
    },
    draft_conversion: {
      available: true,
      method: "POST /incident-monitor/security/posture-drafts",
      mutates_state: false,
    },
    sensitive_values: sensitiveValuesToWire(inventory),
  };
}

export const inventorySummary = ({ schemaVersion, generatedAtMs, counts }: AuthorityInventory) => ({
  schema_version: schemaVersion,
  generated_at_ms: generatedAtMs,
  counts: snakeKeys(counts) as Record<string, number>,
});

export const sensitiveValuesToWire = ({ sensitiveValues }: AuthorityInventory) => ({
  policy: sensitiveValues.policy,
  omitted_fields: sensitiveValues.omittedFields,
});

export function postureFindingToWire(finding: PostureFinding): PostureFindingWire {
  const { evidencePaths, affectedObjects, fix, draftSuggestion, ...rest } = finding;
  return {
    ...snakeKeys(rest),
    affected_objects: snakeKeys(affectedObjects),
    evidence_refs: evidencePaths.map((path) => ({ kind: "authority_inventory", path })),
    fix: postureFixToWire(fix),
    incident_draft_suggestion: snakeKeys(draftSuggestion),
  };
}

const config = "/config/incident-monitor";

function postureFixToWire(fix: PostureFix): PostureFixWire {
  const { kind, code } = fix;
  if (fix.kind === "record") return { kind, code, record_id: fix.id };
  if (fix.kind === "registration") {
    return {
      ...{ kind, code, field: fix.field, runtime_id: fix.runtimeId },
      api_call: {
        method: "PUT",
        path: "/incident-monitor/security/authority-subjects",
        change: { field: fix.field },
      },
    };
  }
  const { field, destinationId, projectId, sourceId, routeId, set } = fix;
  const change = { field, ...(set !== undefined && { value: set }) };
  const row = rowPath(fix);
  return {
    ...{ kind, code, field },
    ...present({ destination_id: destinationId, project_id: projectId, source_id: sourceId }),
    ...present({ route_id: routeId }),
    api_call: row ? { method: "PUT", path: row, change } : { method: "PATCH", path: config, change },
  };
}

/** The row of the configuration that holds the field; null for the safety defaults. */
function rowPath({
  destinationId,
  projectId,
  sourceId,
  routeId,
}: Extract<PostureFix, { kind: "setting" }>): string | null {
  const segment = encodeURIComponent;
  if (destinationId) return `${config}/destinations/${segment(destinationId)}`;
  if (routeId) return `${config}/routes/${segment(routeId)}`;
  if (!projectId) return null;
  const project = `${config}/projects/${segment(projectId)}`;
  return sourceId ? `${project}/log-sources/${segment(sourceId)}` : project;
}

export function postureDraftToWire(
  fingerprint: string,
  { incident, draft, outcome }: AcceptedRecord,
): PostureDraftResponseWire {
  return {
    fingerprint,
    incident_id: incident.incidentId,
    ...present({ draft_id: draft?.draftId }),
    outcome,
  };
}
