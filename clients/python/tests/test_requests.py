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
    ("get_trends", lambda im: im.get_trends("7d"), f"GET {IM}/trends?window=7d", NO_BODY, "Trends"),
    ("get_test_receiver", lambda im: im.get_test_receiver(), f"GET {IM}/test-receiver", NO_BODY, "TestReceiverResponse"),
    ("set_up_test_receiver", lambda im: im.set_up_test_receiver(), f"POST {IM}/test-receiver/set-up", NO_BODY, "TestReceiverResponse"),
    ("remove_test_receiver", lambda im: im.remove_test_receiver(), f"DELETE {IM}/test-receiver/set-up", NO_BODY, "TestReceiverResponse"),
    ("send_test_report", lambda im: im.send_test_report("p"), f"POST {IM}/test-reports", {"project_id": "p"}, "TestReportAnswer"),
    ("delete_test_reports", lambda im: im.delete_test_reports(), f"DELETE {IM}/test-reports", NO_BODY, "TestReportsDeleted"),
    ("get_notifications", lambda im: im.get_notifications(), f"GET {IM}/notifications", NO_BODY, "Notifications"),
    ("put_notifications", lambda im: im.put_notifications({"enabled": True}, version=2), f"PUT {IM}/notifications", {"enabled": True, "version": 2}, "Notifications"),
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
    ("merge_incidents", lambda im: im.merge_incidents(ODD, ["a", "b"], "same"), f"POST {IM}/incidents/{QUOTED}/merge", {"incident_ids": ["a", "b"], "reason": "same"}, "IncidentResponse"),
    ("unmerge_incident", lambda im: im.unmerge_incident("i"), f"POST {IM}/incidents/i/unmerge", {}, "IncidentResponse"),
    ("list_merge_candidates", lambda im: im.list_merge_candidates("i"), f"GET {IM}/incidents/i/merge-candidates", NO_BODY, "MergeCandidates"),
    ("list_variations", lambda im: im.list_variations("i"), f"GET {IM}/incidents/i/variations", NO_BODY, "Variations"),
    ("split_incident", lambda im: im.split_incident("i", "release", "2.0"), f"POST {IM}/incidents/i/split", {"attribute": "release", "value": "2.0"}, "SplitResponse"),
    ("snooze_incident", lambda im: im.snooze_incident("i", further_count=9), f"POST {IM}/incidents/i/snooze", {"further_count": 9}, "IncidentResponse"),
    ("unsnooze_incident", lambda im: im.unsnooze_incident("i"), f"POST {IM}/incidents/i/unsnooze", {}, "IncidentResponse"),
    ("mute_incident", lambda im: im.mute_incident("i", 9, "known"), f"POST {IM}/incidents/i/mute", {"until_ms": 9, "reason": "known"}, "IncidentResponse"),
    ("unmute_incident", lambda im: im.unmute_incident("i"), f"POST {IM}/incidents/i/unmute", {}, "IncidentResponse"),
    ("resolve_incident", lambda im: im.resolve_incident("i", release="2.1"), f"POST {IM}/incidents/i/resolve", {"release": "2.1"}, "IncidentResponse"),
    ("reopen_incident", lambda im: im.reopen_incident("i"), f"POST {IM}/incidents/i/reopen", {}, "IncidentResponse"),
    ("list_grouping_rules", lambda im: im.list_grouping_rules(), f"GET {IM}/grouping-rules", NO_BODY, "GroupingRuleList"),
    ("preview_grouping", lambda im: im.preview_grouping(effect={"kind": "add"}), f"POST {IM}/grouping-rules/preview", {"effect": {"kind": "add"}}, "GroupingPreview"),
    ("apply_grouping", lambda im: im.apply_grouping(effect={"kind": "add"}), f"POST {IM}/grouping-rules", {"effect": {"kind": "add"}}, "GroupingRuleResponse"),
    ("undo_grouping", lambda im: im.undo_grouping("g"), f"POST {IM}/grouping-rules/g/undo", {}, "GroupingRuleResponse"),
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
    ("withdraw_approval", lambda im: im.withdraw_approval(ODD, "wrong"), f"POST {IM}/drafts/{QUOTED}/withdraw", {"reason": "wrong"}, "DenyResponse"),
    ("list_break_glass_reviews", lambda im: im.list_break_glass_reviews(state="open"), f"GET {IM}/break-glass-reviews?state=open", NO_BODY, "BreakGlassList"),
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
    ("undo_publish", lambda im: im.undo_publish(ODD, ["p"]), f"POST {IM}/drafts/{QUOTED}/undo-publish", {"post_ids": ["p"]}, "UndonePosts"),
    ("claim_draft", lambda im: im.claim_draft(ODD, take_over=True), f"POST {IM}/drafts/{QUOTED}/claim", {"take_over": True}, "DraftResponse"),
    ("release_draft", lambda im: im.release_draft(ODD), f"POST {IM}/drafts/{QUOTED}/release", {}, "DraftResponse"),
    ("review_drafts", lambda im: im.review_drafts("approve", ["d"]), f"POST {IM}/drafts/bulk-review", {"action": "approve", "draft_ids": ["d"]}, "BulkReview"),
    ("decide_drafts", lambda im: im.decide_drafts("approve", [{"draft_id": "d", "digest": "ab"}], grace_ms=5), f"POST {IM}/drafts/bulk-decide", {"decision": "approve", "items": [{"draft_id": "d", "digest": "ab"}], "grace_ms": 5}, "BulkOutcomes"),
    ("triage_drafts", lambda im: im.triage_drafts(["d"]), f"POST {IM}/drafts/bulk-triage", {"draft_ids": ["d"]}, "BulkOutcomes"),
    ("retry_drafts", lambda im: im.retry_drafts(["d"]), f"POST {IM}/drafts/bulk-retry", {"draft_ids": ["d"]}, "BulkOutcomes"),
    ("list_saved_views", lambda im: im.list_saved_views(), f"GET {IM}/saved-views", NO_BODY, "SavedViewList"),
    ("create_saved_view", lambda im: im.create_saved_view("Mine", {"sort": "risk"}, shared=True), f"POST {IM}/saved-views", {"name": "Mine", "query": {"sort": "risk"}, "shared": True}, "SavedViewResponse"),
    ("update_saved_view", lambda im: im.update_saved_view(ODD, default=True), f"PATCH {IM}/saved-views/{QUOTED}", {"default": True}, "SavedViewResponse"),
    ("delete_saved_view", lambda im: im.delete_saved_view(ODD), f"DELETE {IM}/saved-views/{QUOTED}", NO_BODY, "SavedViewDeleted"),
    ("recheck_match", lambda im: im.recheck_match(ODD), f"POST {IM}/drafts/{QUOTED}/recheck-match", {}, "PublishResponse"),
    ("delete_draft", lambda im: im.delete_draft(ODD), f"DELETE {IM}/drafts/{QUOTED}", NO_BODY, "DeletedResponse"),
    ("bulk_delete_drafts", lambda im: im.bulk_delete_drafts(all=True), f"POST {IM}/drafts/bulk-delete", {"all": True}, "DeletedResponse"),
    ("list_posts", lambda im: im.list_posts(3, "legacy-github"), f"GET {IM}/posts?limit=3&destination_id=legacy-github", NO_BODY, "PostList"),
    ("list_posts", lambda im: im.list_posts(draft_id="d", status="failed", q="x"), f"GET {IM}/posts?draft_id=d&status=failed&q=x", NO_BODY, "PostList"),
    ("get_portable_receipt", lambda im: im.get_portable_receipt(ODD), f"GET {IM}/posts/{QUOTED}/portable-receipt", NO_BODY, "PortableReceipt"),
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
    ("preview_issue_template", lambda im: im.preview_issue_template(project_id="shop", template="{{body}}"), f"POST {IM}/issue-template/preview", {"project_id": "shop", "template": "{{body}}"}, "IssueTemplatePreview"),
    ("backtest_routes", lambda im: im.backtest_routes(days=7, config={"routes": []}), f"POST {IM}/route-backtest?progress=false", {"days": 7, "config": {"routes": []}}, "BacktestResult"),
    ("list_shadow_decisions", lambda im: im.list_shadow_decisions(limit=5, route_id="r", since=1), f"GET {IM}/shadow-decisions?limit=5&route_id=r&since=1", NO_BODY, "ShadowDecisionList"),
    ("reset_totp", lambda im: im.reset_totp(ODD), f"POST {IM}/access/users/{QUOTED}/totp-reset", NO_BODY, "TotpReset"),
    ("list_mcp_servers", lambda im: im.list_mcp_servers(), f"GET {IM}/mcp-servers", NO_BODY, "McpServerList"),
    ("get_mcp_server", lambda im: im.get_mcp_server(ODD), f"GET {IM}/mcp-servers/{QUOTED}", NO_BODY, "McpServerResponse"),
    ("put_mcp_server", lambda im: im.put_mcp_server("t", url="https://m.example/mcp", allowed_tools=[]), f"PUT {IM}/mcp-servers/t", {"url": "https://m.example/mcp", "allowed_tools": []}, "McpServerResponse"),
    ("delete_mcp_server", lambda im: im.delete_mcp_server(ODD), f"DELETE {IM}/mcp-servers/{QUOTED}", NO_BODY, "McpServerDeleted"),
    ("inspect_mcp_server", lambda im: im.inspect_mcp_server("t"), f"POST {IM}/mcp-servers/t/inspect", NO_BODY, "McpServerResponse"),
    ("preview_rereading", lambda im: im.preview_rereading(), f"GET {IM}/redaction/preview", NO_BODY, "RereadingPreview"),
    ("list_redaction_runs", lambda im: im.list_redaction_runs(), f"GET {IM}/redaction/runs", NO_BODY, "RedactionRunList"),
    ("stop_rereading", lambda im: im.stop_rereading(ODD), f"POST {IM}/redaction/runs/{QUOTED}/stop", NO_BODY, "RedactionRunResponse"),
    ("start_rereading", lambda im: im.start_rereading(), f"POST {IM}/redaction/runs", NO_BODY, "RedactionRunResponse"),
    ("preview_retention", lambda im: im.preview_retention(), f"GET {IM}/retention/preview", NO_BODY, "RetentionPreview"),
    ("list_retention_runs", lambda im: im.list_retention_runs(), f"GET {IM}/retention/runs", NO_BODY, "RetentionRunList"),
    ("list_holds", lambda im: im.list_holds(), f"GET {IM}/retention/holds", NO_BODY, "RetentionHoldList"),
    ("place_hold", lambda im: im.place_hold(scope="all", reason="x"), f"POST {IM}/retention/holds", {"scope": "all", "reason": "x"}, "RetentionHoldResponse"),
    ("preview_erasure", lambda im: im.preview_erasure(kind="person", person="jane"), f"POST {IM}/retention/erasures/preview", {"kind": "person", "person": "jane"}, "ErasurePreview"),
    ("list_audit_entries", lambda im: im.list_audit_entries(limit=5, actor="user", action="a", outcome="done"), "GET /audit/ledger?limit=5&actor=user&action=a&outcome=done", NO_BODY, "AuditList"),
    ("get_audit_entry", lambda im: im.get_audit_entry("a/b"), "GET /audit/ledger/entries/a%2Fb", NO_BODY, "AuditEntryAnswer"),
    ("get_audit_ledger", lambda im: im.get_audit_ledger(), "GET /audit/ledger/state", NO_BODY, "AuditLedger"),
    ("get_audit_checkpoint", lambda im: im.get_audit_checkpoint(), "GET /audit/ledger/checkpoint", NO_BODY, "AuditCheckpointAnswer"),
    ("get_audit_consistency", lambda im: im.get_audit_consistency(5, 12), "GET /audit/ledger/consistency?from=5&to=12", NO_BODY, "AuditConsistency"),
    ("export_audit_ledger", lambda im: im.export_audit_ledger(format="cef", after=3), "GET /audit/ledger/export?format=cef&after=3", NO_BODY, "AuditList"),
    ("verify_audit_ledger", lambda im: im.verify_audit_ledger(10), "POST /audit/ledger/verify", {"entries": 10}, "AuditVerification"),
    ("put_audit_witness", lambda im: im.put_audit_witness(None, interval_minutes=60, version=1), "PUT /audit/ledger/witness", {"destination_id": None, "interval_minutes": 60, "version": 1}, "AuditWitnessAnswer"),
    ("list_silences", lambda im: im.list_silences(limit=5, state="active", project="p", q="x"), f"GET {IM}/silences?limit=5&state=active&project=p&q=x", NO_BODY, "SilenceList"),
    ("get_silence", lambda im: im.get_silence("a/b"), f"GET {IM}/silences/a%2Fb", NO_BODY, "SilenceResponse"),
    ("create_silence", lambda im: im.create_silence(matcher={"match_sources": ["ci"]}, reason="x", expires_at_ms=9), f"POST {IM}/silences", {"matcher": {"match_sources": ["ci"]}, "reason": "x", "expires_at_ms": 9}, "SilenceResponse"),
    ("update_silence", lambda im: im.update_silence("s", {"reason": "y"}, version=3), f"PATCH {IM}/silences/s", {"reason": "y", "version": 3}, "SilenceResponse"),
    ("expire_silence", lambda im: im.expire_silence("s"), f"POST {IM}/silences/s/expire", NO_BODY, "SilenceResponse"),
    ("list_silence_holds", lambda im: im.list_silence_holds("s", open=True), f"GET {IM}/silences/s/holds?open=true", NO_BODY, "SilenceHoldList"),
    ("list_roles", lambda im: im.list_roles(), f"GET {IM}/access/roles", NO_BODY, "RoleTable"),
    ("list_users", lambda im: im.list_users(limit=5, role="admin", disabled=False), f"GET {IM}/access/users?limit=5&role=admin&disabled=false", NO_BODY, "UserList"),
    ("get_user", lambda im: im.get_user(ODD), f"GET {IM}/access/users/{QUOTED}", NO_BODY, "UserResponse"),
    ("update_user", lambda im: im.update_user("u", {"role": None}, version=3), f"PATCH {IM}/access/users/u", {"role": None, "version": 3}, "UserResponse"),
    ("disable_user", lambda im: im.disable_user("u"), f"POST {IM}/access/users/u/disable", NO_BODY, "UserResponse"),
    ("enable_user", lambda im: im.enable_user("u"), f"POST {IM}/access/users/u/enable", NO_BODY, "UserResponse"),
    ("remove_user", lambda im: im.remove_user("u"), f"DELETE {IM}/access/users/u", NO_BODY, "UserRemoved"),
    ("list_user_sessions", lambda im: im.list_user_sessions("u"), f"GET {IM}/access/users/u/sessions", NO_BODY, "UserSessionList"),
    ("revoke_user_sessions", lambda im: im.revoke_user_sessions("u"), f"POST {IM}/access/users/u/sessions/revoke", NO_BODY, "SessionsRevoked"),
    ("revoke_session", lambda im: im.revoke_session(ODD), f"POST {IM}/access/sessions/{QUOTED}/revoke", NO_BODY, "SessionRevoked"),
    ("list_invitations", lambda im: im.list_invitations(q="ada"), f"GET {IM}/access/invitations?q=ada", NO_BODY, "InvitationList"),
    ("invite_user", lambda im: im.invite_user(email="a@b.test", project_roles={"shop": "viewer"}), f"POST {IM}/access/invitations", {"email": "a@b.test", "project_roles": {"shop": "viewer"}}, "MadeInvitation"),
    ("renew_invitation", lambda im: im.renew_invitation("i"), f"POST {IM}/access/invitations/i/renew", NO_BODY, "MadeInvitation"),
    ("revoke_invitation", lambda im: im.revoke_invitation(ODD), f"POST {IM}/access/invitations/{QUOTED}/revoke", NO_BODY, "InvitationResponse"),
    ("find_invitation", lambda im: im.find_invitation("t"), f"POST {IM}/access/invitations/find", {"token": "t"}, "FoundInvitation"),
    ("accept_invitation", lambda im: im.accept_invitation("t", "Ada", "p"), f"POST {IM}/access/invitations/accept", {"token": "t", "name": "Ada", "password": "p"}, "AcceptedInvitation"),
    ("make_password_reset", lambda im: im.make_password_reset(ODD), f"POST {IM}/access/users/{QUOTED}/password-reset", NO_BODY, "MadePasswordReset"),
    ("find_password_reset", lambda im: im.find_password_reset("t"), f"POST {IM}/access/password-resets/find", {"token": "t"}, "FoundPasswordReset"),
    ("use_password_reset", lambda im: im.use_password_reset("t", "p"), f"POST {IM}/access/password-resets/use", {"token": "t", "password": "p"}, "UsedPasswordReset"),
    ("list_tokens", lambda im: im.list_tokens(kind="agent"), f"GET {IM}/access/tokens?kind=agent", NO_BODY, "ApiTokenList"),
    ("create_token", lambda im: im.create_token(name="CI", kind="service", scopes=["read"]), f"POST {IM}/access/tokens", {"name": "CI", "kind": "service", "scopes": ["read"]}, "MadeApiToken"),
    ("rotate_token", lambda im: im.rotate_token("t", overlap_ms=0), f"POST {IM}/access/tokens/t/rotate", {"overlap_ms": 0}, "RotatedApiToken"),
    ("disable_token", lambda im: im.disable_token(ODD), f"POST {IM}/access/tokens/{QUOTED}/disable", NO_BODY, "ApiTokenResponse"),
    ("lint_routes", lambda im: im.lint_routes(), f"GET {IM}/route-lint", NO_BODY, "RouteLint"),
    ("get_authority_inventory", lambda im: im.get_authority_inventory(), f"GET {IM}/security/authority-inventory", NO_BODY, "AuthorityInventory"),
    ("get_authority_graph", lambda im: im.get_authority_graph(), f"GET {IM}/security/authority-graph", NO_BODY, "AuthorityGraph"),
    ("list_authority_subjects", lambda im: im.list_authority_subjects(), f"GET {IM}/security/authority-subjects", NO_BODY, "AuthorityRegistrations"),
    ("put_authority_subjects", lambda im: im.put_authority_subjects(runtime_id="engine", agents=[{"agent_id": "a"}]), f"PUT {IM}/security/authority-subjects", {"runtime_id": "engine", "agents": [{"agent_id": "a"}]}, "AuthorityRegistered"),
    ("put_authority_subjects", lambda im: im.put_authority_subjects({"runtime_id": "engine", "x": 1}), f"PUT {IM}/security/authority-subjects", {"runtime_id": "engine", "x": 1}, "AuthorityRegistered"),
    ("delete_authority_subjects", lambda im: im.delete_authority_subjects(ODD), f"DELETE {IM}/security/authority-subjects/{QUOTED}", NO_BODY, "AuthorityRegistrationRemoved"),
    ("get_posture_checks", lambda im: im.get_posture_checks(), f"GET {IM}/security/posture-checks", NO_BODY, "PostureChecks"),
    ("get_posture_checks", lambda im: im.get_posture_checks(mode="enabled", rules=["a", "b"], disabled_rules=[], min_severity="high"), f"GET {IM}/security/posture-checks?mode=enabled&rules=a%2Cb&min_severity=high", NO_BODY, "PostureChecks"),
    ("draft_posture_finding", lambda im: im.draft_posture_finding("sha256:a"), f"POST {IM}/security/posture-drafts", {"fingerprint": "sha256:a"}, "PostureDraft"),
    ("list_probe_runs", lambda im: im.list_probe_runs(limit=5), f"GET {IM}/security/assessment-probes?limit=5", NO_BODY, "ProbeRunList"),
    ("get_probe_run", lambda im: im.get_probe_run(ODD), f"GET {IM}/security/assessment-probes/{QUOTED}", NO_BODY, "ProbeRunResponse"),
    ("run_assessment_probes", lambda im: im.run_assessment_probes(probes=["a"], include_draft_suggestions=False), f"POST {IM}/security/assessment-probes", {"probes": ["a"], "include_draft_suggestions": False}, "AssessmentProbes"),
    ("generate_assessment_report", lambda im: im.generate_assessment_report(source_kind="tandem_monitor", route_destination_ids=["a"]), f"POST {IM}/security/assessment-report", {"source_kind": "tandem_monitor", "route_destination_ids": ["a"]}, "AssessmentReport"),
    ("generate_assessment_report", lambda im: im.generate_assessment_report({"source_kind": "ci", "x": 1}, persist_artifact=False), f"POST {IM}/security/assessment-report", {"source_kind": "ci", "x": 1, "persist_artifact": False}, "AssessmentReport"),
    ("list_assessment_reports", lambda im: im.list_assessment_reports(limit=5), f"GET {IM}/security/assessment-reports?limit=5", NO_BODY, "AssessmentList"),
    ("get_assessment_report", lambda im: im.get_assessment_report(ODD), f"GET {IM}/security/assessment-reports/{QUOTED}", NO_BODY, "KeptAssessment"),
    ("generate_deployment_cards", lambda im: im.generate_deployment_cards(defaults={"business_owner": "ops"}, metadata={"a": {"purpose": "x"}}), f"POST {IM}/security/deployment-cards", {"defaults": {"business_owner": "ops"}, "metadata": {"a": {"purpose": "x"}}}, "DeploymentCards"),
    ("list_deployment_cards", lambda im: im.list_deployment_cards(card_id="a:b", include_markdown=True), f"GET {IM}/security/deployment-cards?card_id=a%3Ab&include_markdown=true", NO_BODY, "DeploymentCards"),
    ("get_production_readiness", lambda im: im.get_production_readiness(), f"GET {IM}/security/production-readiness", NO_BODY, "ProductionReadiness"),
    ("get_card_metadata", lambda im: im.get_card_metadata(ODD), f"GET {IM}/security/deployment-cards/{QUOTED}/metadata", NO_BODY, "CardMetadataResponse"),
    ("put_card_metadata", lambda im: im.put_card_metadata(ODD, {"x": 1}, if_match='"2"', business_owner="Ada"), f"PUT {IM}/security/deployment-cards/{QUOTED}/metadata", {"x": 1, "business_owner": "Ada"}, "CardMetadataResponse"),
    ("review_card", lambda im: im.review_card(ODD), f"POST {IM}/security/deployment-cards/{QUOTED}/reviews", NO_BODY, "CardMetadataResponse"),
    ("delete_card_metadata", lambda im: im.delete_card_metadata(ODD, if_match='"2"'), f"DELETE {IM}/security/deployment-cards/{QUOTED}/metadata", NO_BODY, "CardMetadataResponse"),
    ("list_scenario_packs", lambda im: im.list_scenario_packs(), f"GET {IM}/security/scenario-packs", NO_BODY, "ScenarioPackList"),
    ("run_scenario_pack", lambda im: im.run_scenario_pack(pack_id="own"), f"POST {IM}/security/scenario-packs", {"pack_id": "own"}, "ScenarioPackRun"),
    ("put_scenario_pack", lambda im: im.put_scenario_pack(ODD, {"version": "1"}, revision=2), f"PUT {IM}/security/scenario-packs/{QUOTED}", {"pack": {"version": "1"}, "revision": 2}, "ScenarioPackResponse"),
    ("delete_scenario_pack", lambda im: im.delete_scenario_pack(ODD), f"DELETE {IM}/security/scenario-packs/{QUOTED}", NO_BODY, "ScenarioPackDeleted"),
    ("list_scenario_runs", lambda im: im.list_scenario_runs(limit=5), f"GET {IM}/security/scenario-runs?limit=5", NO_BODY, "ScenarioRunList"),
    ("get_scenario_run", lambda im: im.get_scenario_run(ODD), f"GET {IM}/security/scenario-runs/{QUOTED}", NO_BODY, "ScenarioPackRun"),
    ("run_scenario_pack", lambda im: im.run_scenario_pack(), f"POST {IM}/security/scenario-packs", {}, "ScenarioPackRun"),
    ("run_scenario_pack", lambda im: im.run_scenario_pack({"pack_id": "p"}, scenario_ids=["s"]), f"POST {IM}/security/scenario-packs", {"pack": {"pack_id": "p"}, "scenario_ids": ["s"]}, "ScenarioPackRun"),
    ("get_governance_metrics", lambda im: im.get_governance_metrics(window_ms=1), f"POST {IM}/security/governance-metrics", {"window_ms": 1}, "GovernanceMetrics"),
    ("list_reassessments", lambda im: im.list_reassessments(), f"GET {IM}/security/reassessments", NO_BODY, "ReassessmentList"),
    ("run_reassessment", lambda im: im.run_reassessment(), f"POST {IM}/security/reassessments", NO_BODY, "ReassessmentResponse"),
    ("run_reassessment", lambda im: im.run_reassessment(scope_key="acme/eu/deployment"), f"POST {IM}/security/reassessments", {"scope_key": "acme/eu/deployment"}, "ReassessmentResponse"),
]  # fmt: skip

ELSEWHERE = {
    "upsert_destination", "remove_destination", "upsert_route", "remove_route",  # test_config_changes
    "iterate_incidents", "iterate_drafts", "iterate_posts", "iterate_occurrences", "iterate_config_history",
    "iterate_silences", "iterate_users", "iterate_audit_entries",  # test_paging
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
                if name in ("find_invitation", "accept_invitation", "find_password_reset", "use_password_reset"):
                    self.assertNotIn("authorization", sent.headers)
                elif name != "report_with_key":
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
