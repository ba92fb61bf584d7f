"""Posts: the wire's word for a delivery and its receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .draft import Approval
from .values import ActorRef, QualityGate, Reason


@dataclass(kw_only=True, repr=False)
class Post(Record):
    """One delivery to one destination, under way or ended. ``status``: pending, posted, failed or blocked."""

    post_id: str
    draft_id: str | None = None
    fingerprint: str | None = None
    repo: str | None = None
    operation: str | None = None
    status: str | None = None
    idempotency_key: str | None = None
    created_at_ms: int | None = None
    updated_at_ms: int | None = None
    evidence_refs: list[str] = field(default_factory=list)
    incident_id: str | None = None
    issue_number: int | None = None
    issue_url: str | None = None
    comment_id: str | None = None
    comment_url: str | None = None
    destination_id: str | None = None
    route_id: str | None = None
    route_match_reason: str | None = None
    destination_kind: str | None = None
    external_id: str | None = None
    external_url: str | None = None
    external_title: str | None = None
    target_ref: str | None = None
    receipt: Any = None
    evidence_digest: str | None = None
    confidence: str | None = None
    risk_level: str | None = None
    expected_destination: str | None = None
    quality_gate: QualityGate | None = None
    response_excerpt: str | None = None
    error: str | None = None
    tenant_id: str | None = None
    workspace_id: str | None = None
    delivery_id: str | None = None
    state: str | None = None
    title: str | None = None
    payload_digest: str | None = None
    approval_id: str | None = None
    attempt_count: int | None = None
    attempt_count_max: int | None = None
    next_attempt_at_ms: int | None = None
    issue_id: str | None = None
    follow_up_of: str | None = None
    reconcile_at_ms: int | None = None
    reconcile_count: int | None = None
    resolved_by: ActorRef | None = None


@dataclass(kw_only=True, repr=False)
class ActivityBucket(Record):
    """One step of a span; times of attempts in ms, None where none was made."""

    from_ms: int | None = None
    attempts: int | None = None
    published: int | None = None
    median_ms: int | None = None
    p95_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class DestinationActivity(Record):
    """How a destination has done lately. ``circuit``: closed, open or half_open."""

    destination_id: str
    from_ms: int | None = None
    bucket_ms: int | None = None
    buckets: list[ActivityBucket] = field(default_factory=list)
    attempts: int | None = None
    published: int | None = None
    ended: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    median_ms: int | None = None
    p95_ms: int | None = None
    circuit: str | None = None
    circuit_opened_at_ms: int | None = None
    next_try_at_ms: int | None = None
    disabled_reason: str | None = None
    last_success_at_ms: int | None = None
    last_failure_at_ms: int | None = None
    last_failure_reason: str | None = None


@dataclass(kw_only=True, repr=False)
class PostAction(Record):
    """A post after something was done about it."""

    post: Post


@dataclass(kw_only=True, repr=False)
class ReconciledPost(Record):
    """What a look found. ``found``: happened, not_there or not_known_yet."""

    post: Post
    found: str | None = None
    message: str | None = None


@dataclass(kw_only=True, repr=False)
class RetriedPost(Record):
    """``outcome``: queued, approval_required, refused or not_found."""

    post_id: str
    outcome: str | None = None
    message: str | None = None
    new_post_id: str | None = None


@dataclass(kw_only=True, repr=False)
class RetriedPosts(Record):
    """What a bulk retry did: each post's own outcome, and how many were put back in line."""

    posts: list[RetriedPost] = field(default_factory=list)
    queued: int | None = None


@dataclass(kw_only=True, repr=False)
class PostList(Record):
    """One page. ``next_cursor`` is absent on the last; ``total`` counts what matches, on all pages."""

    posts: list[Post] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class Attempt(Record):
    """One try of a delivery."""

    attempt: int | None = None
    started_at_ms: int | None = None
    duration_ms: int | None = None
    outcome: str | None = None
    reason: Reason | None = None
    status_code: int | None = None
    timings: dict[str, float] = field(default_factory=dict)
    response_excerpt: str | None = None
    response_truncated: bool = False
    response_digest: str | None = None
    request_digest: str | None = None


@dataclass(kw_only=True, repr=False)
class PostDetail(Record):
    """One receipt with everything it proves; ``payload`` is the body as it was or will be sent."""

    post: Post
    attempts: list[Attempt] = field(default_factory=list)
    approval: Approval | None = None
    requested_by: ActorRef | None = None
    payload: str | None = None
