"""Single rows of the configuration, and its history."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from ..models.config import ConfigResponse
from ..models.config_row import (
    ConfigDeleteResponse,
    ConfigHistory,
    ConfigRevision,
    ConfigRevisionResponse,
    ConfigRow,
    LogSourceList,
    ProjectList,
)
from .base import Calls, Filter, Payload, pages, path_of
from .config import CONFIG, guarded


class ConfigRowCalls(Calls):
    """Each row is read, written whole and taken out by its id.

    ``if_match`` is the ``etag`` of what was read: refused (ConflictError) if it is not that any more. ``only_new``
    refuses to replace. ``dry_run`` only checks, and answers what would be.
    """

    async def get_destination(self, destination_id: str) -> ConfigRow:
        """One destination."""
        return await self._get(ConfigRow, _row("destinations", destination_id))

    async def put_destination(
        self,
        destination_id: str,
        destination: Payload,
        *,
        if_match: str | None = None,
        only_new: bool = False,
        dry_run: bool = False,
    ) -> ConfigRow:
        """Adds or replaces one destination."""
        return await self._put(_row("destinations", destination_id), destination, guarded(if_match, dry_run, only_new))

    async def delete_destination(
        self, destination_id: str, *, if_match: str | None = None, dry_run: bool = False
    ) -> ConfigDeleteResponse:
        """Removes one destination, also from defaults and routes, as ``also_changed`` says.

        Refused (ConflictError) while a project or a log source is bound to it.
        """
        return await self._delete(_row("destinations", destination_id), guarded(if_match, dry_run))

    async def get_route(self, route_id: str) -> ConfigRow:
        """One route."""
        return await self._get(ConfigRow, _row("routes", route_id))

    async def put_route(
        self,
        route_id: str,
        route: Payload,
        *,
        if_match: str | None = None,
        only_new: bool = False,
        dry_run: bool = False,
    ) -> ConfigRow:
        """Adds or replaces one route."""
        return await self._put(_row("routes", route_id), route, guarded(if_match, dry_run, only_new))

    async def delete_route(
        self, route_id: str, *, if_match: str | None = None, dry_run: bool = False
    ) -> ConfigDeleteResponse:
        """Removes one route."""
        return await self._delete(_row("routes", route_id), guarded(if_match, dry_run))

    async def list_projects(self) -> ProjectList:
        """All monitored projects, each with its log sources."""
        return await self._get(ProjectList, f"{CONFIG}/projects")

    async def get_project(self, project_id: str) -> ConfigRow:
        """One monitored project with its log sources."""
        return await self._get(ConfigRow, _row("projects", project_id))

    async def put_project(
        self,
        project_id: str,
        project: Payload,
        *,
        if_match: str | None = None,
        only_new: bool = False,
        dry_run: bool = False,
    ) -> ConfigRow:
        """Adds or replaces one monitored project."""
        return await self._put(_row("projects", project_id), project, guarded(if_match, dry_run, only_new))

    async def delete_project(
        self, project_id: str, *, if_match: str | None = None, dry_run: bool = False
    ) -> ConfigDeleteResponse:
        """Removes one monitored project with its log sources."""
        return await self._delete(_row("projects", project_id), guarded(if_match, dry_run))

    async def list_log_sources(self, project_id: str) -> LogSourceList:
        """The log sources of one project."""
        return await self._get(LogSourceList, _row("projects", project_id) + "/log-sources")

    async def get_log_source(self, project_id: str, source_id: str) -> ConfigRow:
        """One log source of a project."""
        return await self._get(ConfigRow, _log_source(project_id, source_id))

    async def put_log_source(
        self,
        project_id: str,
        source_id: str,
        log_source: Payload,
        *,
        if_match: str | None = None,
        only_new: bool = False,
        dry_run: bool = False,
    ) -> ConfigRow:
        """Adds or replaces one log source of a project."""
        return await self._put(_log_source(project_id, source_id), log_source, guarded(if_match, dry_run, only_new))

    async def delete_log_source(
        self, project_id: str, source_id: str, *, if_match: str | None = None, dry_run: bool = False
    ) -> ConfigDeleteResponse:
        """Removes one log source of a project."""
        return await self._delete(_log_source(project_id, source_id), guarded(if_match, dry_run))

    async def get_config_history(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> ConfigHistory:
        """One page of who changed what, newest first. Filters: ``q``, ``since``, ``until``."""
        return await self._list(ConfigHistory, f"{CONFIG}/history", limit, cursor, filters)

    def iterate_config_history(
        self, *, page_size: int | None = None, **filters: Filter
    ) -> AsyncIterator[ConfigRevision]:
        """All revisions that match, page by page. ``filters`` as for the history."""

        async def read(cursor: str | None) -> tuple[list[ConfigRevision], str | None]:
            page = await self.get_config_history(page_size, cursor=cursor, **filters)
            return page.revisions, page.next_cursor

        return pages(read, f"{CONFIG}/history")

    async def get_config_revision(self, version: int | str) -> ConfigRevisionResponse:
        """One revision, with the configuration as it left it."""
        return await self._get(ConfigRevisionResponse, path_of(CONFIG, "/history/{version}", version=str(version)))

    async def restore_config(
        self,
        version: int | str,
        *,
        updated_at_ms: int | None = None,
        keys: list[str] | None = None,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> ConfigResponse:
        """Makes an earlier revision the configuration again, as a new one; with ``keys`` only these of it.

        ``updated_at_ms`` is what was read before, as in ``patch_config``.
        """
        path = path_of(CONFIG, "/history/{version}/restore", version=str(version))
        given = {"updated_at_ms": updated_at_ms, "keys": keys}
        body = {name: value for name, value in given.items() if value is not None}
        return await self._post(ConfigResponse, path, body or None, **guarded(if_match, dry_run))

    async def _put(self, path: str, row: Payload, options: dict[str, Any]) -> ConfigRow:
        return await self._send(ConfigRow, "PUT", path, row, **options)

    async def _delete(self, path: str, options: dict[str, Any]) -> ConfigDeleteResponse:
        return await self._send(ConfigDeleteResponse, "DELETE", path, **options)


def _row(rows: str, row_id: str) -> str:
    return path_of(CONFIG, f"/{rows}/{{id}}", id=row_id)


def _log_source(project_id: str, source_id: str) -> str:
    return _row("projects", project_id) + path_of("/log-sources/{id}", id=source_id)
