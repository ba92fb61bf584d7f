"""Answers about one watched log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .draft import Draft
from .incident import Incident


@dataclass(kw_only=True, repr=False)
class LogSourceState(Record):
    """How far a log was read."""

    project_id: str | None = None
    source_id: str | None = None
    path: str | None = None
    offset: int | None = None
    updated_at_ms: int | None = None
    consecutive_errors: int | None = None
    total_bytes_read: int | None = None
    total_candidates: int | None = None
    total_submitted: int | None = None
    recent_fingerprints: dict[str, int] = field(default_factory=dict)
    inode: str | None = None
    partial_line: str | None = None
    partial_line_offset_start: int | None = None
    last_line_hash: str | None = None
    positioned_at_ms: int | None = None
    last_error: str | None = None


@dataclass(kw_only=True, repr=False)
class RereadPlan(Record):
    """What reading a log again would do. ``partial``: only the first ``bytes`` were looked at."""

    project_id: str | None = None
    source_id: str | None = None
    offset_start: int | None = None
    offset_end: int | None = None
    bytes: int | None = None
    lines: int | None = None
    candidates: int | None = None
    already_counted: int | None = None
    merged: int | None = None
    new_incidents: int | None = None
    quarantined: int | None = None
    partial: bool = False


@dataclass(kw_only=True, repr=False)
class ReplayPlan(Record):
    """The sighting that is counted again, and the bytes of the log that it is in."""

    project_id: str | None = None
    source_id: str | None = None
    incident_id: str | None = None
    occurrence_id: str | None = None
    offset_start: int | None = None
    offset_end: int | None = None
    received_at_ms: int | None = None
    title: str | None = None
    excerpt: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class LogSourceResetResponse(Record):
    """The state after the offset was reset, or, on a dry run, as it would be; then ``plan`` says what is read again."""

    project_id: str | None = None
    source_id: str | None = None
    state: LogSourceState | None = None
    dry_run: bool = False
    plan: RereadPlan | None = None


@dataclass(kw_only=True, repr=False)
class LogSourceReplayResponse(Record):
    """What the newest candidate became when it was read again; ``incident`` is from before that."""

    project_id: str | None = None
    source_id: str | None = None
    incident: Incident | None = None
    draft: Draft | None = None
    dry_run: bool = False
    plan: ReplayPlan | None = None


@dataclass(kw_only=True, repr=False)
class LogSourceHealth(Record):
    """How a log source stands: ``state`` is the first that holds of stopped, waiting, unreadable, quarantining, silent,
    behind and healthy; ``advice`` says what to do about it."""

    project_id: str
    source_id: str
    path: str | None = None
    state: str | None = None
    advice: str | None = None
    error_code: str | None = None
    last_error: str | None = None
    last_error_at_ms: int | None = None
    consecutive_errors: int | None = None
    offset: int | None = None
    file_size: int | None = None
    generation: int | None = None
    lag_bytes: int | None = None
    lag_ms: int | None = None
    bytes_per_second: float | None = None
    records_per_minute: float | None = None
    total_bytes_read: int | None = None
    total_lines: int | None = None
    total_candidates: int | None = None
    total_submitted: int | None = None
    total_quarantined: int | None = None
    total_oversize_lines: int | None = None
    open_quarantined: int | None = None
    last_poll_at_ms: int | None = None
    last_record_at_ms: int | None = None
    last_submitted_at_ms: int | None = None
    silent_after_ms: int | None = None
    watching: str | None = None


@dataclass(kw_only=True, repr=False)
class LogSourceHealthList(Record):
    """The log sources that the caller may see."""

    sources: list[LogSourceHealth] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class LogSourceHealthResponse(Record):
    """One log source."""

    source: LogSourceHealth


@dataclass(kw_only=True, repr=False)
class BackfilledFile(Record):
    """A log, or a rotated file of it. ``skipped`` says why it was left out."""

    path: str | None = None
    size: int | None = None
    bytes: int | None = None
    candidates: int | None = None
    skipped: str | None = None


@dataclass(kw_only=True, repr=False)
class BackfillResponse(Record):
    """What one call of a backfill took in, or would. ``next_cursor`` is there while more is left."""

    project_id: str | None = None
    source_id: str | None = None
    from_ms: int | None = None
    to_ms: int | None = None
    dry_run: bool = False
    files: list[BackfilledFile] = field(default_factory=list)
    bytes: int | None = None
    lines: int | None = None
    candidates: int | None = None
    already_counted: int | None = None
    merged: int | None = None
    new_incidents: int | None = None
    untimed: int | None = None
    next_cursor: str | None = None


@dataclass(kw_only=True, repr=False)
class QuarantinedLog(Record):
    """A record that looked like a failure but not like its source's records; its lines are redacted."""

    quarantine_id: str
    project_id: str | None = None
    source_id: str | None = None
    generation: int | None = None
    offset_start: int | None = None
    offset_end: int | None = None
    reason: str | None = None
    detail: str | None = None
    excerpt: list[str] = field(default_factory=list)
    created_at_ms: int | None = None
    replayed_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class QuarantineList(Record):
    """One page of what was set aside, newest first."""

    quarantined: list[QuarantinedLog] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class QuarantineResult(Record):
    """What became of one record that was replayed."""

    quarantine_id: str
    outcome: str | None = None
    incident_id: str | None = None
    detail: str | None = None


