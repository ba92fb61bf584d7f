"""Answers of deciding on a draft, publishing it and looking for it outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .draft import Draft
from .incident import DuplicateSummary
from .post import Post
from .values import Reason


@dataclass(kw_only=True, repr=False)
class ApproveResponse(Record):
    """Approving publishes nothing, unless the server is set to: then ``post`` is the first destination's."""

    ok: bool = False
    draft: Draft | None = None
    action: str | None = None
    failure_pattern_memory: dict[str, Any] | None = None
    issue_draft: dict[str, Any] | None = None
    duplicate_summary: DuplicateSummary | None = None
    duplicate_matches: list[dict[str, Any]] = field(default_factory=list)
    triage_summary_artifact: dict[str, Any] | None = None
    issue_draft_artifact: dict[str, Any] | None = None
    duplicate_matches_artifact: dict[str, Any] | None = None
    post: Post | None = None
    external_action: dict[str, Any] | None = None
    publish_error: str | None = None
    deliveries: list[Post] = field(default_factory=list)
    approvals: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class DenyResponse(Record):
    """The draft as it is now."""

    ok: bool = False
    draft: Draft | None = None


@dataclass(kw_only=True, repr=False)
class PublishResponse(Record):
    """Answer of publish and of recheck. ``post`` is the first requested destination's, ``deliveries`` has all.

    ``action`` ``approval_required`` means that nothing left: ``reasons`` say why. ``publish_in_progress`` means that
    it is still under way; read the receipt later.
    """

    ok: bool = False
    draft: Draft | None = None
    action: str | None = None
    triage_summary: dict[str, Any] | None = None
    issue_draft: dict[str, Any] | None = None
    duplicate_summary: DuplicateSummary | None = None
    duplicate_matches: list[dict[str, Any]] = field(default_factory=list)
    triage_summary_artifact: dict[str, Any] | None = None
    issue_draft_artifact: dict[str, Any] | None = None
    duplicate_matches_artifact: dict[str, Any] | None = None
    post_id: str | None = None
    issue_number: int | None = None
    issue_url: str | None = None
    comment_id: str | None = None
    comment_url: str | None = None
    post: Post | None = None
    external_action: dict[str, Any] | None = None
    deliveries: list[Post] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
