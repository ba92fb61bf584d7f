"""Everything a reviewer decides on, at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .draft import Approval, BreakGlassUse, Draft, TextChange
from .post import Post
from .preview import NamedApprovers, PayloadPreview, RouteTrace, ShadowRoute
from .values import Reason


@dataclass(kw_only=True, repr=False)
class SentBefore(Record):
    """What a destination was last sent about the same failure, and what would read differently."""

    post_id: str
    draft_id: str | None = None
    sent_at_ms: int | None = None
    external_url: str | None = None
    changes: list[TextChange] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class DestinationReview(Record):
    """One destination of a review: may it, can it, and what would it get."""

    destination_id: str
    name: str | None = None
    kind: str | None = None
    effective: bool = False
    allowed: bool = False
    ready: bool = False
    missing: list[Reason] = field(default_factory=list)
    covered: bool = False
    payload: PayloadPreview | None = None
    render_error: Reason | None = None
    post: Post | None = None
    sent_before: SentBefore | None = None


@dataclass(kw_only=True, repr=False)
class ReviewQuorum(Record):
    """How far approving has come: who counts, how many are missing, and who may not."""

    needed: int | None = None
    missing: int | None = None
    counted: list[Approval] = field(default_factory=list)
    outdated: list[Approval] = field(default_factory=list)
    destination_ids: list[str] = field(default_factory=list)
    ends_at_ms: int | None = None
    people_only: bool = False
    author_may_not: list[Reason] = field(default_factory=list)
    step_up: list[Reason] = field(default_factory=list)
    named: list[NamedApprovers] = field(default_factory=list)
    unreachable: list[Reason] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ReviewApproval(Record):
    """Whether approval is needed, which one is in force, what would void it."""

    required: bool | None = None
    high_risk: bool | None = None
    because: list[Reason] = field(default_factory=list)
    ttl_ms: int | None = None
    binding: str | None = None
    active: Approval | None = None
    changes: list[Reason] = field(default_factory=list)
    history: list[Approval] = field(default_factory=list)
    quorum: ReviewQuorum | None = None
    break_glass: BreakGlassUse | None = None


@dataclass(kw_only=True, repr=False)
class ReviewRoute(Record):
    """The route that won, and how the others fared."""

    route_id: str | None = None
    route_name: str | None = None
    reason: str | None = None
    risk_level: str | None = None
    default_destination_ids: list[str] = field(default_factory=list)
    effective_destination_ids: list[str] = field(default_factory=list)
    blocked: list[Reason] = field(default_factory=list)
    contributing_route_ids: list[str] = field(default_factory=list)
    shadow: list[ShadowRoute] = field(default_factory=list)
    trace: list[RouteTrace] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AllowedAction(Record):
    """Whether the caller may do it now; ``reason`` says why not."""

    allowed: bool = False
    reason: str | None = None
    overrides: list[Reason] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ReviewActions(Record):
    """What the caller may do with the draft now."""

    approve: AllowedAction | None = None
    deny: AllowedAction | None = None
    publish: AllowedAction | None = None
    withdraw: AllowedAction | None = None
    break_glass: AllowedAction | None = None


@dataclass(kw_only=True, repr=False)
class DraftReview(Record):
    """Send ``digest`` back with the approval: then it covers what was seen, or is refused."""

    draft: Draft
    approval: ReviewApproval | None = None
    route: ReviewRoute | None = None
    destinations: list[DestinationReview] = field(default_factory=list)
    digest: str | None = None
    policy_version: str | None = None
    actions: ReviewActions | None = None
    step_up_due: dict[str, Any] | None = None
    publish_on_approval: bool = False
