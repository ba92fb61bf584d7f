"""Answers about one watched log."""

from __future__ import annotations

from dataclasses import dataclass, field

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
class LogSourceResetResponse(Record):
    """The state after the offset was reset."""

    project_id: str | None = None
    source_id: str | None = None
    state: LogSourceState | None = None


@dataclass(kw_only=True, repr=False)
class LogSourceReplayResponse(Record):
    """What the newest candidate became when it was read again; ``incident`` is from before that."""

    project_id: str | None = None
    source_id: str | None = None
    incident: Incident | None = None
    draft: Draft | None = None
