"""Retention: what goes when, legal holds, and what forgetting would take. Releasing and forgetting need a signed-in person."""

from __future__ import annotations

from typing import Any

from ..models.retention import (
    ErasurePreview,
    RetentionHoldList,
    RetentionHoldResponse,
    RetentionPreview,
    RetentionRunList,
)
from .base import IM, Calls, Payload, merged


class RetentionCalls(Calls):
    async def preview_retention(self) -> RetentionPreview:
        """What the job would remove now, what holds keep back, and which profile holds for what."""
        return await self._get(RetentionPreview, f"{IM}/retention/preview")

    async def list_retention_runs(self) -> RetentionRunList:
        """What the job removed and what was erased on request, newest first; at most 100."""
        return await self._get(RetentionRunList, f"{IM}/retention/runs")

    async def list_holds(self) -> RetentionHoldList:
        """Legal holds, those in force first."""
        return await self._get(RetentionHoldList, f"{IM}/retention/holds")

    async def place_hold(self, request: Payload | None = None, **fields: Any) -> RetentionHoldResponse:
        """From when it answers nothing that it covers is removed.

        ``scope`` (all, project, source, incident), the ids that it needs, and a ``reason``.
        """
        return await self._post(RetentionHoldResponse, f"{IM}/retention/holds", merged(request, **fields))

    async def preview_erasure(self, request: Payload | None = None, **fields: Any) -> ErasurePreview:
        """What erasing would take. ``kind`` (incident, project, source, person) and the id, or ``person``, that it needs."""
        return await self._post(ErasurePreview, f"{IM}/retention/erasures/preview", merged(request, **fields))
