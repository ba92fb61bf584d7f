"""Asking the router, without sending anything."""

from __future__ import annotations

from typing import Any

from ..models.preview import RouteLint, RoutePreview
from .base import IM, Calls, Payload, merged


class PreviewCalls(Calls):
    async def preview_route(self, request: Payload | None = None, **fields: Any) -> RoutePreview:
        """Where a draft, an incident or a hypothetical report would go, why, and whether a person must approve.

        ``draft_id``, ``incident_id``, ``report``, or single values such as ``risk_level``; as a mapping or as keywords.
        """
        return await self._post(RoutePreview, f"{IM}/route-preview", merged(request, **fields))

    async def lint_routes(self) -> RouteLint:
        """What the routing table does that its author hardly meant: routes never reached, sources that reach nothing."""
        return await self._get(RouteLint, f"{IM}/route-lint")
