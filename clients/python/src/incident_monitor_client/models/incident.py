"""Incidents: failures, deduplicated and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .silence import Silenced
from .values import ActorRef, CountBucket, IdentityPart, QualityGate


@dataclass(kw_only=True, repr=False)
class DuplicateSummary(Record):
    """What was known about the same failure before."""

    reason: str | None = None
    match_count: int | None = None
    max_recurrence_count: int | None = None
    linked_issue_numbers: list[int] = field(default_factory=list)
    best_match: dict[str, Any] | None = None
    matches: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class Incident(Record):
    """One failure, however often it was seen (``occurrence_count``)."""

    incident_id: str
    fingerprint: str | None = None
    event_type: str | None = None
    status: str | None = None
    repo: str | None = None
    workspace_root: str | None = None
    title: str | None = None
    occurrence_count: int | None = None
    created_at_ms: int | None = None
    updated_at_ms: int | None = None
    excerpt: list[str] = field(default_factory=list)
    external_correlation_ids: list[str] = field(default_factory=list)
    route_tags: list[str] = field(default_factory=list)
    allowed_destination_ids: list[str] = field(default_factory=list)
    default_destination_ids: list[str] = field(default_factory=list)
    evidence_refs: list[str] = field(default_factory=list)
    project_id: str | None = None
    log_source_id: str | None = None
    detail: str | None = None
    source: str | None = None
    run_id: str | None = None
    session_id: str | None = None
    correlation_id: str | None = None
    component: str | None = None
    level: str | None = None
    draft_id: str | None = None
    triage_run_id: str | None = None
    last_error: str | None = None
    source_kind: str | None = None
    last_seen_at_ms: int | None = None
    confidence: str | None = None
    risk_level: str | None = None
    actor: str | None = None
    model: str | None = None
    tool_name: str | None = None
    action: str | None = None
    policy: str | None = None
    approval_state: str | None = None
    risk_category: str | None = None
    blast_radius: str | None = None
    expected_destination: str | None = None
    tenant_id: str | None = None
    workspace_id: str | None = None
    event_schema_version: str | None = None
    release: str | None = None
    environment: str | None = None
    redaction_profile: str | None = None
    retention_profile: str | None = None
    source_approval_policy: str | None = None
    quality_gate: QualityGate | None = None
    duplicate_summary: DuplicateSummary | None = None
    duplicate_matches: list[dict[str, Any]] = field(default_factory=list)
    event_payload: Any = None
    first_seen_at_ms: int | None = None
    held: bool = False
    silenced: Silenced | None = None
    provenance: str | None = None
    identity: list[IdentityPart] = field(default_factory=list)
    fingerprint_version: int | None = None
    redactions: dict[str, int] = field(default_factory=dict)
    merged_into: str | None = None
    snooze: dict[str, Any] | None = None
    mute: dict[str, Any] | None = None
    woke: dict[str, Any] | None = None
    resolution: dict[str, Any] | None = None
    members: list[dict[str, Any]] = field(default_factory=list)
    releases: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class IncidentList(Record):
    """One page. ``next_cursor`` is absent on the last; ``total`` counts what matches, on all pages."""

    incidents: list[Incident] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class IncidentResponse(Record):
    """The wire's envelope of one incident."""

    incident: Incident


@dataclass(kw_only=True, repr=False)
class Occurrence(Record):
    """One accepted sighting of an incident."""

    occurrence_id: str
    received_at_ms: int | None = None
    occurred_at_ms: int | None = None
    provenance: str | None = None
    reporter: ActorRef | None = None
    sighting: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True, repr=False)
class OccurrenceList(Record):
    """One page of sightings, newest first, and the counts of all over time, oldest bucket first."""

    occurrences: list[Occurrence] = field(default_factory=list)
    buckets: list[CountBucket] = field(default_factory=list)
    bucket_ms: int | None = None
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None
