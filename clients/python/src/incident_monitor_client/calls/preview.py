"""Asking the router, without sending anything."""

from __future__ import annotations

from typing import Any

from ..models.backtest import BacktestResult, ShadowDecisionList
from ..models.preview import RouteLint, RoutePreview
from ..models.triage import IssueTemplatePreview
from .base import IM, Calls, Filter, Payload, merged


class PreviewCalls(Calls):
    async def preview_route(self, request: Payload | None = None, **fields: Any) -> RoutePreview:
        """Where a draft, an incident or a hypothetical report would go, why, and whether a person must approve.

        ``draft_id``, ``incident_id``, ``report``, or single values such as ``risk_level``; as a mapping or as keywords.
        """
        return await self._post(RoutePreview, f"{IM}/route-preview", merged(request, **fields))

    async def lint_routes(self) -> RouteLint:
        """What the routing table does that its author hardly meant: routes never reached, sources that reach nothing."""
        return await self._get(RouteLint, f"{IM}/route-lint")

    async def preview_issue_template(self, request: Payload | None = None, **fields: Any) -> IssueTemplatePreview:
        """The issue that a draft would become with this template, made as triage makes it. Never writes.

        ``project_id``; ``template`` as Markdown, without it the one that is saved; ``draft_id``, without it a made-up failure.
        """
        return await self._post(IssueTemplatePreview, f"{IM}/issue-template/preview", merged(request, **fields))

    async def backtest_routes(self, request: Payload | None = None, **fields: Any) -> BacktestResult:
        """Where the incidents of the last ``days`` would have gone under a changed ``config``. Never writes.

        Or from ``since_ms`` until before ``until_ms``; ``limit`` incidents, ``examples`` rows that differ.
        """
        query = {"progress": "false"}
        return await self._post(BacktestResult, f"{IM}/route-backtest", merged(request, **fields), query=query)

    async def list_shadow_decisions(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> ShadowDecisionList:
        """What shadow routes would have sent, newest first, one page; and counts for each route.

        Filters: ``route_id``, ``project``, ``moment`` (drafted, published), ``since``, ``until``.
        """
        return await self._list(ShadowDecisionList, f"{IM}/shadow-decisions", limit, cursor, filters)
