"""The assessment report: what the deployment can show of itself at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .security import EvidencePack, PostureFinding, ProbeCounts, ProbeResult, SecurityScope, SensitiveValues


@dataclass(kw_only=True, repr=False)
class AssessmentScope(SecurityScope):
    """What a report covers; raw payloads are never in it, even when asked for."""

    from_ms: int | None = None
    to_ms: int | None = None
    source_kind: str | None = None
    raw_payloads_included: bool | None = None
    raw_payload_request_ignored: bool | None = None


@dataclass(kw_only=True, repr=False)
class Owner(Record):
    """Who is to act; ``name`` is ``unassigned`` where nobody is named, ``basis`` says where the name stands."""

    assigned: bool | None = None
    name: str | None = None
    basis: str | None = None


@dataclass(kw_only=True, repr=False)
class Mitigation(Record):
    """Something that would make the deployment safer. ``about``: ``kind`` and ``id`` of where it is to be done."""

    source: str | None = None
    recommendation: str | None = None
    severity: str | None = None
    about: dict[str, Any] | None = None
    finding_id: str | None = None
    rule_id: str | None = None
    owner: Owner | None = None


@dataclass(kw_only=True, repr=False)
class OpenQuestion(Record):
    """Something that the evidence cannot answer, and ``why`` not."""

    code: str | None = None
    about: dict[str, Any] | None = None
    question: str | None = None
    why: str | None = None
    owner: Owner | None = None


@dataclass(kw_only=True, repr=False)
class ResidualRisk(Record):
    """``risk`` is high, medium or low; ``because`` lists ``code``, ``count`` and ``weight``, heaviest first."""

    risk: str | None = None
    critical_or_high_findings: int | None = None
    failed_probes: int | None = None
    blocked_probes: int | None = None
    failed_scenarios: int | None = None
    blocked_scenarios: int | None = None
    metric_breaches: int | None = None
    drift_flags: int | None = None
    because: list[dict[str, Any]] = field(default_factory=list)
    follow_up_actions: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class SelfMonitoringBoundary(Record):
    """What the evidence shows, and what it does not prove."""

    source_kinds: list[str] = field(default_factory=list)
    self_observed_incidents: int | None = None
    external_system_incidents: int | None = None
    incidents_of_unknown_source: int | None = None
    protected_monitor_audit_events: int | None = None
    failed_controlled_probes: int | None = None
    evidence_claim: str | None = None
    non_claim: str | None = None
    external_export_required_for_high_assurance: bool | None = None


@dataclass(kw_only=True, repr=False)
class DetectedFindings(Record):
    """What the posture rules found; ``counts`` are of what is listed."""

    counts: dict[str, Any] | None = None
    findings: list[PostureFinding] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ControlledProbeResults(Record):
    """Controls that were tried; no ``results`` where they were not asked for."""

    selected_probe_ids: list[str] = field(default_factory=list)
    counts: ProbeCounts | None = None
    results: list[ProbeResult] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AssessedScenarios(Record):
    """``state``: played for the report, kept from an earlier run, busy, or withheld from a reader of some projects."""

    pack_id: str | None = None
    version: str | None = None
    description: str | None = None
    mode: str | None = None
    mutates_external_systems: bool | None = None
    counts: dict[str, int] = field(default_factory=dict)
    run_id: str | None = None
    config_version: int | None = None
    started_at_ms: int | None = None
    duration_ms: int | None = None
    results: list[dict[str, Any]] = field(default_factory=list)
    state: str | None = None
    unproved_in_stored_packs: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AssessedIncidents(Record):
    """``counts`` are of all in the window; ``incidents`` are the newest 200, without their texts."""

    counts: dict[str, Any] | None = None
    incidents: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AssessedReceipts(Record):
    """``counts`` are of all in the window; ``receipts`` are the newest 200, without what was sent."""

    counts: dict[str, Any] | None = None
    receipts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ExternalAuditExport(Record):
    """Where an export would go, and the newest entries of the audit with the names of what they hold."""

    available: bool | None = None
    source_kind: str | None = None
    claim: str | None = None
    customer_owned_systems: list[str] = field(default_factory=list)
    existing_ndjson_endpoint: str | None = None
    report_endpoint: str | None = None
    route_preview: dict[str, Any] | None = None
    records: list[dict[str, Any]] = field(default_factory=list)
    sensitive_values: SensitiveValues | None = None


@dataclass(kw_only=True, repr=False)
class AssessmentSections(Record):
    """The parts of a report by name, as attributes or as keys."""

    assessment_scope: dict[str, Any] | None = None
    monitored_systems_and_sources: dict[str, Any] | None = None
    authority_inventory: dict[str, Any] | None = None
    approval_coverage: dict[str, Any] | None = None
    tenant_workspace_context_coverage: dict[str, Any] | None = None
    detected_findings: DetectedFindings | None = None
    controlled_probe_results: ControlledProbeResults | None = None
    adversarial_scenario_packs: AssessedScenarios | None = None
    governance_maturity_metrics: dict[str, Any] | None = None
    incidents_and_evidence_refs: AssessedIncidents | None = None
    destination_receipts: AssessedReceipts | None = None
    recommended_mitigations: list[Mitigation] = field(default_factory=list)
    residual_risk_and_follow_up: ResidualRisk | None = None
    self_monitoring_boundary: SelfMonitoringBoundary | None = None
    external_audit_export: ExternalAuditExport | None = None
    open_questions: list[OpenQuestion] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AssessmentDocument(Record):
    """What is hashed and kept: ``sections`` by name, ``markdown_summary`` for people."""

    schema_version: int
    generated_at_ms: int | None = None
    scope: AssessmentScope | None = None
    counts: dict[str, int] = field(default_factory=dict)
    sections: AssessmentSections | None = None
    markdown_summary: str | None = None
    sensitive_values: SensitiveValues | None = None


@dataclass(kw_only=True, repr=False)
class AssessmentReport(AssessmentDocument):
    """Answer of ``generate_assessment_report``. The digest in ``evidence_pack`` is over all the rest."""

    evidence_pack: EvidencePack | None = None


@dataclass(kw_only=True, repr=False)
class AssessmentSummary(Record):
    """A kept report without what it says. ``project_ids`` empty: of the whole deployment."""

    report_id: str
    created_at_ms: int | None = None
    actor: dict[str, Any] | None = None
    project_ids: list[str] = field(default_factory=list)
    risk: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    sha256: str | None = None


@dataclass(kw_only=True, repr=False)
class AssessmentList(Record):
    """Answer of ``list_assessment_reports``, newest first."""

    reports: list[AssessmentSummary] = field(default_factory=list)
    total: int | None = None
    kept_at_most: int | None = None


@dataclass(kw_only=True, repr=False)
class KeptAssessment(AssessmentSummary):
    """Answer of ``get_assessment_report``. ``verified``: hashed again, it is still what ``sha256`` says."""

    verified: bool | None = None
    report: AssessmentDocument | None = None