@dataclass(kw_only=True, repr=False)
class ReplayedQuarantine(Record):
    """What became of records that were set aside, by the source's rules as they are now. ``more``: more of them wait."""

    project_id: str | None = None
    source_id: str | None = None
    dry_run: bool = False
    submitted: int | None = None
    already_counted: int | None = None
    still_quarantined: int | None = None
    dropped: int | None = None
    results: list[QuarantineResult] = field(default_factory=list)
    more: bool = False


@dataclass(kw_only=True, repr=False)
class FoundField(Record):
    """A thing that can be looked for, the key it was found under, and what stood there."""

    field: str | None = None
    key: str | None = None
    example: str | None = None


@dataclass(kw_only=True, repr=False)
class PreviewedLine(Record):
    """One line as the watcher would see it. ``candidate`` is a position in the preview's ``candidates``."""

    text: str | None = None
    offset_start: int | None = None
    format: str | None = None
    level: str | None = None
    message: str | None = None
    component: str | None = None
    occurred_at_ms: int | None = None
    candidate: int | None = None
    verdict: str | None = None


@dataclass(kw_only=True, repr=False)
class PreviewedIncident(Record):
    """What lines would have become; ``incident_id`` names the live incident they would be counted for."""

    title: str | None = None
    fingerprint: str | None = None
    wire_fingerprint: str | None = None
    level: str | None = None
    risk_level: str | None = None
    component: str | None = None
    occurrences: int | None = None
    excerpt: list[str] = field(default_factory=list)
    incident_id: str | None = None


@dataclass(kw_only=True, repr=False)
class LogPreview(Record):
    """The last lines of a log, and what would have become an incident."""

    path: str | None = None
    file_size: int | None = None
    modified_at_ms: int | None = None
    detected_format: str | None = None
    found_fields: list[FoundField] = field(default_factory=list)
    lines: list[PreviewedLine] = field(default_factory=list)
    candidates: list[PreviewedIncident] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class LogPreviewResponse(Record):
    """A preview."""

    preview: LogPreview


@dataclass(kw_only=True, repr=False)
class BrowsedEntry(Record):
    """A folder or file; one that cannot be chosen is ``refused`` and says why."""

    name: str
    path: str | None = None
    kind: str | None = None
    refused_because: str | None = None
    size: int | None = None
    modified_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class BrowsedFolder(Record):
    """What lies in a folder of an allowed root."""

    root: str | None = None
    path: str | None = None
    entries: list[BrowsedEntry] = field(default_factory=list)
    truncated: bool = False


@dataclass(kw_only=True, repr=False)
class AllowedRoot(Record):
    """A folder under which workspace roots may lie."""

    path: str
    readable: bool = False
    problem: str | None = None


@dataclass(kw_only=True, repr=False)
class AllowedRoots(Record):
    """The allowed roots of the host."""

    roots: list[AllowedRoot] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class Evidence(Record):
    """A piece of evidence, redacted as it was kept. ``verified``: its hash was computed again and is the same."""

    evidence_id: str
    reference: str | None = None
    kind: str | None = None
    project_id: str | None = None
    source_id: str | None = None
    incident_id: str | None = None
    draft_id: str | None = None
    content_type: str | None = None
    content: Any = None
    sha256: str | None = None
    verified: bool = False
    redactions: dict[str, int] = field(default_factory=dict)
    created_at_ms: int | None = None
    expires_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class EvidenceResponse(Record):
    """A piece of evidence."""

    evidence: Evidence
