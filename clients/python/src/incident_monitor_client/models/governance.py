"""Governance: deployment cards, scenario packs, maturity metrics, reassessments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .security import InventorySummary, SecurityScope, SensitiveValues


@dataclass(kw_only=True, repr=False)
class CardScope(SecurityScope):
    """What the cards cover; raw inventory is never in them, even when asked for."""

    raw_inventory_included: bool | None = None
    raw_inventory_request_ignored: bool | None = None


@dataclass(kw_only=True, repr=False)
class DeploymentCard(Record):
    """What one deployed thing is for, may do, and who answers for it."""

    card_id: str
    card_kind: str | None = None
    target: dict[str, Any] | None = None
    system_boundary: str | None = None
    source_kind: str | None = None
    intended_purpose: str | None = None
    business_owner: str | None = None
    accountable_team: str | None = None
    autonomy_level: str | None = None
    allowed_actions: list[str] = field(default_factory=list)
    prohibited_actions: list[str] = field(default_factory=list)
    authority: dict[str, Any] | None = None
    data: dict[str, Any] | None = None
    approval_and_escalation: dict[str, Any] | None = None
    known_limitations: list[str] = field(default_factory=list)
    residual_risks: list[str] = field(default_factory=list)
    review: dict[str, Any] | None = None
    linked_evidence: dict[str, Any] | None = None
    project_id: str | None = None
    missing_fields: list[str] = field(default_factory=list)
    stored: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class CardFinding(Record):
    """A card that lacks a required field."""

    finding_id: str
    fingerprint: str | None = None
    rule_id: str | None = None
    category: str | None = None
    severity: str | None = None
    title: str | None = None
    detail: str | None = None
    affected_objects: list[dict[str, Any]] = field(default_factory=list)
    evidence_refs: list[dict[str, Any]] = field(default_factory=list)
    recommendation: str | None = None
    dry_run: bool | None = None


@dataclass(kw_only=True, repr=False)
class CardCounts(Record):
    """Cards by kind, and what they lack."""

    cards: int | None = None
    by_card_kind: dict[str, int] = field(default_factory=dict)
    findings: int | None = None
    missing_required_fields: int | None = None
    posture_findings_linked: int | None = None
    overdue_reviews: int | None = None


@dataclass(kw_only=True, repr=False)
class DeploymentCards(Record):
    """Answer of ``generate_deployment_cards``."""

    schema_version: int
    generated_at_ms: int | None = None
    scope: CardScope | None = None
    card_policy: dict[str, Any] | None = None
    counts: CardCounts | None = None
    reassessment: dict[str, Any] | None = None
    cards: list[DeploymentCard] = field(default_factory=list)
    findings: list[CardFinding] = field(default_factory=list)
    markdown_export: str | None = None
    authority_inventory: InventorySummary | None = None
    sensitive_values: SensitiveValues | None = None


@dataclass(kw_only=True, repr=False)
class Scenario(Record):
    """One adversarial case: what comes in, and what must come of it."""

    scenario_id: str
    category: str | None = None
    description: str | None = None
    input: dict[str, Any] = field(default_factory=dict)
    expect: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True, repr=False)
class ScenarioPack(Record):
    """A set of adversarial cases."""

    pack_id: str
    version: str | None = None
    description: str | None = None
    scenarios: list[Scenario] = field(default_factory=list)
    origin: str | None = None
    project_id: str | None = None
    revision: int | None = None
    updated_by: dict[str, Any] | None = None
    updated_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class ScenarioPackList(Record):
    """The packs there are."""

    schema_version: int
    scope: SecurityScope | None = None
    packs: list[ScenarioPack] = field(default_factory=list)
    note: str | None = None


@dataclass(kw_only=True, repr=False)
class ScenarioResult(Record):
    """What one case showed."""

    scenario_id: str
    category: str | None = None
    description: str | None = None
    status: str | None = None
    passed: bool = False
    expected_behavior: str | None = None
    observed_behavior: str | None = None
    assertions: list[dict[str, Any]] = field(default_factory=list)
    route_preview: dict[str, Any] | None = None
    finding_id: str | None = None
    evidence_refs: list[dict[str, Any]] = field(default_factory=list)
    prompt_injection: Any = None
    dry_run: bool | None = None
    mutates_external_systems: bool | None = None
    stages: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ScenarioRunFacts(Record):
    """One run of a pack, without its results."""

    pack_id: str
    version: str | None = None
    description: str | None = None
    mode: str | None = None
    mutates_external_systems: bool | None = None
    counts: dict[str, int] = field(default_factory=dict)
    run_id: str | None = None
    origin: str | None = None
    project_id: str | None = None
    ran_by: dict[str, Any] | None = None
    config_version: int | None = None
    started_at_ms: int | None = None
    duration_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class ScenarioRunList(Record):
    """Answer of ``list_scenario_runs``."""

    runs: list[ScenarioRunFacts] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class ScenarioPackResponse(Record):
    """A stored pack as it is now."""

    pack: ScenarioPack


@dataclass(kw_only=True, repr=False)
class ScenarioPackDeleted(Record):
    """Answer of ``delete_scenario_pack``."""

    ok: bool = True


@dataclass(kw_only=True, repr=False)
class ScenarioPackResult(ScenarioRunFacts):
    """What running a pack showed."""

    results: list[ScenarioResult] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ScenarioPackRun(Record):
    """Answer of ``run_scenario_pack``."""

    schema_version: int
    scope: SecurityScope | None = None
    pack: ScenarioPackResult | None = None


@dataclass(kw_only=True, repr=False)
class Metric(Record):
    """One rate, its threshold, and whether it could be computed at all."""

    metric_id: str
    name: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    rate: float | None = None
    threshold: float | None = None
    breached: bool = False
    evaluable: bool = False
    missing_evidence_reasons: list[str] = field(default_factory=list)
    evidence_refs: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class DriftSignal(Record):
    """How one rate moved against the window before."""

    signal: str | None = None
    current_rate: float | None = None
    baseline_rate: float | None = None
    delta: float | None = None
    delta_max: float | None = None
    drift_flagged: bool = False
    evaluable: bool = False


@dataclass(kw_only=True, repr=False)
class GovernanceMaturity(Record):
    """The metrics of a window, beside the window before."""

    schema_version: int
    mode: str | None = None
    mutates_external_systems: bool | None = None
    redacted: bool | None = None
    window: dict[str, Any] | None = None
    thresholds: dict[str, float] = field(default_factory=dict)
    metrics: list[Metric] = field(default_factory=list)
    behavioral_drift: list[DriftSignal] = field(default_factory=list)
    threshold_findings: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    trend: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class GovernanceMetrics(Record):
    """Answer of ``get_governance_metrics``."""

    scope: SecurityScope | None = None
    governance_maturity: GovernanceMaturity | None = None


@dataclass(kw_only=True, repr=False)
class ReassessmentFinding(Record):
    """One finding of an assessment, and since when it is known."""

    fingerprint: str
    rule_id: str | None = None
    scope: str | None = None
    severity: str | None = None
    category: str | None = None
    summary: str | None = None
    evidence_refs: list[str] = field(default_factory=list)
    first_seen_at_ms: int | None = None
    last_seen_at_ms: int | None = None
    occurrence_count: int | None = None
    status: str | None = None


@dataclass(kw_only=True, repr=False)
class ReassessmentComparison(Record):
    """What is new, still there, or gone, against the record before."""

    previous_record_id: str | None = None
    previous_version: int | None = None
    new_fingerprints: list[str] = field(default_factory=list)
    recurring_fingerprints: list[str] = field(default_factory=list)
    resolved_fingerprints: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class Reassessment(Record):
    """One assessment that was made, and why it was."""

    record_id: str
    schema_version: int | None = None
    scope_key: str | None = None
    tenant_id: str | None = None
    workspace_id: str | None = None
    scope: str | None = None
    version: int | None = None
    trigger: str | None = None
    trigger_detail: str | None = None
    triggers: list[dict[str, Any]] = field(default_factory=list)
    generated_at_ms: int | None = None
    mode: str | None = None
    mutates_external_systems: bool | None = None
    findings: list[ReassessmentFinding] = field(default_factory=list)
    comparison: ReassessmentComparison | None = None
    evidence_refs: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ReassessmentSchedule(Record):
    """When a scope is due again."""

    scope_key: str
    scope: str | None = None
    last_completed_at_ms: int | None = None
    next_due_at_ms: int | None = None
    overdue: bool = False
    last_version: int | None = None


@dataclass(kw_only=True, repr=False)
class ReassessmentList(Record):
    """Answer of ``list_reassessments``: the newest 50."""

    scope: SecurityScope | None = None
    counts: dict[str, int] = field(default_factory=dict)
    schedule: list[ReassessmentSchedule] = field(default_factory=list)
    records: list[Reassessment] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ReassessmentResponse(Record):
    """Answer of ``run_reassessment``."""

    scope: SecurityScope | None = None
    reassessment: Reassessment | None = None
    reassessments: list[Reassessment] = field(default_factory=list)
    schedule: list[ReassessmentSchedule] = field(default_factory=list)
