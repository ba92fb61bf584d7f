"""Named lists of the review queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..models.saved_view import SavedViewDeleted, SavedViewList, SavedViewResponse
from .base import IM, Calls, Payload, merged, path_of


class SavedViewCalls(Calls):
    async def list_saved_views(self) -> SavedViewList:
        """Your own views and those that others share, by name."""
        return await self._get(SavedViewList, f"{IM}/saved-views")

    async def create_saved_view(self, name: str, query: Mapping[str, str], **fields: Any) -> SavedViewResponse:
        """Gives a list of drafts a name. ``query``: filters and ``sort``, as for ``list_drafts``; ``shared``, ``default``."""
        return await self._post(SavedViewResponse, f"{IM}/saved-views", {"name": name, "query": dict(query), **fields})

    async def update_saved_view(
        self, view_id: str, change: Payload | None = None, **fields: Any
    ) -> SavedViewResponse:
        """Changes what is given: ``name``, ``query``, ``shared``, ``default``. Shared views of others take ``default`` alone."""
        return await self._send(SavedViewResponse, "PATCH", _path(view_id), merged(change, **fields))

    async def delete_saved_view(self, view_id: str) -> SavedViewDeleted:
        """Deletes it for everybody who sees it; no draft is touched."""
        return await self._send(SavedViewDeleted, "DELETE", _path(view_id))


def _path(view_id: str) -> str:
    return path_of(IM, "/saved-views/{view_id}", view_id=view_id)
