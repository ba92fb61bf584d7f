"""Incidents and their sightings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from ..models.incident import Incident, IncidentList, IncidentResponse, Occurrence, OccurrenceList
from ..models.triage import TriageRunResponse
from ..models.values import DeletedResponse
from .base import IM, Calls, Filter, Payload, bulk_of, merged, pages, path_of


class IncidentCalls(Calls):
    async def list_incidents(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> IncidentList:
        """One page, last changed first; 50 rows unless ``limit`` (1 to 200) says otherwise.

        ``cursor`` is a page's ``next_cursor``. Filters: ``q`` (text), ``status``, ``severity``, ``risk`` (this level or
        higher), ``project``, ``source``, ``destination``, ``fingerprint``, ``since``, ``until``, ``held``,
        ``attention`` (awake, snoozed, muted, resolved, regressed, merged).
        """
        return await self._list(IncidentList, f"{IM}/incidents", limit, cursor, filters)

    def iterate_incidents(self, *, page_size: int | None = None, **filters: Filter) -> AsyncIterator[Incident]:
        """All incidents that match, page by page. ``filters`` as for the list."""

        async def read(cursor: str | None) -> tuple[list[Incident], str | None]:
            page = await self.list_incidents(page_size, cursor=cursor, **filters)
            return page.incidents, page.next_cursor

        return pages(read, f"{IM}/incidents")

    async def get_incident(self, incident_id: str) -> Incident:
        """One incident. Raises NotFoundError."""
        wire = await self._get(IncidentResponse, path_of(IM, "/incidents/{incident_id}", incident_id=incident_id))
        return wire.incident

    async def list_occurrences(
        self,
        incident_id: str,
        *,
        bucket: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **filters: Filter,
    ) -> OccurrenceList:
        """One page of sightings, newest first, and counts of all per ``bucket``: minute, hour or day.

        Filters: ``source``, ``provenance``, ``since``, ``until``.
        """
        path = path_of(IM, "/incidents/{incident_id}/occurrences", incident_id=incident_id)
        return await self._list(OccurrenceList, path, limit, cursor, {"bucket": bucket, **filters})

    def iterate_occurrences(
        self, incident_id: str, *, page_size: int | None = None, **filters: Filter
    ) -> AsyncIterator[Occurrence]:
        """All sightings of an incident, page by page. ``filters`` as for the list."""

        async def read(cursor: str | None) -> tuple[list[Occurrence], str | None]:
            page = await self.list_occurrences(incident_id, limit=page_size, cursor=cursor, **filters)
            return page.occurrences, page.next_cursor

        return pages(read, f"{IM}/incidents/{{incident_id}}/occurrences")

    async def replay_incident(self, incident_id: str, payload: Payload | None = None) -> TriageRunResponse:
        """Makes sure that the incident's draft has a triage run, whatever its approval."""
        path = path_of(IM, "/incidents/{incident_id}/replay", incident_id=incident_id)
        return await self._post(TriageRunResponse, path, merged(payload))

    async def delete_incident(self, incident_id: str, reason: str | None = None) -> DeletedResponse:
        """Hides an incident; its digests and keys outlive it. Raises NotFoundError."""
        path = path_of(IM, "/incidents/{incident_id}", incident_id=incident_id)
        return await self._send(DeletedResponse, "DELETE", path, query={"reason": reason})

    async def bulk_delete_incidents(
        self, ids: Iterable[str] = (), *, all: bool = False, reason: str | None = None
    ) -> DeletedResponse:
        """Hides those named, or all; unknown ids are skipped."""
        return await self._post(DeletedResponse, f"{IM}/incidents/bulk-delete", bulk_of(ids, all, reason))
