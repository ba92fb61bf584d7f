"""Drafts: proposed publications, what a reviewer decides on."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record
from .silence import Silenced
from .values import ActorRef, IdentityPart, QualityGate, Reason


@dataclass(kw_only=True, repr=False)
class DraftFacets(Record):
    """A draft's state: three facets that move on their own. Deliveries are the fourth."""

    approval: str | None = None
    triage: str | None = None
    issue: str | None = None


@dataclass(kw_only=True, repr=False)
class NewestDelivery(Record):
    """How the newest delivery of a draft stands."""

    destination_id: str | None = None
    kind: str | None = None
    state: str | None = None
    ended_at_ms: int | None = None
    error: str | None = None


@dataclass(kw_only=True, repr=False)
class DraftClaim(Record):
    """Who is on a draft, since when, and when that lapses unless it is renewed."""

    by: ActorRef | None = None
    since_ms: int | None = None
    until_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class Draft(Record):
    """One proposed publication of an incident. ``status`` is derived from the facets and the newest delivery."""

    draft_id: str
    fingerprint: str | None = None
    repo: str | None = None
    status: str | None = None
    created_at_ms: int | None = None
    external_correlation_ids: list[str] = field(default_factory=list)
    route_tags: list[str] = field(default_factory=list)
    allowed_destination_ids: list[str] = field(default_factory=list)
    default_destination_ids: list[str] = field(default_factory=list)
    evidence_refs: list[str] = field(default_factory=list)
    project_id: str | None = None
    log_source_id: str | None = None
    title: str | None = None
    detail: str | None = None
    triage_run_id: str | None = None
    source_kind: str | None = None
    approval_granted_at_ms: int | None = None
    issue_number: int | None = None
    matched_issue_number: int | None = None
    matched_issue_state: str | None = None
    github_status: str | None = None
    github_issue_url: str | None = None
    github_comment_url: str | None = None
    github_posted_at_ms: int | None = None
    evidence_digest: str | None = None
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
    last_post_error: str | None = None
    recovery_attempts: int | None = None
    next_recovery_at_ms: int | None = None
    incident_id: str | None = None
    revision: int | None = None
    facets: DraftFacets | None = None
    held: bool = False
    silenced: Silenced | None = None
    approved_by_you: bool = False
    asks_others: bool = False
    claim: DraftClaim | None = None
    superseded_by: str | None = None
    provenance: str | None = None
    event_type: str | None = None
    source: str | None = None
    component: str | None = None
    level: str | None = None
    excerpt: list[str] = field(default_factory=list)
    occurrence_count: int | None = None
    first_seen_at_ms: int | None = None
    last_seen_at_ms: int | None = None
    updated_at_ms: int | None = None
    identity: list[IdentityPart] = field(default_factory=list)
    fingerprint_version: int | None = None
    redactions: dict[str, int] = field(default_factory=dict)
    newest_delivery: NewestDelivery | None = None


@dataclass(kw_only=True, repr=False)
class DraftList(Record):
    """One page. ``next_cursor`` is absent on the last; ``total`` counts what matches, on all pages."""

    drafts: list[Draft] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class DraftResponse(Record):
    """The wire's envelope of one draft."""

    draft: Draft


@dataclass(kw_only=True, repr=False)
class TextChange(Record):
    """A text that reads differently; ``None`` where there was none, or is none any more."""

    name: str
    before: str | None = None
    after: str | None = None


@dataclass(kw_only=True, repr=False)
class Approval(Record):
    """A recorded decision: who, why, what it covers (``digest``) and until when."""

    approval_id: str
    state: str | None = None
    binding: str | None = None
    actor: ActorRef | None = None
    reason: str | None = None
    digest: str | None = None
    policy_version: str | None = None
    destination_ids: list[str] = field(default_factory=list)
    because: list[Reason] = field(default_factory=list)
    created_at_ms: int | None = None
    expires_at_ms: int | None = None
    ended_at_ms: int | None = None
    ended_reason: list[Reason] = field(default_factory=list)
    needed: int | None = None
    break_glass: bool = False
    ended_diff: list[TextChange] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class BreakGlassUse(Record):
    """One admin approved alone, around the rules; somebody else must judge it by ``due_at_ms``."""

    break_glass_id: str
    approval_id: str | None = None
    draft_id: str | None = None
    draft_title: str | None = None
    project_id: str | None = None
    actor: ActorRef | None = None
    reason: str | None = None
    overridden: list[Reason] = field(default_factory=list)
    used_at_ms: int | None = None
    due_at_ms: int | None = None
    overdue: bool = False
    verdict: str | None = None
    note: str | None = None
    reviewed_by: ActorRef | None = None
    reviewed_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class BreakGlassList(Record):
    """One page; ``open`` and ``overdue`` count over all that the caller may see."""

    reviews: list[BreakGlassUse] = field(default_factory=list)
    count: int | None = None
    total: int | None = None
    open: int | None = None
    overdue: int | None = None
    next_cursor: str | None = None
