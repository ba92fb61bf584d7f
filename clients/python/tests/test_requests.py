"""What every method sends: verb, path, query, headers, body. The table knows all methods."""

from __future__ import annotations

import inspect
import json
import unittest
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

from incident_monitor_client import DestinationConfig, IncidentMonitor, IncidentMonitorConfig, RouteConfig, TandemClient

from .support.fixtures import examples
from .support.loopback import LoopbackServer, reply

IM = "/incident-monitor"
CONFIG = "/config/incident-monitor"
ODD = "a/b c?d#e%ü"
QUOTED = "a%2Fb%20c%3Fd%23e%25%C3%BC"
NO_BODY = object()

Call = Callable[[IncidentMonitor], Awaitable[Any]]
"""Name of the method, what it is called with, the verb and target it sends, its body, the model its answer needs."""
Row = tuple[str, Call, str, Any, str]

ROWS: list[Row] = [
    ("get_status", lambda im: im.get_status(), f"GET {IM}/status", NO_BODY, "StatusResponse"),
    ("recompute_status", lambda im: im.recompute_status(), f"POST {IM}/status/recompute", NO_BODY, "StatusResponse"),
    ("pause", lambda im: im.pause(), f"POST {IM}/pause", NO_BODY, "PauseResponse"),
    ("resume", lambda im: im.resume(), f"POST {IM}/resume", NO_BODY, "PauseResponse"),
    ("debug", lambda im: im.debug(), f"GET {IM}/debug", NO_BODY, "DebugResponse"),
    ("get_overview", lambda im: im.get_overview(), f"GET {IM}/overview", NO_BODY, "Overview"),
    ("get_session", lambda im: im.get_session(), f"GET {IM}/session", NO_BODY, "Session"),
    ("test_destination", lambda im: im.test_destination(ODD), f"POST {IM}/destinations/{QUOTED}/test", NO_BODY, "DestinationTest"),
    ("test_redaction", lambda im: im.test_redaction("token=abc", "strict"), f"POST {IM}/redaction-test", {"text": "token=abc", "profile": "strict"}, "RedactionTest"),
    ("get_config", lambda im: im.get_config(), f"GET {CONFIG}", NO_BODY, "ConfigResponse"),
    ("patch_config", lambda im: im.patch_config({"paused": True, "repo": None}), f"PATCH {CONFIG}", {"paused": True, "repo": None}, "ConfigResponse"),
    ("patch_config", lambda im: im.patch_config({"incident_monitor": {"paused": True}}), f"PATCH {CONFIG}", {"incident_monitor": {"paused": True}}, "ConfigResponse"),
    ("patch_config", lambda im: im.patch_config(IncidentMonitorConfig(paused=True), dry_run=True), f"PATCH {CONFIG}?dry_run=true", {"incident_monitor": {"paused": True}}, "ConfigResponse"),
    ("list_destinations", lambda im: im.list_destinations(), f"GET {CONFIG}", NO_BODY, "ConfigResponse"),
    ("list_routes", lambda im: im.list_routes(), f"GET {CONFIG}", NO_BODY, "ConfigResponse"),
    ("get_destination", lambda im: im.get_destination(ODD), f"GET {CONFIG}/destinations/{QUOTED}", NO_BODY, "ConfigRow"),
    ("put_destination", lambda im: im.put_destination("a", DestinationConfig(destination_id="a", name="A", kind="telemetry")), f"PUT {CONFIG}/destinations/a", {"destination_id": "a", "name": "A", "kind": "telemetry"}, "ConfigRow"),
    ("delete_destination", lambda im: im.delete_destination(ODD), f"DELETE {CONFIG}/destinations/{QUOTED}", NO_BODY, "ConfigDeleteResponse"),
    ("get_route", lambda im: im.get_route(ODD), f"GET {CONFIG}/routes/{QUOTED}", NO_BODY, "ConfigRow"),
    ("put_route", lambda im: im.put_route("r", RouteConfig(route_id="r", name="R")), f"PUT {CONFIG}/routes/r", {"route_id": "r", "name": "R"}, "ConfigRow"),
    ("put_route", lambda im: im.put_route("r", {"name": "R"}, dry_run=True), f"PUT {CONFIG}/routes/r?dry_run=true", {"name": "R"}, "ConfigRow"),
    ("delete_route", lambda im: im.delete_route(ODD), f"DELETE {CONFIG}/routes/{QUOTED}", NO_BODY, "ConfigDeleteResponse"),
    ("get_project", lambda im: im.get_project(ODD), f"GET {CONFIG}/projects/{QUOTED}", NO_BODY, "ConfigRow"),
    ("put_project", lambda im: im.put_project("p", {"project_id": "p"}), f"PUT {CONFIG}/projects/p", {"project_id": "p"}, "ConfigRow"),
    ("delete_project", lambda im: im.delete_project(ODD), f"DELETE {CONFIG}/projects/{QUOTED}", NO_BODY, "ConfigDeleteResponse"),
    ("get_log_source", lambda im: im.get_log_source(ODD, "s"), f"GET {CONFIG}/projects/{QUOTED}/log-sources/s", NO_BODY, "ConfigRow"),
    ("put_log_source", lambda im: im.put_log_source("p", ODD, {"source_id": ODD}), f"PUT {CONFIG}/projects/p/log-sources/{QUOTED}", {"source_id": ODD}, "ConfigRow"),
    ("delete_log_source", lambda im: im.delete_log_source("p", ODD), f"DELETE {CONFIG}/projects/p/log-sources/{QUOTED}", NO_BODY, "ConfigDeleteResponse"),
    ("get_config_history", lambda im: im.get_config_history(), f"GET {CONFIG}/history", NO_BODY, "ConfigHistory"),
    ("get_config_history", lambda im: im.get_config_history(q="ada", until=datetime(2026, 1, 2, tzinfo=timezone.utc)), f"GET {CONFIG}/history?q=ada&until=2026-01-02T00%3A00%3A00%2B00%3A00", NO_BODY, "ConfigHistory"),
    ("get_config_revision", lambda im: im.get_config_revision(12), f"GET {CONFIG}/history/12", NO_BODY, "ConfigRevisionResponse"),
    ("list_projects", lambda im: im.list_projects(), f"GET {CONFIG}/projects", NO_BODY, "ProjectList"),
    ("list_log_sources", lambda im: im.list_log_sources(ODD), f"GET {CONFIG}/projects/{QUOTED}/log-sources", NO_BODY, "LogSourceList"),
    ("restore_config", lambda im: im.restore_config(12, keys=["routes"]), f"POST {CONFIG}/history/12/restore", {"keys": ["routes"]}, "ConfigResponse"),
    ("restore_config", lambda im: im.restore_config("12", updated_at_ms=7, dry_run=True), f"POST {CONFIG}/history/12/restore?dry_run=true", {"updated_at_ms": 7}, "ConfigResponse"),
    ("get_config_history", lambda im: im.get_config_history(5, cursor="c"), f"GET {CONFIG}/history?limit=5&cursor=c", NO_BODY, "ConfigHistory"),
    ("restore_config", lambda im: im.restore_config(12), f"POST {CONFIG}/history/12/restore", NO_BODY, "ConfigResponse"),
    ("report", lambda im: im.report({"title": "ü", "detail": None}), f"POST {IM}/report", {"title": "ü", "detail": None}, "ReportResponse"),
    ("report", lambda im: im.report({"report": {"title": "x"}}), f"POST {IM}/report", {"report": {"title": "x"}}, "ReportResponse"),
    ("report_with_key", lambda im: im.report_with_key("k", "p", {"title": "x"}), f"POST {IM}/intake/report", {"project_id": "p", "report": {"title": "x"}}, "IntakeResponse"),
    ("report_with_key", lambda im: im.report_with_key("k", "p", {"title": "x"}, source_id="s"), f"POST {IM}/intake/report", {"project_id": "p", "source_id": "s", "report": {"title": "x"}}, "IntakeResponse"),
    ("send_events", lambda im: im.send_events(iter([{"type": "session.error"}])), f"POST {IM}/intake/events", {"events": [{"type": "session.error"}]}, "RuntimeEventsResponse"),
    ("list_intake_keys", lambda im: im.list_intake_keys(), f"GET {IM}/intake/keys", NO_BODY, "IntakeKeyList"),
    ("list_intake_keys", lambda im: im.list_intake_keys(2, cursor="c", enabled=False, q=None), f"GET {IM}/intake/keys?limit=2&cursor=c&enabled=false", NO_BODY, "IntakeKeyList"),
    ("create_intake_key", lambda im: im.create_intake_key(project_id="p", name="CI", source_ids=["s"]), f"POST {IM}/intake/keys", {"project_id": "p", "name": "CI", "source_ids": ["s"]}, "CreateIntakeKeyResponse"),
    ("create_intake_key", lambda im: im.create_intake_key({"project_id": "p", "name": "CI"}), f"POST {IM}/intake/keys", {"project_id": "p", "name": "CI"}, "CreateIntakeKeyResponse"),
    ("rotate_intake_key", lambda im: im.rotate_intake_key(ODD), f"POST {IM}/intake/keys/{QUOTED}/rotate", NO_BODY, "RotateIntakeKeyResponse"),
    ("rotate_intake_key", lambda im: im.rotate_intake_key("k", overlap_ms=0, expires_at_ms=None), f"POST {IM}/intake/keys/k/rotate", {"overlap_ms": 0, "expires_at_ms": None}, "RotateIntakeKeyResponse"),
    ("disable_intake_key", lambda im: im.disable_intake_key(ODD), f"POST {IM}/intake/keys/{QUOTED}/disable", NO_BODY, "IntakeKeyResponse"),
    ("reset_log_source_offset", lambda im: im.reset_log_source_offset("p", ODD), f"POST {IM}/log-sources/p/{QUOTED}/reset-offset", NO_BODY, "LogSourceResetResponse"),
    ("replay_latest_log_source_candidate", lambda im: im.replay_latest_log_source_candidate(ODD, "s"), f"POST {IM}/log-sources/{QUOTED}/s/replay-latest", NO_BODY, "LogSourceReplayResponse"),
    ("reset_log_source_offset", lambda im: im.reset_log_source_offset("p", "s", dry_run=True), f"POST {IM}/log-sources/p/s/reset-offset?dry_run=true", NO_BODY, "LogSourceResetResponse"),
    ("list_log_source_health", lambda im: im.list_log_source_health(state="silent"), f"GET {IM}/log-sources?state=silent", NO_BODY, "LogSourceHealthList"),
    ("get_log_source_health", lambda im: im.get_log_source_health("p", ODD), f"GET {IM}/log-sources/p/{QUOTED}", NO_BODY, "LogSourceHealthResponse"),
    ("backfill_log_source", lambda im: im.backfill_log_source("p", "s", from_ms=1, to_ms=2, dry_run=True), f"POST {IM}/log-sources/p/s/backfill?dry_run=true", {"from_ms": 1, "to_ms": 2}, "BackfillResponse"),
    ("backfill_log_source", lambda im: im.backfill_log_source("p", "s", from_ms=1, to_ms=2, cursor="c"), f"POST {IM}/log-sources/p/s/backfill", {"from_ms": 1, "to_ms": 2, "cursor": "c"}, "BackfillResponse"),
    ("list_quarantine", lambda im: im.list_quarantine("p", "s", 5, replayed=False), f"GET {IM}/log-sources/p/s/quarantine?limit=5&replayed=false", NO_BODY, "QuarantineList"),
    ("replay_quarantine", lambda im: im.replay_quarantine("p", "s", ["q"]), f"POST {IM}/log-sources/p/s/quarantine/replay", {"ids": ["q"]}, "ReplayedQuarantine"),
    ("replay_quarantine", lambda im: im.replay_quarantine("p", "s", all=True, dry_run=True), f"POST {IM}/log-sources/p/s/quarantine/replay?dry_run=true", {"all": True}, "ReplayedQuarantine"),
    ("preview_log_source", lambda im: im.preview_log_source(workspace_root="/w", path="a.log"), f"POST {IM}/log-sources/preview", {"workspace_root": "/w", "path": "a.log"}, "LogPreviewResponse"),
    ("browse_logs", lambda im: im.browse_logs("/w", "a/b"), f"GET {IM}/log-sources/browse?root=%2Fw&path=a%2Fb", NO_BODY, "BrowsedFolder"),
    ("list_allowed_roots", lambda im: im.list_allowed_roots(), f"GET {IM}/log-sources/roots", NO_BODY, "AllowedRoots"),
    ("get_evidence", lambda im: im.get_evidence("tandem://x#offset=1-2"), f"GET {IM}/evidence?reference=tandem%3A%2F%2Fx%23offset%3D1-2", NO_BODY, "EvidenceResponse"),
    ("list_incidents", lambda im: im.list_incidents(), f"GET {IM}/incidents", NO_BODY, "IncidentList"),
    ("list_incidents", lambda im: im.list_incidents(limit=0, q="a&b", severity="high", project="p", status="held", cursor="c"), f"GET {IM}/incidents?limit=0&cursor=c&q=a%26b&severity=high&project=p&status=held", NO_BODY, "IncidentList"),
    ("get_incident", lambda im: im.get_incident(ODD), f"GET {IM}/incidents/{QUOTED}", NO_BODY, "IncidentResponse"),
    ("list_occurrences", lambda im: im.list_occurrences(ODD, bucket="day", limit=3, since=5), f"GET {IM}/incidents/{QUOTED}/occurrences?limit=3&bucket=day&since=5", NO_BODY, "OccurrenceList"),
    ("replay_incident", lambda im: im.replay_incident(ODD), f"POST {IM}/incidents/{QUOTED}/replay", {}, "TriageRunResponse"),
    ("delete_incident", lambda im: im.delete_incident(ODD), f"DELETE {IM}/incidents/{QUOTED}", NO_BODY, "DeletedResponse"),
    ("delete_incident", lambda im: im.delete_incident("i", "a test"), f"DELETE {IM}/incidents/i?reason=a+test", NO_BODY, "DeletedResponse"),
    ("bulk_delete_incidents", lambda im: im.bulk_delete_incidents(all=True, reason="a test"), f"POST {IM}/incidents/bulk-delete", {"all": True, "reason": "a test"}, "DeletedResponse"),
    ("bulk_delete_incidents", lambda im: im.bulk_delete_incidents(["a", "b"]), f"POST {IM}/incidents/bulk-delete", {"ids": ["a", "b"]}, "DeletedResponse"),
    ("list_drafts", lambda im: im.list_drafts(20), f"GET {IM}/drafts?limit=20", NO_BODY, "DraftList"),
    ("list_drafts", lambda im: im.list_drafts(state="held", severity="low", project="p", destination="d", incident="i"), f"GET {IM}/drafts?state=held&severity=low&project=p&destination=d&incident=i", NO_BODY, "DraftList"),
    ("get_draft", lambda im: im.get_draft(ODD), f"GET {IM}/drafts/{QUOTED}", NO_BODY, "DraftResponse"),
    ("get_draft_review", lambda im: im.get_draft_review(ODD), f"GET {IM}/drafts/{QUOTED}/review", NO_BODY, "DraftReview"),
    ("approve_draft", lambda im: im.approve_draft(ODD), f"POST {IM}/drafts/{QUOTED}/approve", {"reason": ""}, "ApproveResponse"),
    ("approve_draft", lambda im: im.approve_draft("d", "seen", destination_ids=("a",), digest="x", expires_in_ms=60_000), f"POST {IM}/drafts/d/approve", {"reason": "seen", "destination_ids": ["a"], "digest": "x", "expires_in_ms": 60_000}, "ApproveResponse"),
    ("deny_draft", lambda im: im.deny_draft(ODD), f"POST {IM}/drafts/{QUOTED}/deny", {"reason": ""}, "DenyResponse"),
    ("create_triage_run", lambda im: im.create_triage_run(ODD), f"POST {IM}/drafts/{QUOTED}/triage-run", NO_BODY, "TriageRunResponse"),
    ("create_triage_run", lambda im: im.create_triage_run(ODD, executor="agent"), f"POST {IM}/drafts/{QUOTED}/triage-run", {"executor": "agent"}, "TriageRunResponse"),
    ("get_triage_review", lambda im: im.get_triage_review(ODD), f"GET {IM}/drafts/{QUOTED}/triage", NO_BODY, "TriageReview"),
    ("take_back_triage_run", lambda im: im.take_back_triage_run(ODD), f"POST {IM}/triage-runs/{QUOTED}/take-back", NO_BODY, "TriageRunChanged"),
    ("get_triage_run", lambda im: im.get_triage_run(ODD), f"GET {IM}/triage-runs/{QUOTED}", NO_BODY, "TriageRunDetail"),
    ("cancel_triage_run", lambda im: im.cancel_triage_run(ODD, "known"), f"POST {IM}/triage-runs/{QUOTED}/cancel", {"reason": "known"}, "TriageRunChanged"),
    ("claim_triage_run", lambda im: im.claim_triage_run(ODD, lease_ms=60000), f"POST {IM}/triage-runs/{QUOTED}/claim", {"lease_ms": 60000}, "ClaimedTriageRun"),
    ("heartbeat_triage_run", lambda im: im.heartbeat_triage_run(ODD, "c"), f"POST {IM}/triage-runs/{QUOTED}/heartbeat", {"claim_id": "c", "lease_ms": None}, "TriageHeartbeat"),
    ("submit_triage_artifact", lambda im: im.submit_triage_artifact(ODD, "c", "inspect", {"findings": []}), f"POST {IM}/triage-runs/{QUOTED}/artifacts", {"claim_id": "c", "phase": "inspect", "artifact": {"findings": []}}, "SubmittedTriageArtifact"),
    ("complete_triage_run", lambda im: im.complete_triage_run(ODD, "c", outcome="released"), f"POST {IM}/triage-runs/{QUOTED}/complete", {"claim_id": "c", "outcome": "released"}, "TriageRunChanged"),
    ("create_triage_summary", lambda im: im.create_triage_summary(ODD, {"notes": "n"}), f"POST {IM}/drafts/{QUOTED}/triage-summary", {"notes": "n"}, "TriageSummaryResponse"),
    ("create_issue_draft", lambda im: im.create_issue_draft(ODD), f"POST {IM}/drafts/{QUOTED}/issue-draft", {}, "IssueDraftResponse"),
    ("publish_draft", lambda im: im.publish_draft(ODD), f"POST {IM}/drafts/{QUOTED}/publish", {}, "PublishResponse"),
    ("publish_draft", lambda im: im.publish_draft("d", {"destination_id": "a"}), f"POST {IM}/drafts/d/publish", {"destination_id": "a"}, "PublishResponse"),
    ("publish_draft_to_destinations", lambda im: im.publish_draft_to_destinations("d", ["a", "b"], {"reason": "r", "destination_ids": ["z"]}), f"POST {IM}/drafts/d/publish", {"reason": "r", "destination_ids": ["a", "b"]}, "PublishResponse"),
    ("recheck_match", lambda im: im.recheck_match(ODD), f"POST {IM}/drafts/{QUOTED}/recheck-match", {}, "PublishResponse"),
    ("delete_draft", lambda im: im.delete_draft(ODD), f"DELETE {IM}/drafts/{QUOTED}", NO_BODY, "DeletedResponse"),
    ("bulk_delete_drafts", lambda im: im.bulk_delete_drafts(all=True), f"POST {IM}/drafts/bulk-delete", {"all": True}, "DeletedResponse"),
    ("list_posts", lambda im: im.list_posts(3, "legacy-github"), f"GET {IM}/posts?limit=3&destination_id=legacy-github", NO_BODY, "PostList"),
    ("list_posts", lambda im: im.list_posts(draft_id="d", status="failed", q="x"), f"GET {IM}/posts?draft_id=d&status=failed&q=x", NO_BODY, "PostList"),
    ("get_post", lambda im: im.get_post(ODD), f"GET {IM}/posts/{QUOTED}", NO_BODY, "PostDetail"),
    (
        "get_destination_activity",
        lambda im: im.get_destination_activity(ODD, hours=1),
        f"GET {IM}/destinations/{QUOTED}/activity?hours=1",
        NO_BODY,
        "DestinationActivity",
    ),
    ("retry_post", lambda im: im.retry_post(ODD), f"POST {IM}/posts/{QUOTED}/retry", {}, "RetriedPost"),
    ("retry_posts", lambda im: im.retry_posts(["a"]), f"POST {IM}/posts/bulk-retry", {"ids": ["a"]}, "RetriedPosts"),
    ("cancel_post", lambda im: im.cancel_post(ODD), f"POST {IM}/posts/{QUOTED}/cancel", {}, "PostAction"),
    ("reconcile_post", lambda im: im.reconcile_post(ODD), f"POST {IM}/posts/{QUOTED}/reconcile", {}, "ReconciledPost"),
    (
        "resolve_post",
        lambda im: im.resolve_post(ODD, "give_up", "why"),
        f"POST {IM}/posts/{QUOTED}/resolve",
        {"resolution": "give_up", "reason": "why"},
        "PostAction",
    ),
    ("delete_post", lambda im: im.delete_post(ODD), f"DELETE {IM}/posts/{QUOTED}", NO_BODY, "DeletedResponse"),
    ("bulk_delete_posts", lambda im: im.bulk_delete_posts(), f"POST {IM}/posts/bulk-delete", {"ids": []}, "DeletedResponse"),
    ("preview_route", lambda im: im.preview_route(), f"POST {IM}/route-preview", {}, "RoutePreview"),
    ("preview_route", lambda im: im.preview_route({"draft_id": "d"}, risk_level="high"), f"POST {IM}/route-preview", {"draft_id": "d", "risk_level": "high"}, "RoutePreview"),
    ("backtest_routes", lambda im: im.backtest_routes(days=7, config={"routes": []}), f"POST {IM}/route-backtest?progress=false", {"days": 7, "config": {"routes": []}}, "BacktestResult"),
    ("list_shadow_decisions", lambda im: im.list_shadow_decisions(limit=5, route_id="r", since=1), f"GET {IM}/shadow-decisions?limit=5&route_id=r&since=1", NO_BODY, "ShadowDecisionList"),
    ("list_mcp_servers", lambda im: im.list_mcp_servers(), f"GET {IM}/mcp-servers", NO_BODY, "McpServerList"),
    ("get_mcp_server", lambda im: im.get_mcp_server(ODD), f"GET {IM}/mcp-servers/{QUOTED}", NO_BODY, "McpServerResponse"),
    ("put_mcp_server", lambda im: im.put_mcp_server("t", url="https://m.example/mcp", allowed_tools=[]), f"PUT {IM}/mcp-servers/t", {"url": "https://m.example/mcp", "allowed_tools": []}, "McpServerResponse"),
    ("delete_mcp_server", lambda im: im.delete_mcp_server(ODD), f"DELETE {IM}/mcp-servers/{QUOTED}", NO_BODY, "McpServerDeleted"),
    ("inspect_mcp_server", lambda im: im.inspect_mcp_server("t"), f"POST {IM}/mcp-servers/t/inspect", NO_BODY, "McpServerResponse"),
    ("list_silences", lambda im: im.list_silences(limit=5, state="active", project="p", q="x"), f"GET {IM}/silences?limit=5&state=active&project=p&q=x", NO_BODY, "SilenceList"),
    ("get_silence", lambda im: im.get_silence("a/b"), f"GET {IM}/silences/a%2Fb", NO_BODY, "SilenceResponse"),
    ("create_silence", lambda im: im.create_silence(matcher={"match_sources": ["ci"]}, reason="x", expires_at_ms=9), f"POST {IM}/silences", {"matcher": {"match_sources": ["ci"]}, "reason": "x", "expires_at_ms": 9}, "SilenceResponse"),
    ("update_silence", lambda im: im.update_silence("s", {"reason": "y"}, version=3), f"PATCH {IM}/silences/s", {"reason": "y", "version": 3}, "SilenceResponse"),
    ("expire_silence", lambda im: im.expire_silence("s"), f"POST {IM}/silences/s/expire", NO_BODY, "SilenceResponse"),
    ("list_silence_holds", lambda im: im.list_silence_holds("s", open=True), f"GET {IM}/silences/s/holds?open=true", NO_BODY, "SilenceHoldList"),
    ("lint_routes", lambda im: im.lint_routes(), f"GET {IM}/route-lint", NO_BODY, "RouteLint"),
    ("get_authority_inventory", lambda im: im.get_authority_inventory(), f"GET {IM}/security/authority-inventory", NO_BODY, "AuthorityInventory"),
    ("get_posture_checks", lambda im: im.get_posture_checks(), f"GET {IM}/security/posture-checks", NO_BODY, "PostureChecks"),
    ("get_posture_checks", lambda im: im.get_posture_checks(mode="enabled", rules=["a", "b"], disabled_rules=[], min_severity="high"), f"GET {IM}/security/posture-checks?mode=enabled&rules=a%2Cb&min_severity=high", NO_BODY, "PostureChecks"),
    ("run_assessment_probes", lambda im: im.run_assessment_probes(probes=["a"], include_draft_suggestions=False), f"POST {IM}/security/assessment-probes", {"probes": ["a"], "include_draft_suggestions": False}, "AssessmentProbes"),
    ("generate_assessment_report", lambda im: im.generate_assessment_report(source_kind="tandem_monitor", route_destination_ids=["a"]), f"POST {IM}/security/assessment-report", {"source_kind": "tandem_monitor", "route_destination_ids": ["a"]}, "AssessmentReport"),
    ("generate_assessment_report", lambda im: im.generate_assessment_report({"source_kind": "ci", "x": 1}, persist_artifact=False), f"POST {IM}/security/assessment-report", {"source_kind": "ci", "x": 1, "persist_artifact": False}, "AssessmentReport"),
    ("generate_deployment_cards", lambda im: im.generate_deployment_cards(defaults={"business_owner": "ops"}, metadata={"a": {"purpose": "x"}}), f"POST {IM}/security/deployment-cards", {"defaults": {"business_owner": "ops"}, "metadata": {"a": {"purpose": "x"}}}, "DeploymentCards"),
    ("list_scenario_packs", lambda im: im.list_scenario_packs(), f"GET {IM}/security/scenario-packs", NO_BODY, "ScenarioPackList"),
    ("run_scenario_pack", lambda im: im.run_scenario_pack(), f"POST {IM}/security/scenario-packs", {}, "ScenarioPackRun"),
    ("run_scenario_pack", lambda im: im.run_scenario_pack({"pack_id": "p"}, scenario_ids=["s"]), f"POST {IM}/security/scenario-packs", {"pack": {"pack_id": "p"}, "scenario_ids": ["s"]}, "ScenarioPackRun"),
    ("get_governance_metrics", lambda im: im.get_governance_metrics(window_ms=1), f"POST {IM}/security/governance-metrics", {"window_ms": 1}, "GovernanceMetrics"),
    ("list_reassessments", lambda im: im.list_reassessments(), f"GET {IM}/security/reassessments", NO_BODY, "ReassessmentList"),
    ("run_reassessment", lambda im: im.run_reassessment(), f"POST {IM}/security/reassessments", NO_BODY, "ReassessmentResponse"),
]  # fmt: skip

