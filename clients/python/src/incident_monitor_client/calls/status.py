"""Status, pause and resume, and who is calling."""

from __future__ import annotations

from ..models.config import PauseResponse
from ..models.status import DebugResponse, DestinationTest, Overview, RedactionTest, Session, StatusResponse
from .base import IM, Calls, path_of


class StatusCalls(Calls):
    async def get_status(self) -> StatusResponse:
        """What is ready, what is not and why. A pure read."""
        return await self._get(StatusResponse, f"{IM}/status")

    async def recompute_status(self) -> StatusResponse:
        """The same as ``get_status``: the server computes it afresh each time."""
        return await self._post(StatusResponse, f"{IM}/status/recompute")

    async def pause(self) -> PauseResponse:
        """Holds triage and delivery; reports are still taken in. Pausing twice is the same."""
        return await self._post(PauseResponse, f"{IM}/pause")

    async def resume(self) -> PauseResponse:
        """Lets what was held flow again."""
        return await self._post(PauseResponse, f"{IM}/resume")

    async def debug(self) -> DebugResponse:
        """Status, and the tools of the selected MCP server."""
        return await self._get(DebugResponse, f"{IM}/debug")

    async def get_overview(self) -> Overview:
        """Counts of the pipeline and what needs a person."""
        return await self._get(Overview, f"{IM}/overview")

    async def get_session(self) -> Session:
        """Who the token is and what it may do."""
        return await self._get(Session, f"{IM}/session")

    async def test_destination(self, destination_id: str) -> DestinationTest:
        """Sends a harmless event, marked as a test, under the rules of a delivery."""
        path = path_of(IM, "/destinations/{destination_id}/test", destination_id=destination_id)
        return await self._post(DestinationTest, path)

    async def test_redaction(self, text: str, profile: str | None = None) -> RedactionTest:
        """What the redactor would leave of a text; without a profile the deployment's default. Nothing is stored."""
        body = {"text": text} if profile is None else {"text": text, "profile": profile}
        return await self._post(RedactionTest, f"{IM}/redaction-test", body)
