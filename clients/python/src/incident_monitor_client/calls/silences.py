"""Silences: holding for a while what would otherwise leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from ..models.silence import Silence, SilenceHoldList, SilenceList, SilenceResponse
from .base import IM, Calls, Filter, Payload, merged, pages, path_of


class SilenceCalls(Calls):
    async def list_silences(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> SilenceList:
        """One page, newest first; 50 rows unless ``limit`` (1 to 200) says otherwise.

        Filters: ``state`` (scheduled, active, expired), ``project``, ``q``, ``since``, ``until``.
        """
        return await self._list(SilenceList, f"{IM}/silences", limit, cursor, filters)

    def iterate_silences(self, *, page_size: int | None = None, **filters: Filter) -> AsyncIterator[Silence]:
        """All silences that match, page by page. ``filters`` as for the list."""

        async def read(cursor: str | None) -> tuple[list[Silence], str | None]:
            page = await self._list(SilenceList, f"{IM}/silences", page_size, cursor, filters)
            return page.silences, page.next_cursor

        return pages(read, f"{IM}/silences")

    async def get_silence(self, silence_id: str) -> SilenceResponse:
        """One silence, with its etag. Raises NotFoundError."""
        return await self._get(SilenceResponse, path_of(IM, "/silences/{silence_id}", silence_id=silence_id))

    async def create_silence(self, request: Payload | None = None, **fields: Any) -> SilenceResponse:
        """Holds what ``matcher`` matches until ``expires_at_ms``, for a ``reason``; at most 90 days.

        Nothing of it is published or sent, and nothing is lost. Optional: ``starts_at_ms``, ``windows``.
        """
        return await self._post(SilenceResponse, f"{IM}/silences", merged(request, **fields))

    async def update_silence(
        self, silence_id: str, change: Payload | None = None, *, if_match: str | None = None, **fields: Any
    ) -> SilenceResponse:
        """What is not given stays; ``matcher`` and ``windows`` replace what there was, whole.

        With ``version``, or the etag as ``if_match``, only over what was read: ConflictError otherwise.
        """
        headers = {} if if_match is None else {"if-match": if_match}
        path = path_of(IM, "/silences/{silence_id}", silence_id=silence_id)
        return await self._send(SilenceResponse, "PATCH", path, merged(change, **fields), headers=headers)

    async def expire_silence(self, silence_id: str) -> SilenceResponse:
        """Ends it now: what it held flows again. Doing it twice is the same."""
        return await self._post(SilenceResponse, path_of(IM, "/silences/{silence_id}/expire", silence_id=silence_id))

    async def list_silence_holds(
        self, silence_id: str, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> SilenceHoldList:
        """Which drafts it holds (``open=True``) or let go (``open=False``), newest first; one page."""
        path = path_of(IM, "/silences/{silence_id}/holds", silence_id=silence_id)
        return await self._list(SilenceHoldList, path, limit, cursor, filters)
