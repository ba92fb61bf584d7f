"""Reading what is stored again by rules that find more: numbers by place, never a text."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class RedactionRun(Record):
    """One walk (``trigger``: request, rules). ``frozen``: would change and stays, since a digest rests on it."""

    run_id: str
    trigger: str | None = None
    actor: ActorRef | None = None
    rules_version: int | None = None
    state: str | None = None
    place: str | None = None
    examined: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    frozen: dict[str, int] = field(default_factory=dict)
    held_back: dict[str, int] = field(default_factory=dict)
    approvals_voided: int | None = None
    error: str | None = None
    started_at_ms: int | None = None
    ended_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class RedactionRunResponse(Record):
    """A walk that was begun, or stopped."""

    run: RedactionRun


@dataclass(kw_only=True, repr=False)
class RedactionRunList(Record):
    """Walks, newest first."""

    runs: list[RedactionRun] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class RereadingPlace(Record):
    """What a walk would change in one place, by as many rows as were examined."""

    place: str
    rows: int | None = None
    examined: int | None = None
    would_change: int | None = None
    frozen: int | None = None
    held_back: int | None = None


@dataclass(kw_only=True, repr=False)
class RereadingPreview(Record):
    """How much a walk would change. ``read_version``: the rules that everything stored was read by."""

    rules_version: int | None = None
    read_version: int | None = None
    places: list[RereadingPlace] = field(default_factory=list)
