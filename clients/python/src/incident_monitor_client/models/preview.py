"""Where a record would go, why, and whether a person must say so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .config import DestinationConfig
from .status import DestinationReadiness, SourceReadiness
from .values import Reason


@dataclass(kw_only=True, repr=False)
class RouteMatch(Record):
    """A route that matched, or the defaults; the first of a preview's ``matches`` decides."""

    route_id: str | None = None
    route_name: str | None = None
    destination_ids: list[str] = field(default_factory=list)
    approval_required: bool | None = None
    reason: str | None = None


@dataclass(kw_only=True, repr=False)
class RouteCondition(Record):
    """One condition of a route: what it wants, what the record has."""

    condition: str | None = None
    op: str | None = None
    negated: bool = False
    wants: list[str] = field(default_factory=list)
    has: str | None = None
    matched: bool = False
    code: str | None = None


@dataclass(kw_only=True, repr=False)
class RouteTrace(Record):
    """How one route fared."""

    route_id: str | None = None
    route_name: str | None = None
    enabled: bool = False
    outcome: str | None = None
    shadow: bool = False
    continues: bool = False
    conditions: list[RouteCondition] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ShadowRoute(Record):
    """What a shadow route would have sent; ``reached``: no earlier route ended the search before it."""

    route_id: str | None = None
    route_name: str | None = None
    destination_ids: list[str] = field(default_factory=list)
    approval_policy: str | None = None
    reason: str | None = None
    reached: bool = False


@dataclass(kw_only=True, repr=False)
class NamedApprover(Record):
    """Somebody whom a setting names; any ``standing`` but ``may`` says why they cannot approve."""

    user_id: str
    name: str | None = None
    approved: bool = False
    standing: str | None = None


@dataclass(kw_only=True, repr=False)
class NamedApprovers(Record):
    """One setting that names who may approve: ``count`` of ``people``."""

    because: Reason | None = None
    count: int | None = None
    missing: int | None = None
    people: list[NamedApprover] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ApprovalNeed(Record):
    """Whether a person must approve, and what says so."""

    required: bool | None = None
    high_risk: bool | None = None
    because: list[Reason] = field(default_factory=list)
    count: int | None = None
    people_only: bool = False
    named: list[NamedApprovers] = field(default_factory=list)
    unreachable: list[Reason] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class PayloadPreview(Record):
    """The exact content for one destination; ``digest`` is what an approval binds."""

    operation: str | None = None
    target_ref: str | None = None
    digest: str | None = None
    byte_length: int | None = None
    raw: str | None = None
    rendered: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True, repr=False)
class PreviewedPayload(Record):
    """What one effective destination would get, or why nothing can be rendered for it."""

    destination_id: str
    payload: PayloadPreview | None = None
    render_error: Reason | None = None


@dataclass(kw_only=True, repr=False)
class RoutePreview(Record):
    """What the router would decide, without doing it. ``blocked`` with ``blocked_reasons`` in words."""

    matches: list[RouteMatch] = field(default_factory=list)
    destinations: list[DestinationConfig] = field(default_factory=list)
    readiness: list[DestinationReadiness] = field(default_factory=list)
    source_readiness: list[SourceReadiness] = field(default_factory=list)
    source_readiness_warnings: list[str] = field(default_factory=list)
    default_destination_ids: list[str] = field(default_factory=list)
    effective_destination_ids: list[str] = field(default_factory=list)
    approval_required: bool | None = None
    blocked: bool | None = None
    blocked_reasons: list[str] = field(default_factory=list)
    blocked_codes: list[str] = field(default_factory=list)
    approval: ApprovalNeed | None = None
    contributing_route_ids: list[str] = field(default_factory=list)
    shadow: list[ShadowRoute] = field(default_factory=list)
    trace: list[RouteTrace] = field(default_factory=list)
    payloads: list[PreviewedPayload] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class RouteFinding(Record):
    """One thing about the routing table that its author hardly meant. ``severity``: error, warning or info."""

    code: str | None = None
    severity: str | None = None
    path: str | None = None
    message: str | None = None
    route_id: str | None = None
    other_route_id: str | None = None
    destination_id: str | None = None
    project_id: str | None = None
    source_id: str | None = None


@dataclass(kw_only=True, repr=False)
class RouteLint(Record):
    """Everything found about the routing table as it is stored."""

    findings: list[RouteFinding] = field(default_factory=list)
    count: int | None = None
