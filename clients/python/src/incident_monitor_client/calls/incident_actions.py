"""Merging, splitting, quieting and grouping incidents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..models.grouping import (
    GroupingPreview,
    GroupingRuleList,
    GroupingRuleResponse,
    MergeCandidates,
    SplitResponse,
    Variations,
)
from ..models.incident import Incident, IncidentResponse
from .base import IM, Calls, Payload, merged, path_of


class IncidentActionCalls(Calls):
    async def merge_incidents(
        self, incident_id: str, incident_ids: Iterable[str], reason: str | None = None
    ) -> Incident:
        """Others into this one: their sightings count for it, later ones too. Raises ConflictError."""
        return await self._act("merge", incident_id, {"incident_ids": list(incident_ids), **_given(reason=reason)})

    async def unmerge_incident(self, incident_id: str) -> Incident:
        """Out of the one it is merged into, with what came by its own fingerprint."""
        return await self._act("unmerge", incident_id, {})

    async def list_merge_candidates(self, incident_id: str) -> MergeCandidates:
        """Incidents of the same scope that are like this one, part by part."""
        path = path_of(IM, "/incidents/{incident_id}/merge-candidates", incident_id=incident_id)
        return await self._get(MergeCandidates, path)

    async def list_variations(self, incident_id: str) -> Variations:
        """What differs among its newest sightings, to split it by."""
        return await self._get(Variations, path_of(IM, "/incidents/{incident_id}/variations", incident_id=incident_id))

    async def split_incident(
        self, incident_id: str, attribute: str, value: str, reason: str | None = None
    ) -> SplitResponse:
        """The sightings with one value into an incident of their own; ``undo_grouping`` of its rule is the reverse."""
        path = path_of(IM, "/incidents/{incident_id}/split", incident_id=incident_id)
        return await self._post(SplitResponse, path, {"attribute": attribute, "value": value, **_given(reason=reason)})

    async def snooze_incident(self, incident_id: str, **fields: Any) -> Incident:
        """Quiet until the first of ``until_ms``, ``further_count`` and ``next_release``. Optional: ``reason``."""
        return await self._act("snooze", incident_id, fields)

    async def unsnooze_incident(self, incident_id: str) -> Incident:
        """Ends a snooze now."""
        return await self._act("unsnooze", incident_id, {})

    async def mute_incident(self, incident_id: str, until_ms: int, reason: str | None = None) -> Incident:
        """Quiet until a time, whatever happens; at most a year."""
        return await self._act("mute", incident_id, {"until_ms": until_ms, **_given(reason=reason)})

    async def unmute_incident(self, incident_id: str) -> Incident:
        """Ends a mute now."""
        return await self._act("unmute", incident_id, {})

    async def resolve_incident(
        self, incident_id: str, release: str | None = None, reason: str | None = None
    ) -> Incident:
        """Done with: seen again, it is a regression."""
        return await self._act("resolve", incident_id, _given(release=release, reason=reason))

    async def reopen_incident(self, incident_id: str) -> Incident:
        """Takes back that it was resolved."""
        return await self._act("reopen", incident_id, {})

    async def list_grouping_rules(self) -> GroupingRuleList:
        """Rules and splits, newest first, undone ones too."""
        return await self._get(GroupingRuleList, f"{IM}/grouping-rules")

    async def preview_grouping(self, request: Payload | None = None, **fields: Any) -> GroupingPreview:
        """What a rule (``project_id``, ``match``, ``effect``) would merge or split. Writes nothing."""
        return await self._post(GroupingPreview, f"{IM}/grouping-rules/preview", merged(request, **fields))

    async def apply_grouping(self, request: Payload | None = None, **fields: Any) -> GroupingRuleResponse:
        """Groups by one more rule from now on. Raises ConflictError."""
        return await self._post(GroupingRuleResponse, f"{IM}/grouping-rules", merged(request, **fields))

    async def undo_grouping(self, rule_id: str) -> GroupingRuleResponse:
        """Takes a rule or a split back."""
        return await self._post(GroupingRuleResponse, path_of(IM, "/grouping-rules/{rule_id}/undo", rule_id=rule_id), {})

    async def _act(self, action: str, incident_id: str, body: dict[str, Any]) -> Incident:
        path = path_of(IM, "/incidents/{incident_id}/" + action, incident_id=incident_id)
        return (await self._post(IncidentResponse, path, body)).incident


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
