"""Watched logs: how they stand, what was set aside, and reading them again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..models.log_source import (
    AllowedRoots,
    BackfillResponse,
    BrowsedFolder,
    EvidenceResponse,
    LogPreviewResponse,
    LogSourceHealthList,
    LogSourceHealthResponse,
    LogSourceReplayResponse,
    LogSourceResetResponse,
    QuarantineList,
    ReplayedQuarantine,
)
from .base import IM, Calls, Filter, Payload, ids_of, merged, path_of

LOGS = f"{IM}/log-sources"


class LogSourceCalls(Calls):
    async def list_log_source_health(self, **filters: Filter) -> LogSourceHealthList:
        """How every log source stands. Filters: ``project``, ``state`` (unreadable, silent, behind, ...)."""
        return await self._get(LogSourceHealthList, LOGS, filters)

    async def get_log_source_health(self, project_id: str, source_id: str) -> LogSourceHealthResponse:
        """How one log source stands. Raises NotFoundError."""
        return await self._get(LogSourceHealthResponse, _log_path(project_id, source_id))

    async def reset_log_source_offset(
        self, project_id: str, source_id: str, *, dry_run: bool = False
    ) -> LogSourceResetResponse:
        """Has a log read from its beginning again; lines that were counted are not counted again.

        With ``dry_run`` nothing changes, and ``plan`` says what would be read and found.
        """
        path = _log_path(project_id, source_id, "/reset-offset")
        return await self._post(LogSourceResetResponse, path, **_dry(dry_run))

    async def replay_latest_log_source_candidate(
        self, project_id: str, source_id: str, *, dry_run: bool = False
    ) -> LogSourceReplayResponse:
        """Counts the newest failure of a log once more; refused unless its bytes are where they were, unchanged."""
        path = _log_path(project_id, source_id, "/replay-latest")
        return await self._post(LogSourceReplayResponse, path, **_dry(dry_run))

    async def backfill_log_source(
        self,
        project_id: str,
        source_id: str,
        *,
        from_ms: int,
        to_ms: int,
        cursor: str | None = None,
        dry_run: bool = False,
    ) -> BackfillResponse:
        """Takes in the failures of a range of time from a log and its rotated files, each line once.

        One call reads so much and no more: call again with ``cursor=answer.next_cursor`` until there is none.
        """
        body = merged(None, from_ms=from_ms, to_ms=to_ms, cursor=cursor)
        return await self._post(BackfillResponse, _log_path(project_id, source_id, "/backfill"), body, **_dry(dry_run))

    async def list_quarantine(
        self, project_id: str, source_id: str, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> QuarantineList:
        """What was set aside, newest first; one page. Filters: ``reason``, ``replayed``, ``since``, ``until``."""
        return await self._list(QuarantineList, _log_path(project_id, source_id, "/quarantine"), limit, cursor, filters)

    async def replay_quarantine(
        self,
        project_id: str,
        source_id: str,
        ids: Iterable[str] | None = None,
        *,
        all: bool = False,
        dry_run: bool = False,
    ) -> ReplayedQuarantine:
        """Reads what was set aside again, by the source's rules as they are now: some by id, or ``all`` that wait."""
        body: dict[str, Any] = {"all": True} if all else {"ids": ids_of("ids", ids or [])}
        path = _log_path(project_id, source_id, "/quarantine/replay")
        return await self._post(ReplayedQuarantine, path, body, **_dry(dry_run))

    async def preview_log_source(self, request: Payload | None = None, **fields: Any) -> LogPreviewResponse:
        """The last lines of a log as its watcher would see them; nothing is saved.

        ``workspace_root`` and ``path`` are needed; ``format``, ``minimum_level``, ``reading``, ``lines``, and the ids
        of project and source, are not.
        """
        return await self._post(LogPreviewResponse, f"{LOGS}/preview", merged(request, **fields))

    async def browse_logs(self, root: str, path: str | None = None) -> BrowsedFolder:
        """What lies in a folder of an allowed root; ``path`` is relative to it."""
        return await self._get(BrowsedFolder, f"{LOGS}/browse", {"root": root, "path": path})

    async def list_allowed_roots(self) -> AllowedRoots:
        """The folders of the host under which workspace roots may lie."""
        return await self._get(AllowedRoots, f"{LOGS}/roots")

    async def get_evidence(self, reference: str) -> EvidenceResponse:
        """A piece of evidence by its ``tandem://`` reference, redacted as it was kept. Raises NotFoundError."""
        return await self._get(EvidenceResponse, f"{IM}/evidence", {"reference": reference})


def _log_path(project_id: str, source_id: str, call: str = "") -> str:
    return path_of(LOGS, "/{project_id}/{source_id}", call, project_id=project_id, source_id=source_id)


def _dry(dry_run: bool) -> dict[str, Any]:
    return {"query": {"dry_run": True}} if dry_run else {}
