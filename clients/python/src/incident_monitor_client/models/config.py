"""The configuration: what is watched, where things may go, and under which safety rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record, header


@dataclass(kw_only=True, repr=False)
class DataReadiness(Record):
    """What is known about a source's data: its owner, its permitted use, how fresh it must be."""

    source_owner: str | None = None
    system_of_record: str | None = None
    data_classification: str | None = None
    allowed_use: str | None = None
    source_of_truth: str | None = None
    lineage_ref: str | None = None
    expected_schema_version: str | None = None
    schema_drift_status: str | None = None
    quality_notes: str | None = None
    legal_basis: str | None = None
    authorization_marker: str | None = None
    freshness_sla_ms: int | None = None
    last_observed_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class LogReading(Record):
    """How the lines of a log are read. Keys of ``field_mapping`` are what is looked for (``level``, ``message``, ...),
    each with the keys to look under first, dotted for nested; those of ``risk_by_level`` are the log's own level words."""

    field_mapping: dict[str, list[str]] = field(default_factory=dict)
    risk_by_level: dict[str, str] = field(default_factory=dict)
    minimum_risk_level: str | None = None
    maximum_risk_level: str | None = None
    ignore_patterns: list[str] = field(default_factory=list)
    trigger_patterns: list[str] = field(default_factory=list)
    max_line_bytes: int | None = None
    expected_interval_seconds: int | None = None
    required_fields: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class LogSourceConfig(Record):
    """A watched file of a project, or a name a scoped key reports under."""

    source_id: str
    path: str | None = None
    source_kind: str | None = None
    format: str = "auto"
    minimum_level: str = "error"
    watch_interval_seconds: int = 60
    enabled: bool = True
    paused: bool = False
    start_position: str = "end"
    max_bytes_per_poll: int = 262_144
    max_candidates_per_poll: int = 20
    fingerprint_cooldown_ms: int = 3_600_000
    allowed_destination_ids: list[str] = field(default_factory=list)
    default_destination_ids: list[str] = field(default_factory=list)
    default_route_tags: list[str] = field(default_factory=list)
    tenant_id: str | None = None
    workspace_id: str | None = None
    event_schema_version: str | None = None
    redaction_profile: str | None = None
    retention_profile: str | None = None
    approval_policy: str = "inherit"
    approvals_required: int | None = None
    approvers: list[str] | None = None
    data_readiness: DataReadiness = field(default_factory=DataReadiness)
    reading: LogReading | None = None


@dataclass(kw_only=True, repr=False)
class MonitoredProject(Record):
    """A system that is watched: its repository, its sources, what they may reach."""

    project_id: str
    name: str | None = None
    repo: str | None = None
    workspace_root: str | None = None
    enabled: bool = True
    paused: bool = False
    source_kind: str = "customer_system"
    mcp_server: str | None = None
    model_policy: dict[str, Any] | None = None
    allowed_destination_ids: list[str] = field(default_factory=list)
    default_destination_ids: list[str] = field(default_factory=list)
    default_route_tags: list[str] = field(default_factory=list)
    tenant_id: str | None = None
    workspace_id: str | None = None
    event_schema_version: str | None = None
    redaction_profile: str | None = None
    retention_profile: str | None = None
    approval_policy: str = "inherit"
    approvals_required: int | None = None
    approvers: list[str] | None = None
    data_readiness: DataReadiness = field(default_factory=DataReadiness)
    auto_create_new_issues: bool = True
    require_approval_for_new_issues: bool = False
    auto_comment_on_matched_open_issues: bool = True
    issue_template: str | None = None
    log_sources: list[LogSourceConfig] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class DestinationConfig(Record):
    """One place something can be published to. Secrets are references (``env:NAME``), never values."""

    destination_id: str
    name: str
    kind: str = "github_issue"
    enabled: bool = True
    require_approval: bool = False
    repo: str | None = None
    mcp_server: str | None = None
    linear_team: str | None = None
    linear_project: str | None = None
    webhook_url: str | None = None
    webhook_secret_ref: str | None = None
    telemetry_path: str | None = None
    mcp_tool: str | None = None
    memory_category: str | None = None
    route_tags: list[str] = field(default_factory=list)
    config: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class RouteRule(Record):
    """One thing that must hold besides a route's lists.

    ``values``: any of them is enough (``equals``, ``prefix``, ``glob``, ``regex``); ``value``: the bound of ``at_least`` and
    ``at_most``.
    """

    field_: str
    op: str
    values: list[str] | None = None
    value: Any = None
    negate: bool | None = None


@dataclass(kw_only=True, repr=False)
class ActiveWindow(Record):
    """From ``from_`` until just before ``to`` (``HH:MM``) by the clocks of an IANA zone; no ``days``: every day."""

    zone: str
    days: list[str] | None = None
    from_: str
    to: str


