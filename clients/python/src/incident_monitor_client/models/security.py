"""Security: who may do what here, what is wrong with that, and what trying it showed. All of it redacted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .values import ActorRef, TenantContext


@dataclass(kw_only=True, repr=False)
class SecurityScope(Record):
    """What an answer covers, and that making it changed nothing outside."""

    source: str | None = None
    read_only: bool | None = None
    dry_run: bool | None = None
    redacted: bool | None = None
    mutates_external_systems: bool | None = None
    admin_invoked: bool | None = None
    full_token_required: bool | None = None
    authority_inventory_source: str | None = None
    tenant_context: TenantContext | None = None


@dataclass(kw_only=True, repr=False)
class SensitiveValues(Record):
    """How secrets were kept out, and which fields were left out for it."""

    policy: str | None = None
    omitted_fields: list[str] = field(default_factory=list)
    withheld_sections: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class InventorySummary(Record):
    """The inventory an answer was made from, by its counts."""

    schema_version: int | None = None
    generated_at_ms: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    incident_history_inputs: list[Any] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class EvidencePack(Record):
    """Where the evidence was kept, or why it was not."""

    persisted: bool = False
    kind: str | None = None
    context_run_id: str | None = None
    artifact_id: str | None = None
    artifact_type: str | None = None
    path: str | None = None
    sha256: str | None = None
    reason: str | None = None


@dataclass(kw_only=True, repr=False)
class Inventory(Record):
    """Everything this deployment knows that can act, be acted on, or decide."""

    workflows: list[dict[str, Any]] = field(default_factory=list)
    automation_specs: list[dict[str, Any]] = field(default_factory=list)
    mcp: dict[str, Any] | None = None
    incident_monitor: dict[str, Any] | None = None
    destinations: list[dict[str, Any]] = field(default_factory=list)
    routes: list[dict[str, Any]] = field(default_factory=list)
    monitored_sources: list[dict[str, Any]] = field(default_factory=list)
    scoped_intake_keys: list[dict[str, Any]] = field(default_factory=list)
    approval_rules: list[dict[str, Any]] = field(default_factory=list)
    pending_approvals: list[dict[str, Any]] = field(default_factory=list)
    governance_approval_requests: list[dict[str, Any]] = field(default_factory=list)
    policy_decisions: list[dict[str, Any]] = field(default_factory=list)
    external_publish_surfaces: dict[str, Any] | None = None
    agents: list[dict[str, Any]] = field(default_factory=list)
    tool_policies: list[dict[str, Any]] = field(default_factory=list)
    runtimes: list[dict[str, Any]] = field(default_factory=list)
    users: list[dict[str, Any]] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AuthorityInventory(Record):
    """Answer of ``get_authority_inventory``."""

    schema_version: int
    inventory: Inventory
    generated_at_ms: int | None = None
    scope: SecurityScope | None = None
    counts: dict[str, int] = field(default_factory=dict)
    sensitive_values: SensitiveValues | None = None


@dataclass(kw_only=True, repr=False)
class PostureRule(Record):
    """One rule of the posture checks."""

    rule_id: str
    category: str | None = None
    default_severity: str | None = None
    enabled: bool = False
    dry_run: bool | None = None


@dataclass(kw_only=True, repr=False)
class PostureFinding(Record):
    """One thing that is not as it should be, what it touches and what to do."""

    finding_id: str
    fingerprint: str
    rule_id: str
    category: str
    severity: str
    title: str
    detail: str | None = None
    recommendation: str | None = None
    affected_objects: list[dict[str, Any]] = field(default_factory=list)
    evidence_refs: list[dict[str, Any]] = field(default_factory=list)
    fix: dict[str, Any] | None = None
    route_suggestion: dict[str, Any] | None = None
    destination_suggestion: dict[str, Any] | None = None
    incident_draft_suggestion: dict[str, Any] | None = None
    dry_run: bool | None = None


@dataclass(kw_only=True, repr=False)
class PostureDraft(Record):
    """What became of a finding: the same incident every time."""

    fingerprint: str
    incident_id: str
    draft_id: str | None = None
    outcome: str | None = None


@dataclass(kw_only=True, repr=False)
class PostureCounts(Record):
    """Findings, by severity and category."""

    findings: int | None = None
    by_severity: dict[str, int] = field(default_factory=dict)
    by_category: dict[str, int] = field(default_factory=dict)
    active_rules: int | None = None


@dataclass(kw_only=True, repr=False)
class PostureChecks(Record):
    """Answer of ``get_posture_checks``."""

    schema_version: int
    generated_at_ms: int | None = None
    scope: SecurityScope | None = None
    baseline_policy: dict[str, Any] | None = None
    rules: list[PostureRule] = field(default_factory=list)
    counts: PostureCounts | None = None
    findings: list[PostureFinding] = field(default_factory=list)
    authority_inventory: InventorySummary | None = None
    draft_conversion: dict[str, Any] | None = None
    sensitive_values: SensitiveValues | None = None


@dataclass(kw_only=True, repr=False)
class ProbeResult(Record):
    """What one probe expected, saw and concluded: pass, fail, or blocked when it could not be judged."""

    probe_id: str
    status: str
    target: dict[str, Any] | None = None
    expected_behavior: str | None = None
    observed_behavior: str | None = None
    passed: bool = False
    blocked: bool = False
    fingerprint: str | None = None
    finding_id: str | None = None
    evidence_refs: list[dict[str, Any]] = field(default_factory=list)
    source_finding: dict[str, Any] | None = None
    incident_draft_suggestion: dict[str, Any] | None = None
    dry_run: bool | None = None


@dataclass(kw_only=True, repr=False)
class ProbeCounts(Record):
    """Results by status. The wire's ``pass`` is a Python keyword: here ``pass_``."""

    results: int | None = None
    pass_: int | None = None
    fail: int | None = None
    blocked: int | None = None
    by_status: dict[str, int] = field(default_factory=dict)
    draft_suggestions: int | None = None
    left_out: int | None = None


@dataclass(kw_only=True, repr=False)
class AssessmentProbes(Record):
    """Answer of ``run_assessment_probes``."""

    schema_version: int
    generated_at_ms: int | None = None
    scope: SecurityScope | None = None
    probe_policy: dict[str, Any] | None = None
    counts: ProbeCounts | None = None
    results: list[ProbeResult] = field(default_factory=list)
    authority_inventory: InventorySummary | None = None
    evidence_pack: EvidencePack | None = None
    draft_conversion: dict[str, Any] | None = None
    sensitive_values: SensitiveValues | None = None


@dataclass(kw_only=True, repr=False)
class ProbeRunSummary(Record):
    """A kept run of the probes. ``verified``: hashed again, it is still what ``sha256`` says."""

    probe_run_id: str
    created_at_ms: int | None = None
    actor: ActorRef | None = None
    selected_probe_ids: list[str] = field(default_factory=list)
    counts: ProbeCounts | None = None
    sha256: str | None = None
    verified: bool | None = None


@dataclass(kw_only=True, repr=False)
class ProbeRun(ProbeRunSummary):
    """A kept run with every result."""

    probe_policy: dict[str, Any] | None = None
    results: list[ProbeResult] = field(default_factory=list)
    authority_inventory: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class ProbeRunList(Record):
    """Answer of ``list_probe_runs``, newest first."""

    runs: list[ProbeRunSummary] = field(default_factory=list)
    kept_at_most: int | None = None


@dataclass(kw_only=True, repr=False)
class ProbeRunResponse(Record):
    """Answer of ``get_probe_run``."""

    run: ProbeRun
