"""Where a record would go, why, and whether a person must say so."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    wants: list[str] = field(default_factory=list)
    has: str | None = None
    matched: bool = False


@dataclass(kw_only=True, repr=False)
class RouteTrace(Record):
    """How one route fared."""

    route_id: str | None = None
    route_name: str | None = None
    enabled: bool = False
    outcome: str | None = None
    conditions: list[RouteCondition] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ApprovalNeed(Record):
    """Whether a person must approve, and what says so."""

    required: bool | None = None
    high_risk: bool | None = None
    because: list[Reason] = field(default_factory=list)


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
    trace: list[RouteTrace] = field(default_factory=list)
