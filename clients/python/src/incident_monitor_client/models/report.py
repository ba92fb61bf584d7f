"""Answers of reporting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .draft import Draft
from .incident import DuplicateSummary, Incident
from .values import QualityGate


@dataclass(kw_only=True, repr=False)
class ReportResponse(Record):
    """Answer of a report. A repeat of what was approved before is ``suppressed``, and counted all the same."""

    draft: Draft | None = None
    duplicate_summary: DuplicateSummary | None = None
    duplicate_matches: list[dict[str, Any]] = field(default_factory=list)
    suppressed: bool = False
    reason: str | None = None
    held: bool = False
    incident_id: str | None = None
    outcome: str | None = None


@dataclass(kw_only=True, repr=False)
class IntakeResponse(Record):
    """Answer of a report with a scoped key."""

    draft: Draft | None = None
    incident: Incident | None = None
    held: bool = False
    outcome: str | None = None


@dataclass(kw_only=True, repr=False)
class BatchItem(Record):
    """What became of one item of a batch; ``status`` is what the single call would have answered."""

    index: int
    status: int
    draft_id: str | None = None
    incident_id: str | None = None
    outcome: str | None = None
    held: bool = False
    code: str | None = None
    error: str | None = None
    quality_gate: QualityGate | None = None
    field: str | None = None  # last: from here on the name is no longer the dataclass function's


@dataclass(kw_only=True, repr=False)
class BatchResponse(Record):
    """One result per item, in the order sent."""

    results: list[BatchItem] = field(default_factory=list)
    accepted: int | None = None
    rejected: int | None = None


@dataclass(kw_only=True, repr=False)
class RuntimeEventAnswer(Record):
    """What became of one event. ``decision``: accepted, already_counted, blocked, ignored or refused."""

    index: int
    status: int
    decision: str | None = None
    reason: str | None = None
    message: str | None = None
    outcome: str | None = None
    incident_id: str | None = None
    draft_id: str | None = None
    held: bool = False
    code: str | None = None
    error: str | None = None
    quality_gate: QualityGate | None = None
    field: str | None = None  # last, as in BatchItem


@dataclass(kw_only=True, repr=False)
class RuntimeEventsResponse(Record):
    """One result per event, in the order sent, and their counts by decision."""

    results: list[RuntimeEventAnswer] = field(default_factory=list)
    considered: int | None = None
    accepted: int | None = None
    already_counted: int | None = None
    blocked: int | None = None
    ignored: int | None = None
    refused: int | None = None
