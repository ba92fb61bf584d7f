"""Status: what is ready, what is not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .config import DestinationConfig, IncidentMonitorConfig
from .values import ActorRef, CountBucket


@dataclass(kw_only=True, repr=False)
class DestinationReadiness(Record):
    """Whether one destination can be published to, and what is missing.

    ``circuit``: open or half_open while its last attempts met nobody and deliveries wait; None while it answers.
    """

    destination_id: str
    kind: str | None = None
    enabled: bool = False
    ready: bool = False
    publish_ready: bool = False
    requires_approval: bool | None = None
    missing: list[str] = field(default_factory=list)
    detail: str | None = None
    circuit: str | None = None


@dataclass(kw_only=True, repr=False)
class SourceReadinessFinding(Record):
    """One thing a source lacks."""

    finding_id: str
    rule_id: str
    category: str
    severity: str
    title: str
    detail: str
    recommendation: str
    evidence_refs: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class SourceReadiness(Record):
    """Whether a project, or one of its sources (``source_id``), is fit to be relied on."""

    project_id: str
    source_id: str | None = None
    source_kind: str | None = None
    enabled: bool = False
    ready: bool = False
    governance_ready: bool = False
    lineage_ready: bool = False
    freshness_ready: bool = False
    schema_ready: bool = False
    protection_ready: bool = False
    missing: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    findings: list[SourceReadinessFinding] = field(default_factory=list)
    last_observed_at_ms: int | None = None
    stale_after_ms: int | None = None
    detail: str | None = None


@dataclass(kw_only=True, repr=False)
class LogSourceRuntime(Record):
    """How the watcher of one log source is doing."""

    project_id: str | None = None
    source_id: str | None = None
    path: str | None = None
    healthy: bool = False
    offset: int | None = None
    consecutive_errors: int | None = None
    total_bytes_read: int | None = None
    total_candidates: int | None = None
    total_submitted: int | None = None
    inode: str | None = None
    file_size: int | None = None
    last_poll_at_ms: int | None = None
    last_record_at_ms: int | None = None
    last_candidate_at_ms: int | None = None
    last_submitted_at_ms: int | None = None
    last_error: str | None = None


@dataclass(kw_only=True, repr=False)
class LogWatcherStatus(Record):
    """The watcher of log files."""

    running: bool = False
    enabled_projects: int | None = None
    enabled_sources: int | None = None
    sources: list[LogSourceRuntime] = field(default_factory=list)
    last_poll_at_ms: int | None = None
    last_error: str | None = None


@dataclass(kw_only=True, repr=False)
class RuntimeStatus(Record):
    """What is under way."""

    monitoring_active: bool = False
    paused: bool = False
    pending_incidents: int | None = None
    total_incidents: int | None = None
    pending_posts: int | None = None
    last_processed_at_ms: int | None = None
    last_incident_event_type: str | None = None
    last_runtime_error: str | None = None
    last_post_result: str | None = None


@dataclass(kw_only=True, repr=False)
class Status(Record):
    """Everything ``get_status`` knows. ``readiness`` maps what must hold to whether it does."""

    config: IncidentMonitorConfig | None = None
    readiness: dict[str, bool] = field(default_factory=dict)
    runtime: RuntimeStatus | None = None
    log_watcher: LogWatcherStatus | None = None
    required_capabilities: dict[str, bool] = field(default_factory=dict)
    missing_required_capabilities: list[str] = field(default_factory=list)
    resolved_capabilities: list[dict[str, Any]] = field(default_factory=list)
    discovered_mcp_tools: list[str] = field(default_factory=list)
    selected_server_binding_candidates: list[dict[str, Any]] = field(default_factory=list)
    destinations: list[DestinationConfig] = field(default_factory=list)
    destination_readiness: list[DestinationReadiness] = field(default_factory=list)
    source_readiness: list[SourceReadiness] = field(default_factory=list)
    binding_source_version: str | None = None
    bindings_last_merged_at_ms: int | None = None
    selected_model: dict[str, Any] | None = None
    pending_drafts: int | None = None
    pending_posts: int | None = None
    last_activity_at_ms: int | None = None
    last_error: str | None = None


@dataclass(kw_only=True, repr=False)
class StatusResponse(Record):
    """Answer of status and recompute."""

    status: Status


@dataclass(kw_only=True, repr=False)
class DebugResponse(Record):
    """Status and the tools of the selected MCP server."""

    status: Status
    selected_server_tools: list[dict[str, Any]] = field(default_factory=list)
    canonicalized_discovered_tools: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class Overview(Record):
    """Counts of the pipeline and what needs a person."""

    now_ms: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    hourly: list[CountBucket] = field(default_factory=list)
    approvals_due: list[dict[str, Any]] = field(default_factory=list)
    break_glass_reviews: list[dict[str, Any]] = field(default_factory=list)
    failed_deliveries: list[dict[str, Any]] = field(default_factory=list)
    unready_destinations: list[dict[str, Any]] = field(default_factory=list)
    silent_sources: list[dict[str, Any]] = field(default_factory=list)
    expiring_keys: list[dict[str, Any]] = field(default_factory=list)
    checklist: list[dict[str, Any]] = field(default_factory=list)
    paused: bool = False
    enabled: bool = False


@dataclass(kw_only=True, repr=False)
class RedactionCount(Record):
    """How much of one kind was taken out, and what found it: ``secret``, ``personal_data`` or ``pattern``."""

    kind: str
    count: int = 0
    rule: str | None = None


@dataclass(kw_only=True, repr=False)
class RedactionTest(Record):
    """What the redactor leaves of a text. ``profile_known`` is false when the strictest stood in for an unknown one."""

    text: str
    redactions: list[RedactionCount] = field(default_factory=list)
    profile: str | None = None
    profile_known: bool = True


@dataclass(kw_only=True, repr=False)
class DestinationTest(Record):
    """What sending a test event to a destination found."""

    destination_id: str
    ok: bool = False
    outcome: str | None = None
    message: str | None = None
    status_code: int | None = None
    duration_ms: int | None = None
    response_excerpt: str | None = None


@dataclass(kw_only=True, repr=False)
class Session(Record):
    """Who is calling and what they may do."""

    actor: ActorRef | None = None
    role: str | None = None
    permissions: list[str] = field(default_factory=list)
