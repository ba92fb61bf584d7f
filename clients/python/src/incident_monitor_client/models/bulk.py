"""Many drafts in one call: what would become of each, and what did."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record


@dataclass(kw_only=True, repr=False)
class BulkReviewRow(Record):
    """What an action would do to one draft, or why it cannot (``code``). ``digest``: what an approval has to bring."""

    draft_id: str
    title: str | None = None
    risk_level: str | None = None
    allowed: bool = False
    message: str | None = None
    code: str | None = None
    digest: str | None = None


@dataclass(kw_only=True, repr=False)
class BulkReview(Record):
    """One row a draft; ``allowed`` counts those that it can be done to."""

    rows: list[BulkReviewRow] = field(default_factory=list)
    allowed: int | None = None


@dataclass(kw_only=True, repr=False)
class BulkOutcome(Record):
    """What became of one draft.

    ``outcome``: done, unchanged (it stood so already, as when a call is sent twice), refused, conflict (it is not what was
    shown any more) or not_found.
    """

    draft_id: str
    outcome: str | None = None
    code: str | None = None
    message: str | None = None


@dataclass(kw_only=True, repr=False)
class BulkOutcomes(Record):
    """One outcome a draft; ``done`` counts those that were done."""

    outcomes: list[BulkOutcome] = field(default_factory=list)
    done: int | None = None


@dataclass(kw_only=True, repr=False)
class UndonePost(Record):
    """``outcome``: undone, or already_left."""

    post_id: str
    outcome: str | None = None


@dataclass(kw_only=True, repr=False)
class UndonePosts(Record):
    """What became of each post that was to be undone."""

    posts: list[UndonePost] = field(default_factory=list)
    undone: int | None = None
