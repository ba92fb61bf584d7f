import type { ConfigWire, LogSourceWire } from "@/lib/contracts/config";
import { defaultConfig, type MonitorConfig } from "@/lib/domain/config";
import {
  completeDestination,
  completeLogSource,
  completeProject,
  completeRoute,
  type GivenDestination,
  type GivenLogSource,
  type GivenProject,
  type GivenRoute,
} from "@/lib/domain/config-defaults";

/** Whole records with the defaults, for tests that care about one field. */
export const aConfig = (fields: Partial<MonitorConfig> = {}): MonitorConfig => ({
  ...structuredClone(defaultConfig),
  ...fields,
});

export const aDestination = (fields: Partial<GivenDestination> = {}) =>
  completeDestination({ destinationId: "local", name: "Local", kind: "telemetry", ...fields });

export const aRoute = (fields: Partial<GivenRoute> = {}) =>
  completeRoute({ routeId: "route", name: "Route", ...fields });

export const aLogSource = (fields: Partial<GivenLogSource> = {}) =>
  completeLogSource({ sourceId: "api", path: "logs/api.log", ...fields });

export const aProject = (fields: Partial<GivenProject> = {}) =>
  completeProject({
    ...{ projectId: "shop", name: "Shop", repo: "acme/shop", workspaceRoot: "/workspace/repos/shop" },
    ...fields,
  });

const identity = {
  allowed_destination_ids: ["local", "hook"],
  default_destination_ids: ["local"],
  default_route_tags: ["shop"],
  tenant_id: "acme",
  workspace_id: "main",
  event_schema_version: "3",
  redaction_profile: "strict",
  retention_profile: "short",
  approval_policy: "high_risk",
  data_readiness: {
    source_owner: "team-shop",
    system_of_record: "orders",
    data_classification: "internal",
    allowed_use: "triage",
    source_of_truth: "orders-db",
    lineage_ref: "lineage-1",
    expected_schema_version: "3",
    schema_drift_status: "stable",
    quality_notes: "good",
    legal_basis: "contract",
    authorization_marker: "marker-1",
    freshness_sla_ms: 60_000,
    last_observed_at_ms: 1_700_000_000_000,
  },
} satisfies Partial<LogSourceWire>;

/** Every key of the wire's configuration with a value that is not its default, in the form that is answered. */
export const everyKeyOfConfig: Omit<ConfigWire, "updated_at_ms"> = {
  enabled: false,
  paused: true,
  workspace_root: "/workspace/repos",
  repo: "acme/monitor",
  mcp_server: "github",
  provider_preference: "official_github",
  model_policy: {
    default_model: { provider_id: "anthropic", model_id: "m-1" },
    role_models: { inspectionRole: { provider_id: "anthropic", model_id: "m-2" } },
  },
  auto_create_new_issues: false,
  require_approval_for_new_issues: true,
  auto_comment_on_matched_open_issues: false,
  label_mode: "reporter_only",
  triage_timeout_ms: null,
  monitored_projects: [
    {
      project_id: "shop",
      name: "Shop",
      repo: "acme/shop",
      workspace_root: "/workspace/repos/shop",
      enabled: false,
      paused: true,
      source_kind: "external_app",
      mcp_server: "github",
      model_policy: { default_model: { provider_id: "anthropic", model_id: "m-3" } },
      ...identity,
      auto_create_new_issues: false,
      require_approval_for_new_issues: true,
      auto_comment_on_matched_open_issues: false,
      issue_template: "Filed by the monitor.\n\n{{body}}",
      log_sources: [
        {
          source_id: "api",
          path: "logs/api.log",
          source_kind: "agent_runtime",
          format: "json",
          minimum_level: "warn",
          watch_interval_seconds: 5,
          enabled: false,
          paused: true,
          start_position: "beginning",
          max_bytes_per_poll: 4_096,
          max_candidates_per_poll: 7,
          fingerprint_cooldown_ms: 1_000,
          ...identity,
          reading: {
            field_mapping: { risk_level: ["alert.risk"], message: ["text", "body.text"] },
            risk_by_level: { fatal: "critical", to_page: "high" },
            minimum_risk_level: "low",
            maximum_risk_level: "high",
            ignore_patterns: ["health ?check"],
            trigger_patterns: ["^!! "],
            max_line_bytes: 65_536,
            expected_interval_seconds: 300,
            required_fields: ["message", "risk_level"],
          },
        },
      ],
    },
  ],
  destinations: [
    {
      destination_id: "local",
      name: "Local",
      kind: "telemetry",
      enabled: true,
      require_approval: false,
      telemetry_path: "incident-monitor/telemetry",
      route_tags: [],
    },
    {
      destination_id: "hook",
      name: "Hook",
      kind: "webhook",
      enabled: false,
      require_approval: true,
      repo: "acme/hook",
      mcp_server: "github",
      linear_team: "OPS",
      linear_project: "Incidents",
      webhook_url: "https://hooks.example.test/in?a=1",
      webhook_secret_ref: "env:TANDEM_HOOK_SECRET",
      telemetry_path: "",
      mcp_tool: "create_issue",
      memory_category: "policy_gap",
      route_tags: ["ops"],
      config: { timeout_ms: 900, payload: { camelKey: "$draft.title", snake_key: [1, null] } },
    },
  ],
  routes: [
    {
      route_id: "high",
      name: "High",
      enabled: false,
      priority: -5,
      destination_ids: ["hook"],
      approval_policy: "always",
      match_event_types: ["a"],
      match_sources: ["b"],
      match_components: ["c"],
      match_risk_levels: ["high"],
      match_risk_categories: ["d"],
      match_confidence: ["e"],
      match_expected_destinations: ["f"],
      match_project_ids: ["shop"],
      match_log_source_ids: ["api"],
      match_route_tags: ["g"],
      match_source_kinds: ["external_app"],
      match_tenant_ids: ["acme"],
      match_workspace_ids: ["main"],
      match_event_schema_versions: ["3"],
      conditions: [
        { field: "title", op: "regex", values: ["time.?out"], negate: true },
        { field: "occurrence_count", op: "at_least", value: 3 },
      ],
      active_windows: [{ zone: "Europe/Berlin", days: ["mon", "fri"], from: "22:00", to: "06:00" }],
      continue: true,
      mode: "shadow",
      approvals_required: 2,
      author_may_not_approve: true,
    },
  ],
  default_destination_ids: ["local"],
  safety_defaults: {
    require_approval_for_high_risk: false,
    redact_secrets: false,
    block_unready_destinations: false,
    block_unready_sources: true,
    retention_days: 30,
    minimum_risk_level: "medium",
    high_risk_categories: ["payments"],
    high_risk_destination_kinds: ["webhook"],
    approval_ttl_ms: 60_000,
    approval_binding: "draft",
    publish_on_approval: true,
    publish_grace_ms: 5_000,
    approvals_required_high_risk: 2,
    approvals_required_critical_risk: 3,
    author_may_not_approve: true,
    require_step_up_for_high_risk: true,
    break_glass_per_person: 1,
    break_glass_overall: 2,
    redaction_profile: "strict",
  },
  reassessment: { cadence_ms: 1_000, overdue_grace_ms: 2_000, change_triggers_enabled: false },
};