ELSEWHERE = {
    "upsert_destination", "remove_destination", "upsert_route", "remove_route",  # test_config_changes
    "iterate_incidents", "iterate_drafts", "iterate_posts", "iterate_occurrences", "iterate_config_history",
    "iterate_silences",  # test_paging
    "report_batch",  # below
}  # fmt: skip


class Requests(unittest.IsolatedAsyncioTestCase):
    def test_the_table_knows_every_method(self) -> None:
        methods = {name for name, _ in inspect.getmembers(IncidentMonitor, inspect.isfunction) if name[0] != "_"}
        self.assertEqual({row[0] for row in ROWS} | ELSEWHERE, methods)

    async def test_each_method_sends_what_the_contract_says(self) -> None:
        known = examples()
        for name, call, line, body, answer in ROWS:
            with self.subTest(line, method=name):
                async with LoopbackServer(reply(200, known[answer])) as server:
                    async with TandemClient(f"{server.url}/", "the-token") as client:
                        await call(client.incident_monitor)
                    sent = server.last
                self.assertEqual(f"{sent.method} {sent.target}", line)
                if body is NO_BODY:
                    self.assertEqual(sent.body, b"")
                else:
                    self.assertEqual(json.loads(sent.body), body)
                    self.assertEqual(sent.headers["content-type"], "application/json")
                if name != "report_with_key":
                    self.assertEqual(sent.headers["authorization"], "Bearer the-token")
                    self.assertNotIn("x-tandem-incident-monitor-intake-key", sent.headers)

    async def test_a_scoped_key_travels_alone(self) -> None:
        known = examples()
        answers = {"report_with_key": "IntakeResponse", "report_batch": "BatchResponse"}
        for name, answer in answers.items():
            async with LoopbackServer(reply(200, known[answer])) as server:
                async with TandemClient(server.url, "the-token") as client:
                    if name == "report_batch":
                        await client.incident_monitor.report_batch([{"title": "x"}], intake_key=" tim_intake_1 ", project_id="p")
                    else:
                        await client.incident_monitor.report_with_key("tim_intake_1", "p", {"title": "x"})
                with self.subTest(name):
                    self.assertEqual(server.last.headers["x-tandem-incident-monitor-intake-key"], "tim_intake_1")
                    self.assertNotIn("authorization", server.last.headers)

    async def test_a_batch_is_one_line_a_report(self) -> None:
        reports = [{"title": "one\ntwo"}, {"report": {"title": "ü"}, "source_id": "api"}]
        async with LoopbackServer(reply(200, examples()["BatchResponse"])) as server:
            async with TandemClient(server.url, "the-token") as client:
                answer = await client.incident_monitor.report_batch(iter(reports), project_id="p", source_id="s")
            self.assertEqual(f"{server.last.method} {server.last.target}", f"POST {IM}/intake/reports?project_id=p&source_id=s")
            self.assertEqual(server.last.headers["content-type"], "application/x-ndjson")
            self.assertEqual([json.loads(line) for line in server.last.body.split(b"\n")], reports)
        self.assertEqual([(each.status, each.field) for each in answer.results], [(200, None), (422, "title")])

    async def test_no_token_sends_no_credential(self) -> None:
        async with LoopbackServer(reply(200, {"ready": True})) as server, TandemClient(server.url) as client:
            self.assertTrue((await client.health()).ready)
            self.assertEqual(f"{server.last.method} {server.last.target}", "GET /global/health")
            self.assertNotIn("authorization", server.last.headers)

    async def test_an_etag_comes_with_the_answer_and_goes_with_the_change(self) -> None:
        known = examples()
        body = {**known["ConfigResponse"], **known["ConfigRow"], **known["ConfigDeleteResponse"]}
        answer = reply(200, body, {"etag": '"7"'})
        async with LoopbackServer(answer) as server, TandemClient(server.url) as client:
            im = client.incident_monitor
            read, row = await im.get_config(), await im.get_destination("d")
            self.assertEqual((read.etag, row.etag), ('"7"', '"7"'))
            self.assertNotIn("etag", read.to_dict())
            changes = [
                im.patch_config({"paused": True}, if_match=read.etag),
                im.put_destination("d", {"destination_id": "d"}, if_match=row.etag),
                im.delete_destination("d", if_match=row.etag),
                im.restore_config(3, if_match=row.etag),
            ]
            for change in changes:
                await change
                self.assertEqual(server.last.headers["if-match"], '"7"')
                self.assertNotIn("if-none-match", server.last.headers)
            await im.put_destination("d", {"destination_id": "d"}, only_new=True)
            self.assertEqual(server.last.headers["if-none-match"], "*")
            self.assertNotIn("if-match", server.last.headers)

    async def test_an_id_that_would_name_another_path_is_refused(self) -> None:
        async with LoopbackServer(reply(200, {})) as server, TandemClient(server.url) as client:
            for bad in ("", "  ", ".", "..", None, 7):
                with self.subTest(id=bad), self.assertRaises(ValueError):
                    await client.incident_monitor.get_draft(bad)  # type: ignore[arg-type]
            self.assertEqual(server.received, [])

    async def test_what_is_not_an_object_or_a_list_of_ids_is_refused(self) -> None:
        async with LoopbackServer(reply(200, {})) as server, TandemClient(server.url) as client:
            im = client.incident_monitor
            for call in (
                im.report("it broke"),  # type: ignore[arg-type]
                im.publish_draft_to_destinations("d", "ops-webhook"),
                im.bulk_delete_drafts("d"),
                im.get_posture_checks(rules="a"),
            ):
                with self.assertRaises(TypeError):
                    await call
            with self.assertRaises(ValueError):
                await im.list_incidents(since=datetime(2026, 1, 2))
            self.assertEqual(server.received, [])
