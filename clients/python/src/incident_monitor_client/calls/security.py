"""Security assessment and governance. Nothing here changes anything outside; answers are redacted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..models.governance import (
    DeploymentCards,
    GovernanceMetrics,
    ReassessmentList,
    ReassessmentResponse,
    ScenarioPackList,
    ScenarioPackRun,
)
from ..models.security import AssessmentProbes, AssessmentReport, AuthorityInventory, PostureChecks
from .base import IM, Calls, Payload, ids_of, merged

SECURITY = f"{IM}/security"


class SecurityCalls(Calls):
    async def get_authority_inventory(self) -> AuthorityInventory:
        """What this deployment knows that can act, be acted on, or decide."""
        return await self._get(AuthorityInventory, f"{SECURITY}/authority-inventory")

    async def get_posture_checks(
        self,
        *,
        mode: str | None = None,
        rules: Iterable[str] | None = None,
        disabled_rules: Iterable[str] | None = None,
        min_severity: str | None = None,
    ) -> PostureChecks:
        """The rules of safe set-up, and what does not follow them."""
        query = {
            "mode": mode or None,
            "rules": _joined("rules", rules),
            "disabled_rules": _joined("disabled_rules", disabled_rules),
            "min_severity": min_severity or None,
        }
        return await self._get(PostureChecks, f"{SECURITY}/posture-checks", query)

    async def run_assessment_probes(
        self,
        request: Payload | None = None,
        *,
        mode: str | None = None,
        probes: Iterable[str] | None = None,
        include_draft_suggestions: bool | None = None,
    ) -> AssessmentProbes:
        """Tries the guards, dry, and says which held."""
        body = merged(
            request,
            mode=mode,
            probes=ids_of("probes", probes),
            include_draft_suggestions=include_draft_suggestions,
        )
        return await self._post(AssessmentProbes, f"{SECURITY}/assessment-probes", body)

    async def generate_assessment_report(
        self,
        request: Payload | None = None,
        *,
        from_ms: int | None = None,
        to_ms: int | None = None,
        source_kind: str | None = None,
        min_severity: str | None = None,
        probes: Iterable[str] | None = None,
        include_probe_results: bool | None = None,
        include_draft_suggestions: bool | None = None,
        persist_artifact: bool | None = None,
        route_destination_ids: Iterable[str] | None = None,
        include_raw_payloads: bool | None = None,
    ) -> AssessmentReport:
        """Everything the assessment knows about a time, by sections and as text."""
        body = merged(
            request,
            from_ms=from_ms,
            to_ms=to_ms,
            source_kind=source_kind,
            min_severity=min_severity,
            probes=ids_of("probes", probes),
            include_probe_results=include_probe_results,
            include_draft_suggestions=include_draft_suggestions,
            persist_artifact=persist_artifact,
            route_destination_ids=ids_of("route_destination_ids", route_destination_ids),
            include_raw_payloads=include_raw_payloads,
        )
        return await self._post(AssessmentReport, f"{SECURITY}/assessment-report", body)

    async def generate_deployment_cards(
        self,
        request: Payload | None = None,
        *,
        defaults: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        include_markdown: bool | None = None,
        include_raw_inventory: bool | None = None,
    ) -> DeploymentCards:
        """One card for each deployed thing: its purpose, its authority, who answers for it.

        ``metadata`` by card or target id; ``defaults`` for what it leaves out.
        """
        body = merged(
            request,
            defaults=defaults,
            metadata=metadata,
            include_markdown=include_markdown,
            include_raw_inventory=include_raw_inventory,
        )
        return await self._post(DeploymentCards, f"{SECURITY}/deployment-cards", body)

    async def list_scenario_packs(self) -> ScenarioPackList:
        """The adversarial scenarios there are."""
        return await self._get(ScenarioPackList, f"{SECURITY}/scenario-packs")

    async def run_scenario_pack(
        self, pack: Payload | None = None, *, scenario_ids: Iterable[str] | None = None
    ) -> ScenarioPackRun:
        """Runs a pack, dry; the built-in one unless given. ``scenario_ids`` chooses among its scenarios."""
        body = merged(None, pack=pack, scenario_ids=ids_of("scenario_ids", scenario_ids))
        return await self._post(ScenarioPackRun, f"{SECURITY}/scenario-packs", body)

    async def get_governance_metrics(
        self,
        request: Payload | None = None,
        *,
        to_ms: int | None = None,
        window_ms: int | None = None,
        thresholds: Mapping[str, float] | None = None,
    ) -> GovernanceMetrics:
        """Rates of a window against their thresholds, and against the window before."""
        body = merged(request, to_ms=to_ms, window_ms=window_ms, thresholds=thresholds)
        return await self._post(GovernanceMetrics, f"{SECURITY}/governance-metrics", body)

    async def list_reassessments(self) -> ReassessmentList:
        """The newest assessments, and when the next is due."""
        return await self._get(ReassessmentList, f"{SECURITY}/reassessments")

    async def run_reassessment(self) -> ReassessmentResponse:
        """Assesses now, and compares with the time before."""
        return await self._post(ReassessmentResponse, f"{SECURITY}/reassessments")


def _joined(name: str, ids: Iterable[str] | None) -> str | None:
    return ",".join(ids_of(name, ids) or []) or None