@dataclass(kw_only=True, repr=False)
class RouteConfig(Record):
    """A rule: which records go where. An empty ``match_`` list matches everything; the highest priority wins.

    ``continue_``: the next matching route adds its destinations. ``mode`` ``shadow``: judged and shown, never chosen.
    """

    route_id: str
    name: str
    enabled: bool = True
    priority: int = 0
    destination_ids: list[str] = field(default_factory=list)
    approval_policy: str = "inherit"
    approvals_required: int | None = None
    approvers: list[str] | None = None
    author_may_not_approve: bool | None = None
    match_event_types: list[str] = field(default_factory=list)
    match_sources: list[str] = field(default_factory=list)
    match_components: list[str] = field(default_factory=list)
    match_risk_levels: list[str] = field(default_factory=list)
    match_risk_categories: list[str] = field(default_factory=list)
    match_confidence: list[str] = field(default_factory=list)
    match_expected_destinations: list[str] = field(default_factory=list)
    match_project_ids: list[str] = field(default_factory=list)
    match_log_source_ids: list[str] = field(default_factory=list)
    match_route_tags: list[str] = field(default_factory=list)
    match_source_kinds: list[str] = field(default_factory=list)
    match_tenant_ids: list[str] = field(default_factory=list)
    match_workspace_ids: list[str] = field(default_factory=list)
    match_event_schema_versions: list[str] = field(default_factory=list)
    conditions: list[RouteRule] | None = None
    active_windows: list[ActiveWindow] | None = None
    continue_: bool | None = None
    mode: str | None = None


@dataclass(kw_only=True, repr=False)
class RetentionProfile(Record):
    """Days that each kind is kept; None: for ever. `mode` is `hide` or `delete` (erases the texts)."""

    profile_id: str
    mode: str
    reports_days: int | None = None
    evidence_days: int | None = None
    incidents_days: int | None = None
    drafts_days: int | None = None
    receipts_days: int | None = None
    triage_days: int | None = None
    runs_days: int | None = None


@dataclass(kw_only=True, repr=False)
class RedactionPattern(Record):
    """RE2 syntax; what it finds is marked ``custom_`` and its name."""

    name: str
    pattern: str
    ignore_case: bool | None = None


@dataclass(kw_only=True, repr=False)
class RedactionProfile(Record):
    """What goes beside secrets. ``personal_data``: email, phone_number, iban, ip_address. No secret is ever allowed."""

    profile_id: str
    personal_data: list[str] = field(default_factory=list)
    patterns: list[RedactionPattern] | None = None
    allowed_values: list[str] | None = None


@dataclass(kw_only=True, repr=False)
class SafetyDefaults(Record):
    """Approval, redaction and blocking, for everything that no route or source decides."""

    require_approval_for_high_risk: bool = True
    redact_secrets: bool = True
    block_unready_destinations: bool = True
    block_unready_sources: bool = False
    retention_days: int | None = None
    retention_profiles: list[RetentionProfile] | None = None
    retention_profile: str | None = None
    minimum_risk_level: str | None = None
    high_risk_categories: list[str] = field(default_factory=list)
    high_risk_destination_kinds: list[str] = field(default_factory=list)
    approval_ttl_ms: int | None = None
    approval_binding: str | None = None
    publish_on_approval: bool = False
    publish_grace_ms: int | None = None
    approvals_required_high_risk: int = 1
    approvals_required_critical_risk: int = 1
    approvers_high_risk: list[str] | None = None
    approvers_critical_risk: list[str] | None = None
    author_may_not_approve: bool = False
    require_step_up_for_high_risk: bool = False
    break_glass_per_person: int = 3
    break_glass_overall: int = 10
    redaction_profile: str | None = None
    redaction_profiles: list[RedactionProfile] | None = None


@dataclass(kw_only=True, repr=False)
class ReassessmentConfig(Record):
    """How often the deployment is assessed again."""

    cadence_ms: int = 604_800_000
    overdue_grace_ms: int = 86_400_000
    change_triggers_enabled: bool = True


@dataclass(kw_only=True, repr=False)
class IncidentMonitorConfig(Record):
    """The whole configuration. ``triage_timeout_ms`` None means: no deadline."""

    enabled: bool = False
    paused: bool = False
    workspace_root: str | None = None
    repo: str | None = None
    mcp_server: str | None = None
    provider_preference: str = "auto"
    model_policy: dict[str, Any] | None = None
    auto_create_new_issues: bool = True
    require_approval_for_new_issues: bool = False
    auto_comment_on_matched_open_issues: bool = True
    label_mode: str = "reporter_only"
    triage_timeout_ms: int | None = None
    monitored_projects: list[MonitoredProject] = field(default_factory=list)
    destinations: list[DestinationConfig] = field(default_factory=list)
    routes: list[RouteConfig] = field(default_factory=list)
    default_destination_ids: list[str] = field(default_factory=list)
    safety_defaults: SafetyDefaults = field(default_factory=SafetyDefaults)
    reassessment: ReassessmentConfig = field(default_factory=ReassessmentConfig)
    updated_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class ConfigIssue(Record):
    """Something worth saying about what was saved. ``path`` is the wire's: ``destinations[1].webhook_url``."""

    path: str | None = None
    code: str | None = None
    message: str | None = None


@dataclass(kw_only=True, repr=False)
class ConfigChange(Record):
    """One difference between two configurations. URLs, secret references and free values only as ``set``."""

    path: str | None = None
    kind: str | None = None
    before: Any = None
    after: Any = None


@dataclass(kw_only=True, repr=False)
class ConfigResponse(Record):
    """The configuration, and after a change what of it is new and what is worth saying about it.

    With ``dry_run`` nothing of it was stored. ``etag`` is the answer's header.
    """

    incident_monitor: IncidentMonitorConfig
    dry_run: bool = False
    diff: list[ConfigChange] = field(default_factory=list)
    warnings: list[ConfigIssue] = field(default_factory=list)
    etag: str | None = header("etag")


@dataclass(kw_only=True, repr=False)
class PauseResponse(ConfigResponse):
    """Answer of pause and resume."""

    ok: bool = False
