"""Runs of triage by their id, and what an external agent calls to work on one."""

from __future__ import annotations

from ..models.triage import (
    ClaimedTriageRun,
    SubmittedTriageArtifact,
    TriageHeartbeat,
    TriageRunChanged,
    TriageRunDetail,
)
from .base import IM, Calls, Payload, merged, path_of


class TriageRunCalls(Calls):
    async def get_triage_run(self, run_id: str) -> TriageRunDetail:
        """A run with everything it left and the edits of its draft. Raises NotFoundError."""
        return await self._get(TriageRunDetail, _path("", run_id))

    async def cancel_triage_run(self, run_id: str, reason: str | None = None) -> TriageRunChanged:
        """Ends a run at once, whoever is at it; what it found stays. Raises ConflictError once it has ended."""
        return await self._post(TriageRunChanged, _path("/cancel", run_id), {"reason": reason})

    async def take_back_triage_run(self, run_id: str) -> TriageRunChanged:
        """Takes a run from the external agent that has it, or that it waits for; a worker goes on.

        Raises ConflictError when no agent has it.
        """
        return await self._post(TriageRunChanged, _path("/take-back", run_id))

    async def claim_triage_run(self, run_id: str, *, lease_ms: int | None = None) -> ClaimedTriageRun:
        """Takes a run, also from a worker. Without heartbeats it goes back to the queue.

        ``lease_ms`` is 15 s to 10 min, two minutes unless told. The answer's ``claim_id`` goes into every further call.
        Raises ConflictError while another agent is at it.
        """
        return await self._post(ClaimedTriageRun, _path("/claim", run_id), {"lease_ms": lease_ms})

    async def heartbeat_triage_run(
        self, run_id: str, claim_id: str, *, lease_ms: int | None = None
    ) -> TriageHeartbeat:
        """The lease counts from now. Raises ConflictError when the claim was lost."""
        body = {"claim_id": claim_id, "lease_ms": lease_ms}
        return await self._post(TriageHeartbeat, _path("/heartbeat", run_id), body)

    async def submit_triage_artifact(
        self, run_id: str, claim_id: str, phase: str, artifact: Payload
    ) -> SubmittedTriageArtifact:
        """Hands in what was found in one phase: inspect, research, validate or propose. Again replaces it."""
        body = {"claim_id": claim_id, "phase": phase, "artifact": merged(artifact)}
        return await self._post(SubmittedTriageArtifact, _path("/artifacts", run_id), body)

    async def complete_triage_run(
        self, run_id: str, claim_id: str, *, outcome: str | None = None
    ) -> TriageRunChanged:
        """Has the run judged; an ``outcome`` of ``released`` gives it back to the queue instead."""
        body = {"claim_id": claim_id, "outcome": outcome}
        return await self._post(TriageRunChanged, _path("/complete", run_id), body)


def _path(rest: str, run_id: str) -> str:
    return path_of(IM, "/triage-runs/{run_id}", rest, run_id=run_id)
