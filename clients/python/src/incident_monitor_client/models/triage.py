"""Answers of investigating a draft. Summaries, issue drafts and runs are the server's documents: plain objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .draft import Draft
from .incident import DuplicateSummary, Incident


@dataclass(kw_only=True, repr=False)
class TriageRunResponse(Record):
    """Answer of creating a triage run and of replaying an incident. ``deduped``: a live run was there already."""

    ok: bool = False
    incident: Incident | None = None
    draft: Draft | None = None
    run: dict[str, Any] | None = None
    deduped: bool = False
    triage_summary: dict[str, Any] | None = None
    triage_summary_artifact: dict[str, Any] | None = None
    issue_draft: dict[str, Any] | None = None
    issue_draft_artifact: dict[str, Any] | None = None
    duplicate_summary: DuplicateSummary | None = None
    duplicate_matches: list[dict[str, Any]] = field(default_factory=list)
    duplicate_matches_artifact: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class TriageSummaryResponse(Record):
    """The summary as stored and the issue draft made from it."""

    ok: bool = False
    draft: Draft | None = None
    triage_summary: dict[str, Any] | None = None
    triage_summary_artifact: dict[str, Any] | None = None
    failure_pattern_memory: dict[str, Any] | None = None
    regression_signal_memory: dict[str, Any] | None = None
    issue_draft: dict[str, Any] | None = None
    issue_draft_artifact: dict[str, Any] | None = None
    duplicate_matches_artifact: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class IssueDraftResponse(Record):
    """The issue draft, made anew. ``issue_draft["rendered_body"]`` is its text."""

    ok: bool = False
    draft: Draft | None = None
    triage_summary: dict[str, Any] | None = None
    issue_draft: dict[str, Any] | None = None
    duplicate_summary: DuplicateSummary | None = None
    duplicate_matches: list[dict[str, Any]] = field(default_factory=list)
    triage_summary_artifact: dict[str, Any] | None = None
    issue_draft_artifact: dict[str, Any] | None = None
    duplicate_matches_artifact: dict[str, Any] | None = None
