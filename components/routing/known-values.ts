import { riskLevels, sourceKinds } from "@/components/settings/words";
import type { ConfigWire, RouteWire } from "@/lib/contracts/config";
import type { ConditionField } from "./conditions";

/** Values worth offering for a condition: what is configured, then what other routes already match on. */
export function knownValues(
  field: ConditionField,
  config: Pick<ConfigWire, "monitored_projects" | "destinations">,
  routes: readonly RouteWire[],
): string[] {
  const used = routes.flatMap((route) => route[field]);
  return [...new Set([...configured(field, config), ...used])];
}

function configured(
  field: ConditionField,
  { monitored_projects: projects, destinations }: Pick<ConfigWire, "monitored_projects" | "destinations">,
): string[] {
  const rows = projects.flatMap((project) => [project, ...project.log_sources]);
  const present = (values: (string | undefined)[]) => values.filter((value) => value !== undefined);
  switch (field) {
    case "match_project_ids":
      return projects.map((project) => project.project_id);
    case "match_log_source_ids":
      return projects.flatMap((project) => project.log_sources.map((source) => source.source_id));
    case "match_risk_levels":
      return [...riskLevels];
    case "match_confidence":
      return ["high", "medium", "low"];
    case "match_source_kinds":
      return sourceKinds.map(({ value }) => value);
    case "match_expected_destinations":
      return destinations.map((row) => row.destination_id);
    case "match_route_tags":
      return rows.flatMap((row) => row.default_route_tags);
    case "match_tenant_ids":
      return present(rows.map((row) => row.tenant_id));
    case "match_workspace_ids":
      return present(rows.map((row) => row.workspace_id));
    case "match_event_schema_versions":
      return present(rows.map((row) => row.event_schema_version));
    case "match_risk_categories":
      return ["security", "privacy", "payments", "data_loss"];
    default:
      return [];
  }
}
