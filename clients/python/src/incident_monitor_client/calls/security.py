"""Security assessment and governance. Nothing here changes anything outside; answers are redacted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..models.assessment import AssessmentList, AssessmentReport, KeptAssessment
from ..models.governance import (
    DeploymentCards,
    GovernanceMetrics,
    ReassessmentList,
    ReassessmentResponse,
    ScenarioPackList,
    ScenarioPackDeleted,
    ScenarioPackResponse,
    ScenarioPackRun,
    ScenarioRunList,
)
from ..models.security import (
    AssessmentProbes,
    PostureChecks,
    PostureDraft,
    ProbeRunList,
    ProbeRunResponse,
)
from .base import IM, Calls, Payload, ids_of, merged, path_of

SECURITY = f"{IM}/security"


class SecurityCalls(Calls):
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

    async def draft_posture_finding(self, fingerprint: str) -> PostureDraft:
        """Takes a finding in as a report; a second time it is counted on the same incident."""
        return await self._post(PostureDraft, f"{SECURITY}/posture-drafts", {"fingerprint": fingerprint})

    async def list_probe_runs(self, *, limit: int | None = None) -> ProbeRunList:
        """Runs of the probes that are kept, newest first."""
        return await self._get(ProbeRunList, f"{SECURITY}/assessment-probes", {"limit": limit})

    async def get_probe_run(self, probe_run_id: str) -> ProbeRunResponse:
        """One run with every result; its hash is computed again and compared."""
        path = path_of(SECURITY, "/assessment-probes/{probe_run_id}", probe_run_id=probe_run_id)
        return await self._get(ProbeRunResponse, path)

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
        """What the deployment can show of itself, by sections and as text, with its residual risk.

        Kept under its digest unless ``persist_artifact`` is False; nothing is sent.
        """
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

    async def list_assessment_reports(self, *, limit: int | None = None) -> AssessmentList:
        """Reports that are kept, newest first."""
        return await self._get(AssessmentList, f"{SECURITY}/assessment-reports", {"limit": limit})

    async def get_assessment_report(self, report_id: str) -> KeptAssessment:
        """One report as it was answered; its digest is computed again and compared."""
        path = path_of(SECURITY, "/assessment-reports/{report_id}", report_id=report_id)
        return await self._get(KeptAssessment, path)

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
        self,
        pack: Payload | None = None,
        *,
        pack_id: str | None = None,
        scenario_ids: Iterable[str] | None = None,
    ) -> ScenarioPackRun:
        """Plays a pack through the real intake, routing and approval, in a sandbox that leaves no trace.

        ``pack`` is sent along, ``pack_id`` names a stored one; without either it is the built-in one. ``scenario_ids``
        chooses among its scenarios. One run at a time.
        """
        body = merged(None, pack=pack, pack_id=pack_id, scenario_ids=ids_of("scenario_ids", scenario_ids))
        return await self._post(ScenarioPackRun, f"{SECURITY}/scenario-packs", body)

    async def put_scenario_pack(
        self, pack_id: str, pack: Payload, *, revision: int | None = None
    ) -> ScenarioPackResponse:
        """Stores a pack, or changes it over the ``revision`` that was read."""
        body = merged(None, pack=pack, revision=revision)
        return await self._send(ScenarioPackResponse, "PUT", _pack_path(pack_id), body)

    async def delete_scenario_pack(self, pack_id: str) -> ScenarioPackDeleted:
        """Deletes a stored pack; its runs stay as evidence."""
        return await self._send(ScenarioPackDeleted, "DELETE", _pack_path(pack_id))

    async def list_scenario_runs(self, *, limit: int | None = None) -> ScenarioRunList:
        """Runs of packs, the newest first, without their results."""
        return await self._get(ScenarioRunList, f"{SECURITY}/scenario-runs", {"limit": limit})

    async def get_scenario_run(self, run_id: str) -> ScenarioPackRun:
        """One run with what each scenario showed."""
        return await self._get(ScenarioPackRun, path_of(SECURITY, "/scenario-runs/{run_id}", run_id=run_id))

    async def get_governance_metrics(
        self,
        request: Payload | None = None,
        *,
        to_ms: int | None = None,
        window_ms: int | None = None,
        thresholds: Mapping[str, float] | None = None,
        trend_windows: int | None = None,
    ) -> GovernanceMetrics:
        """Rates of a window against their thresholds, and against the window before; ``trend_windows`` asks for earlier ones."""
        body = merged(
            request, to_ms=to_ms, window_ms=window_ms, thresholds=thresholds, trend_windows=trend_windows
        )
        return await self._post(GovernanceMetrics, f"{SECURITY}/governance-metrics", body)

    async def list_reassessments(self) -> ReassessmentList:
        """The newest assessments, and when the next is due."""
        return await self._get(ReassessmentList, f"{SECURITY}/reassessments")

    async def run_reassessment(self, *, scope_key: str | None = None) -> ReassessmentResponse:
        """Assesses now, and compares with the time before."""
        body = None if scope_key is None else {"scope_key": scope_key}
        return await self._post(ReassessmentResponse, f"{SECURITY}/reassessments", body)


def _pack_path(pack_id: str) -> str:
    return path_of(SECURITY, "/scenario-packs/{pack_id}", pack_id=pack_id)


def _joined(name: str, ids: Iterable[str] | None) -> str | None:
    return ",".join(ids_of(name, ids) or []) or None
