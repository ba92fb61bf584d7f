"""How incidents are merged, split and grouped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .incident import Incident
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class SplitResponse(Record):
    """The new incident, what is left of the other one, and the rule that undoes it."""

    incident: Incident
    remaining: Incident | None = None
    rule_id: str | None = None
    moved: int | None = None


@dataclass(kw_only=True, repr=False)
class Variations(Record):
    """What differs among the newest sightings of an incident."""

    variations: list[dict[str, Any]] = field(default_factory=list)
    looked_at: int | None = None


@dataclass(kw_only=True, repr=False)
class MergeCandidates(Record):
    """Incidents that are like one, the most alike first, part by part."""

    candidates: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class GroupingPreview(Record):
    """What a rule would merge or split; lists are cut at 20."""

    looked_at: int | None = None
    truncated: bool = False
    untouched: int | None = None
    continued: int | None = None
    merged_count: int | None = None
    merged: list[dict[str, Any]] = field(default_factory=list)
    split_count: int | None = None
    split: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class GroupingRule(Record):
    """A rule or a split as it was applied; ``undone_at_ms`` once it was taken back."""

    rule_id: str
    kind: str | None = None
    project_id: str | None = None
    reason: str | None = None
    match: dict[str, Any] | None = None
    effect: dict[str, Any] | None = None
    split: dict[str, Any] | None = None
    continued: list[str] = field(default_factory=list)
    merged: list[dict[str, Any]] = field(default_factory=list)
    applied_by: ActorRef | None = None
    applied_at_ms: int | None = None
    undone_by: ActorRef | None = None
    undone_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class GroupingRuleResponse(Record):
    """The wire's envelope of one rule."""

    rule: GroupingRule


@dataclass(kw_only=True, repr=False)
class GroupingRuleList(Record):
    """Rules and splits, newest first."""

    rules: list[GroupingRule] = field(default_factory=list)
    count: int | None = None
