"""What a changed configuration would have done, and what shadow routes would have sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record
from .config import ConfigChange, ConfigIssue


@dataclass(kw_only=True, repr=False)
class BacktestOutcome(Record):
    """A decision without readiness: where a record goes, not whether it could today."""

    route_id: str | None = None
    route_name: str | None = None
    reason: str | None = None
    destination_ids: list[str] = field(default_factory=list)
    approval_required: bool | None = None
    blocked: bool | None = None
    blocked_codes: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class BacktestRow(Record):
    """One incident under both configurations, at ``at_ms``. No ``changes``: the same in every respect."""

    incident_id: str
    draft_id: str | None = None
    title: str | None = None
    at_ms: int | None = None
    before: BacktestOutcome | None = None
    after: BacktestOutcome | None = None
    changes: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class BacktestRoute(Record):
    """How often one route decided; without an id the defaults did."""

    route_id: str | None = None
    route_name: str | None = None
    before: int | None = None
    after: int | None = None


@dataclass(kw_only=True, repr=False)
class BacktestSummary(Record):
    """Counts over all incidents looked at; one may differ in several ways."""

    total: int | None = None
    same: int | None = None
    elsewhere: int | None = None
    more_destinations: int | None = None
    fewer_destinations: int | None = None
    approval_newly: int | None = None
    approval_no_longer: int | None = None
    blocked_newly: int | None = None
    unblocked: int | None = None
    other_route: int | None = None
    routes: list[BacktestRoute] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class BacktestResult(Record):
    """``newest``: the newest 50, whether they differ or not; ``examples``: the newest of those that do."""

    type: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    truncated: bool | None = None
    summary: BacktestSummary | None = None
    newest: list[BacktestRow] = field(default_factory=list)
    examples: list[BacktestRow] = field(default_factory=list)
    diff: list[ConfigChange] = field(default_factory=list)
    warnings: list[ConfigIssue] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ActualDecision(Record):
    """What the routes in force decided."""

    route_id: str | None = None
    destination_ids: list[str] = field(default_factory=list)
    approval_required: bool | None = None


@dataclass(kw_only=True, repr=False)
class ShadowDecision(Record):
    """What a shadow route would have done with a draft, beside ``actual``. Nothing of it was sent."""

    shadow_decision_id: str
    draft_id: str | None = None
    incident_id: str | None = None
    project_id: str | None = None
    title: str | None = None
    moment: str | None = None
    route_id: str | None = None
    route_name: str | None = None
    destination_ids: list[str] = field(default_factory=list)
    approval_required: bool | None = None
    reached: bool | None = None
    actual: ActualDecision | None = None
    agrees: bool | None = None
    at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class ShadowRouteCounts(Record):
    """Over all decisions that match the filters, not only this page's."""

    route_id: str | None = None
    route_name: str | None = None
    decisions: int | None = None
    agreeing: int | None = None
    approval_required: int | None = None


@dataclass(kw_only=True, repr=False)
class ShadowDecisionList(Record):
    """One page, newest first, and the counts of each route."""

    decisions: list[ShadowDecision] = field(default_factory=list)
    routes: list[ShadowRouteCounts] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None
