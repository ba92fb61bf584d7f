"""Rows of the configuration one by one, and its history."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record, header
from .config import (
    ConfigChange,
    ConfigIssue,
    DestinationConfig,
    IncidentMonitorConfig,
    LogSourceConfig,
    MonitoredProject,
    RouteConfig,
)
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class ConfigRow(Record):
    """One row: the one of its kind is set. After a change also whether it is new, and what else there is to say.

    ``updated_at_ms`` is the whole configuration's. With ``dry_run`` nothing was stored. ``etag`` is the answer's
    header.
    """

    destination: DestinationConfig | None = None
    route: RouteConfig | None = None
    project: MonitoredProject | None = None
    log_source: LogSourceConfig | None = None
    created: bool = False
    updated_at_ms: int | None = None
    dry_run: bool = False
    diff: list[ConfigChange] = field(default_factory=list)
    warnings: list[ConfigIssue] = field(default_factory=list)
    etag: str | None = header("etag")


@dataclass(kw_only=True, repr=False)
class ConfigDeleteResponse(Record):
    """What taking a row out changed; ``also_changed`` is the part that is about other rows."""

    ok: bool = False
    deleted: int | None = None
    also_changed: list[ConfigChange] = field(default_factory=list)
    updated_at_ms: int | None = None
    dry_run: bool = False
    diff: list[ConfigChange] = field(default_factory=list)
    warnings: list[ConfigIssue] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ProjectList(Record):
    """All monitored projects, each with its log sources."""

    projects: list[MonitoredProject] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class LogSourceList(Record):
    """The log sources of one project."""

    log_sources: list[LogSourceConfig] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class ConfigRevision(Record):
    """One saved configuration: who, when, what changed."""

    version: int
    at_ms: int | None = None
    actor: ActorRef | None = None
    summary: str | None = None
    diff: list[ConfigChange] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ConfigHistory(Record):
    """One page of the revisions, newest first."""

    revisions: list[ConfigRevision] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class ConfigRevisionResponse(Record):
    """A revision with the configuration as it left it."""

    revision: ConfigRevision
    incident_monitor: IncidentMonitorConfig
    etag: str | None = header("etag")
