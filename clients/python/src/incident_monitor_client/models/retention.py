"""Retention: what is kept for how long, what holds it back, and what was removed."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class RetentionHold(Record):
    """A legal hold: while ``released_at_ms`` is None nothing that it covers is removed. ``scope``: all, project, source, incident."""

    hold_id: str
    scope: str | None = None
    project_id: str | None = None
    source_id: str | None = None
    incident_id: str | None = None
    reason: str | None = None
    placed_by: ActorRef | None = None
    placed_at_ms: int | None = None
    released_by: ActorRef | None = None
    released_at_ms: int | None = None
    release_reason: str | None = None


@dataclass(kw_only=True, repr=False)
class RetentionHoldResponse(Record):
    """One hold."""

    hold: RetentionHold


@dataclass(kw_only=True, repr=False)
class RetentionHoldList(Record):
    """Holds, those in force first."""

    holds: list[RetentionHold] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class RetentionChoice(Record):
    """Which profile holds for a project or log source. ``known`` is False where nobody made it: nothing is removed then."""

    profile: str
    project_id: str | None = None
    source_id: str | None = None
    chosen_by: str | None = None
    known: bool | None = None
    mode: str | None = None
    days: dict[str, int] = field(default_factory=dict)


@dataclass(kw_only=True, repr=False)
class RetentionFinding(Record):
    """What is worth a look: retention_days_unset, retention_profile_unknown or retention_keeps_reports."""

    code: str
    profile: str | None = None
    project_id: str | None = None
    source_id: str | None = None


@dataclass(kw_only=True, repr=False)
class RetentionDue(Record):
    """What a run would take now of one place, for one project or log source."""

    place: str
    kind: str | None = None
    project_id: str | None = None
    source_id: str | None = None
    profile: str | None = None
    due: int | None = None
    held_back: int | None = None
    oldest_at_ms: int | None = None
    before_ms: int | None = None
    bytes: int | None = None


@dataclass(kw_only=True, repr=False)
class RetentionPreview(Record):
    """What the job would remove if it ran now. ``idle``: the monitor is paused or off, so that nothing goes."""

    at_ms: int | None = None
    idle: bool | None = None
    profiles_in_use: list[RetentionChoice] = field(default_factory=list)
    findings: list[RetentionFinding] = field(default_factory=list)
    groups: list[RetentionDue] = field(default_factory=list)
    total_due: int | None = None
    total_held_back: int | None = None
    total_bytes: int | None = None


@dataclass(kw_only=True, repr=False)
class RetentionError(Record):
    """What failed in a run, and where."""

    code: str
    place: str | None = None


@dataclass(kw_only=True, repr=False)
class RetentionRun(Record):
    """One run of the job, or one erasure on request (``trigger``: schedule, request). Numbers and ids, never a text."""

    run_id: str
    trigger: str | None = None
    actor: ActorRef | None = None
    project_id: str | None = None
    subject: dict[str, str] = field(default_factory=dict)
    state: str | None = None
    removed: dict[str, int] = field(default_factory=dict)
    held_back: dict[str, int] = field(default_factory=dict)
    errors: list[RetentionError] = field(default_factory=list)
    started_at_ms: int | None = None
    ended_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class RetentionRunList(Record):
    """Runs, newest first."""

    runs: list[RetentionRun] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class ErasurePreview(Record):
    """What erasing would take; ``held_by`` and ``under_way`` stand against it. ``capped``: there are more than were counted."""

    incidents: int | None = None
    capped: bool | None = None
    counts: dict[str, int] = field(default_factory=dict)
    held_by: list[str] = field(default_factory=list)
    under_way: list[str] = field(default_factory=list)
