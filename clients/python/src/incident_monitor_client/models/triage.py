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


@dataclass(kw_only=True, repr=False)
class TriageRunDetail(Record):
    """A run with everything it left, oldest first, and the edits of its draft, newest first."""

    run: dict[str, Any] | None = None
    draft: Draft | None = None
    trigger: str = ""
    requested_by: dict[str, Any] | None = None
    summary_by: str | None = None
    claim: dict[str, Any] | None = None
    deadline_at_ms: int | None = None
    next_attempt_at_ms: int | None = None
    claim_count: int = 0
    recovery_count: int = 0
    cancelled_by: dict[str, Any] | None = None
    reason: dict[str, Any] | None = None
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    revisions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class TriageRunChanged(Record):
    """A run that was cancelled or completed, and its draft."""

    ok: bool = False
    run: dict[str, Any] | None = None
    draft: Draft | None = None


@dataclass(kw_only=True, repr=False)
class ClaimedTriageRun(Record):
    """``claim_id`` is the proof of the claim, for every further call."""

    ok: bool = False
    claim_id: str = ""
    lease_until_ms: int | None = None
    run: dict[str, Any] | None = None
    draft: Draft | None = None


@dataclass(kw_only=True, repr=False)
class TriageHeartbeat(Record):
    """Until when the claim holds now."""

    ok: bool = False
    lease_until_ms: int | None = None
    run: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class SubmittedTriageArtifact(Record):
    """Where what was handed in is kept."""

    ok: bool = False
    run: dict[str, Any] | None = None
    artifact: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class TriageReview(Record):
    """A draft's newest run, everything it found and came to, and what the caller may do with it (``actions``)."""

    draft_id: str = ""
    run: dict[str, Any] | None = None
    trigger: str | None = None
    requested_by: dict[str, Any] | None = None
    summary_by: str | None = None
    claim: dict[str, Any] | None = None
    deadline_at_ms: int | None = None
    next_attempt_at_ms: int | None = None
    cancelled_by: dict[str, Any] | None = None
    reason: dict[str, Any] | None = None
    phases: dict[str, Any] = field(default_factory=dict)
    triage_summary: dict[str, Any] | None = None
    proposal_quality_gate: dict[str, Any] | None = None
    issue_draft: dict[str, Any] | None = None
    revisions: list[dict[str, Any]] = field(default_factory=list)
    earlier_runs: list[dict[str, Any]] = field(default_factory=list)
    actions: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True, repr=False)
class IssueTemplatePlaceholder(Record):
    """What a template may name between double braces; a section comes without its heading."""

    name: str
    is_section: bool = False
    words: str | None = None


@dataclass(kw_only=True, repr=False)
class IssueTemplateProblem(Record):
    """What keeps a template from being saved."""

    field: str | None = None
    code: str | None = None
    message: str | None = None


@dataclass(kw_only=True, repr=False)
class RenderedIssue(Record):
    """The issue as triage would write it. ``basis``: triage, report or sample."""

    basis: str | None = None
    draft_id: str | None = None
    title: str | None = None
    body: str | None = None
    template_source: str | None = None
    template_sha256: str | None = None


@dataclass(kw_only=True, repr=False)
class RepositoryForm(Record):
    """A repository's own form as a template to start from."""

    path: str | None = None
    template: str | None = None


@dataclass(kw_only=True, repr=False)
class IssueTemplatePreview(Record):
    """A template tried out. While there are ``problems`` nothing is rendered."""

    problems: list[IssueTemplateProblem] = field(default_factory=list)
    preview: RenderedIssue | None = None
    built_in: str | None = None
    repository: RepositoryForm | None = None
    placeholders: list[IssueTemplatePlaceholder] = field(default_factory=list)
    limit: int | None = None
