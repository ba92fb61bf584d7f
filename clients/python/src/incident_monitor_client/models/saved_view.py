"""Named lists of the review queue."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class SavedView(Record):
    """Filters and order of a list of drafts under a name: your own, or one that somebody shares.

    ``default``: your queue opens with it. ``may_change``: you may rename, change and delete it.
    """

    view_id: str
    name: str | None = None
    query: dict[str, str] = field(default_factory=dict)
    owner: ActorRef | None = None
    shared: bool = False
    default: bool = False
    may_change: bool = False
    version: int | None = None
    created_at_ms: int | None = None
    updated_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class SavedViewList(Record):
    """Views by name."""

    views: list[SavedView] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class SavedViewResponse(Record):
    """The wire's envelope of one view."""

    view: SavedView


@dataclass(kw_only=True, repr=False)
class SavedViewDeleted(Record):
    """It is gone for everybody who saw it."""

    ok: bool = False
