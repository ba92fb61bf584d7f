"""Silences: what is held for a while, why, and by whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record, header
from .config import ActiveWindow
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class Silenced(Record):
    """What holds a record back, and until when that will be so if nothing changes."""

    silence_id: str
    until_ms: int | None = None
    reason: str | None = None


@dataclass(kw_only=True, repr=False)
class SilenceMatcher(Record):
    """In the words of routes; all that is said must hold. ``match_title`` is a glob: ``*`` anything, ``?`` one character."""

    match_event_types: list[str] = field(default_factory=list)
    match_sources: list[str] = field(default_factory=list)
    match_components: list[str] = field(default_factory=list)
    match_risk_levels: list[str] = field(default_factory=list)
    match_risk_categories: list[str] = field(default_factory=list)
    match_confidence: list[str] = field(default_factory=list)
    match_expected_destinations: list[str] = field(default_factory=list)
    match_project_ids: list[str] = field(default_factory=list)
    match_log_source_ids: list[str] = field(default_factory=list)
    match_source_kinds: list[str] = field(default_factory=list)
    match_tenant_ids: list[str] = field(default_factory=list)
    match_workspace_ids: list[str] = field(default_factory=list)
    match_event_schema_versions: list[str] = field(default_factory=list)
    match_route_tags: list[str] = field(default_factory=list)
    match_title: str | None = None


@dataclass(kw_only=True, repr=False)
class Silence(Record):
    """Holds what it matches from its start to its expiry, in its windows where it has some.

    ``state``: scheduled, active, waiting (outside its windows) or expired. ``until_ms`` is there while it holds,
    ``from_ms`` while it is about to.
    """

    silence_id: str
    version: int | None = None
    state: str | None = None
    matcher: SilenceMatcher | None = None
    reason: str | None = None
    windows: list[ActiveWindow] = field(default_factory=list)
    starts_at_ms: int | None = None
    expires_at_ms: int | None = None
    until_ms: int | None = None
    from_ms: int | None = None
    created_by: ActorRef | None = None
    created_at_ms: int | None = None
    updated_by: ActorRef | None = None
    updated_at_ms: int | None = None
    ended_by: ActorRef | None = None
    ended_at_ms: int | None = None
    held_now: int | None = None
    held_ever: int | None = None


@dataclass(kw_only=True, repr=False)
class SilenceResponse(Record):
    """One silence. ``etag`` is the answer's header, for the next change."""

    silence: Silence
    etag: str | None = header("etag")


@dataclass(kw_only=True, repr=False)
class SilenceList(Record):
    """One page of silences, newest first."""

    silences: list[Silence] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class SilenceHold(Record):
    """One draft held by one silence. ``release_reason``: expired, changed, window_over or settled."""

    hold_id: str
    draft_id: str | None = None
    incident_id: str | None = None
    project_id: str | None = None
    title: str | None = None
    held_at_ms: int | None = None
    released_at_ms: int | None = None
    release_reason: str | None = None


@dataclass(kw_only=True, repr=False)
class SilenceHoldList(Record):
    """One page of what a silence holds and has held, newest first."""

    holds: list[SilenceHold] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None
