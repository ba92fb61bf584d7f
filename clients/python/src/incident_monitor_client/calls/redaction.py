"""Redaction of what is stored already, when the rules find more than they did."""

from __future__ import annotations

from ..models.redaction import RedactionRunList, RedactionRunResponse, RereadingPreview
from .base import IM, Calls, path_of


class RedactionCalls(Calls):
    async def preview_rereading(self) -> RereadingPreview:
        """How much of what is stored today's rules would change, by a sample of each place. Changes nothing."""
        return await self._get(RereadingPreview, f"{IM}/redaction/preview")

    async def list_redaction_runs(self) -> RedactionRunList:
        """Walks over what is stored, newest first; at most 100."""
        return await self._get(RedactionRunList, f"{IM}/redaction/runs")

    async def start_rereading(self) -> RedactionRunResponse:
        """Has everything that is stored read again. A worker does it; ConflictError while another walk is not through."""
        return await self._post(RedactionRunResponse, f"{IM}/redaction/runs")

    async def stop_rereading(self, run_id: str) -> RedactionRunResponse:
        """Ends a walk with the page it is on; ConflictError when it has ended. Another begins when somebody starts it."""
        path = path_of(IM, "/redaction/runs/{run_id}/stop", run_id=run_id)
        return await self._post(RedactionRunResponse, path)
