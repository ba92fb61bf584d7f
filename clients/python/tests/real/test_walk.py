"""Every method against the running server: its route exists, and its answer is read without loss."""

from __future__ import annotations

import inspect
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from incident_monitor_client import IncidentMonitor, IncidentMonitorError, Notifications, Record, ScenarioPackRun

from .server import RealServerCase

Call = Callable[[], Awaitable[Any]]

# What was delivered can be neither sent again nor settled, and there is no log on this host: the route is there and says so.
REFUSALS = {
    "reset_totp": (404, "INCIDENT_MONITOR_USER_NOT_FOUND"),
    "split_incident": (404, "INCIDENT_MONITOR_INCIDENT_NOT_FOUND"),
    "undo_grouping": (404, None),
    "retry_post": (409, None),
    "cancel_post": (409, None),
    "reconcile_post": (409, None),
    "resolve_post": (409, None),
    "heartbeat_triage_run": (409, "INCIDENT_MONITOR_TRIAGE_CLAIM_LOST"),
    "submit_triage_artifact": (409, "INCIDENT_MONITOR_TRIAGE_CLAIM_LOST"),
    "complete_triage_run": (409, "INCIDENT_MONITOR_TRIAGE_CLAIM_LOST"),
    "create_triage_summary": (400, "INCIDENT_MONITOR_TRIAGE_SUMMARY_ISSUE_DRAFT_FAILED"),
    "create_issue_draft": (400, "INCIDENT_MONITOR_ISSUE_DRAFT_FAILED"),
    "backfill_log_source": (400, "INCIDENT_MONITOR_LOG_SOURCE_BACKFILL_FAILED"),
    "preview_log_source": (404, "INCIDENT_MONITOR_LOG_FILE_NOT_FOUND"),
    "revoke_session": (404, "INCIDENT_MONITOR_SESSION_NOT_FOUND"),
    "find_invitation": (401, "INCIDENT_MONITOR_INVITATION_UNKNOWN"),
    "accept_invitation": (401, "INCIDENT_MONITOR_INVITATION_UNKNOWN"),
    "make_password_reset": (404, "INCIDENT_MONITOR_USER_NOT_FOUND"),
    "find_password_reset": (401, "INCIDENT_MONITOR_PASSWORD_RESET_UNKNOWN"),
    "use_password_reset": (401, "INCIDENT_MONITOR_PASSWORD_RESET_UNKNOWN"),
    "browse_logs": (400, "INCIDENT_MONITOR_LOG_ROOT_UNKNOWN"),
    "get_evidence": (404, "INCIDENT_MONITOR_EVIDENCE_NOT_FOUND"),
    "replay_latest_log_source_candidate": (404, "INCIDENT_MONITOR_LOG_SOURCE_REPLAY_NOT_FOUND"),
    "stop_rereading": (404, "INCIDENT_MONITOR_REDACTION_RUN_NOT_FOUND"),
}


async def all_of(rows: AsyncIterator[Record]) -> list[Record]:
    return [each async for each in rows]


class Walk(RealServerCase):
    async def with_revision(self, call: Callable[[int], Awaitable[Any]]) -> Any:
        return await call((await self.im.get_config_history(limit=1)).revisions[0].version)

    async def with_finding(self, call: Callable[[str], Awaitable[Any]]) -> Any:
        return await call((await self.im.get_posture_checks()).findings[0].fingerprint)

    async def with_report(self, call: Callable[[str], Awaitable[Any]]) -> Any:
        return await call((await self.im.list_assessment_reports(limit=1)).reports[0].report_id)

    async def with_probe_run(self, call: Callable[[str], Awaitable[Any]]) -> Any:
        return await call((await self.im.list_probe_runs(limit=1)).runs[0].probe_run_id)

    async def calls(self) -> dict[str, Call]:
        """Each method with records that exist. What changes comes after what reads; the deletes are last."""
        im = self.im
        destination_id = await self.add_destination()
        project_id = await self.add_project()
        key = await im.create_intake_key(project_id=project_id, name="walk")
        component = f"walk-{self.unique}"
        route = {"route_id": component, "name": "Walk", "match_components": [component], "priority": 1_000}
        await im.upsert_route({**route, "destination_ids": [destination_id]})
        first = await im.report(self.a_report(component=component))
        second, third = [await im.report(self.a_report(component=component, risk_level="high")) for _ in range(2)]
        assert first.draft and second.draft and third.draft and first.incident_id and second.incident_id
        draft_id, second_id, third_id = first.draft.draft_id, second.draft.draft_id, third.draft.draft_id
        published = await im.publish_draft_to_destinations(draft_id, [destination_id])
        assert published.post_id
        post_id = published.post_id
        # Kept for an agent, so that no worker of the server has it.
        run = (await im.create_triage_run(draft_id, executor="agent")).run
        assert run
        run_id = run["run_id"]
        a_silence = {
            "matcher": {"match_components": [f"silenced-{self.unique}"]},
            "reason": "A walk",
            "expires_at_ms": int(time.time() * 1_000) + 3_600_000,
        }
        audit_entry_id = (await im.list_audit_entries(limit=1)).entries[0].entry_id
        silence_id = (await im.create_silence(a_silence)).silence.silence_id
        invited = await im.invite_user(email=f"{self.unique}@walk.test", role="viewer")
        joined = await im.accept_invitation(str(invited.link).split("#")[1], "Walker", "a walk through every call")
        user_id = joined.user_id
        open_invitation = await im.invite_user(email=f"open-{self.unique}@walk.test", role="viewer")
        invitation_id = open_invitation.invitation.invitation_id
        api_token = (await im.create_token(name=f"walk-{self.unique}", kind="agent")).token.token_id
        view_id = (await im.create_saved_view(f"Walk {self.unique}", {"sort": "risk"})).view.view_id
        incident_id = first.incident_id or ""
        a_rule = {"project_id": project_id, "effect": {"kind": "ignore", "parts": ["component"]}}
        new = f"new-{self.unique}"
        a_card = f"monitored_source:{project_id}:project"
        new_destination = {"destination_id": new, "name": "New", "kind": "telemetry"}
        new_route = {"route_id": new, "name": "New", "match_sources": [new], "destination_ids": [destination_id]}
        new_project = {"project_id": new, "name": "New", "repo": "acme/new", "workspace_root": "/workspace/repos/new"}
        new_log = {"source_id": "log", "path": "new.log"}
        return {
            "get_status": im.get_status,
            "recompute_status": im.recompute_status,
            "debug": im.debug,
            "get_overview": im.get_overview,
            "get_trends": lambda: im.get_trends("30d"),
            "set_up_test_receiver": im.set_up_test_receiver,
            "send_test_report": lambda: im.send_test_report(project_id),
            "get_test_receiver": im.get_test_receiver,
            "delete_test_reports": im.delete_test_reports,
            "remove_test_receiver": im.remove_test_receiver,
            "get_notifications": im.get_notifications,
            "put_notifications": self.with_settings_as_they_are,
            "get_session": im.get_session,
            "get_config": im.get_config,
            "list_destinations": im.list_destinations,
            "list_routes": im.list_routes,
            "list_incidents": lambda: im.list_incidents(limit=5),
            "list_drafts": lambda: im.list_drafts(limit=5),
            "list_posts": lambda: im.list_posts(limit=5),
            "list_intake_keys": im.list_intake_keys,
            "iterate_incidents": lambda: all_of(im.iterate_incidents(page_size=1)),
            "iterate_drafts": lambda: all_of(im.iterate_drafts(page_size=1)),
            "iterate_posts": lambda: all_of(im.iterate_posts(page_size=1)),
            "get_incident": lambda: im.get_incident(first.incident_id or ""),
            "list_occurrences": lambda: im.list_occurrences(first.incident_id or "", bucket="day"),
            "iterate_occurrences": lambda: all_of(im.iterate_occurrences(first.incident_id or "", page_size=1)),
            "get_draft": lambda: im.get_draft(draft_id),
            "get_draft_review": lambda: im.get_draft_review(draft_id),
            "get_portable_receipt": lambda: im.get_portable_receipt(post_id),
            "get_post": lambda: im.get_post(post_id),
            "preview_route": lambda: im.preview_route(draft_id=draft_id),
            "preview_issue_template": lambda: im.preview_issue_template(project_id=project_id),
            "lint_routes": im.lint_routes,
            "backtest_routes": lambda: im.backtest_routes(days=1),
            "list_shadow_decisions": lambda: im.list_shadow_decisions(),
            "list_roles": im.list_roles,
            "list_users": lambda: im.list_users(q=self.unique),
            "iterate_users": lambda: all_of(im.iterate_users(page_size=1, q=self.unique)),
            "get_user": lambda: im.get_user(user_id),
            "update_user": lambda: im.update_user(user_id, role="triager"),
            "list_user_sessions": lambda: im.list_user_sessions(user_id),
            "revoke_user_sessions": lambda: im.revoke_user_sessions(user_id),
            "revoke_session": lambda: im.revoke_session("none"),
            "disable_user": lambda: im.disable_user(user_id),
            "enable_user": lambda: im.enable_user(user_id),
            "remove_user": lambda: im.remove_user(user_id),
            "list_invitations": lambda: im.list_invitations(q=self.unique),
            "invite_user": lambda: im.invite_user(email=f"new-{self.unique}@walk.test", role="viewer"),
            "renew_invitation": lambda: im.renew_invitation(invitation_id),
            "find_invitation": lambda: im.find_invitation("none"),
            "accept_invitation": lambda: im.accept_invitation("none", "Nobody", "no such link as this"),
            "revoke_invitation": lambda: im.revoke_invitation(invitation_id),
            "list_tokens": lambda: im.list_tokens(q=self.unique),
            "create_token": lambda: im.create_token(name=f"made-{self.unique}", kind="service", scopes=["read"]),
            "rotate_token": lambda: im.rotate_token(api_token, overlap_ms=60_000),
            "disable_token": lambda: im.disable_token(api_token),
            "start_rereading": im.start_rereading,
            "stop_rereading": lambda: im.stop_rereading("none"),
            "list_redaction_runs": im.list_redaction_runs,
            "preview_rereading": im.preview_rereading,
            "preview_retention": im.preview_retention,
            "list_retention_runs": im.list_retention_runs,
            "list_holds": im.list_holds,
            "preview_erasure": lambda: im.preview_erasure(kind="project", project_id="none"),
            "list_audit_entries": lambda: im.list_audit_entries(limit=3),
            "iterate_audit_entries": lambda: all_of(im.iterate_audit_entries(page_size=100, subject_kind="draft")),
            "get_audit_entry": lambda: im.get_audit_entry(audit_entry_id),
            "get_audit_ledger": im.get_audit_ledger,
            "get_audit_checkpoint": im.get_audit_checkpoint,
            "get_audit_consistency": lambda: im.get_audit_consistency(0),
            "export_audit_ledger": lambda: im.export_audit_ledger(outcome="failed"),
            "verify_audit_ledger": lambda: im.verify_audit_ledger(100),
            "put_audit_witness": lambda: im.put_audit_witness(None, interval_minutes=60, version=1),
            "list_silences": lambda: im.list_silences(),
            "iterate_silences": lambda: all_of(im.iterate_silences(page_size=2)),
            "create_silence": lambda: im.create_silence(a_silence),
            "get_silence": lambda: im.get_silence(silence_id),
            "update_silence": lambda: im.update_silence(silence_id, reason="Another"),
            "list_silence_holds": lambda: im.list_silence_holds(silence_id),
            "expire_silence": lambda: im.expire_silence(silence_id),
            "recheck_match": lambda: im.recheck_match(draft_id),
            "get_authority_inventory": im.get_authority_inventory,
            "get_authority_graph": im.get_authority_graph,
            "put_authority_subjects": lambda: im.put_authority_subjects(runtime_id=new, agents=[{"agent_id": "a"}]),
            "list_authority_subjects": im.list_authority_subjects,
            "delete_authority_subjects": lambda: im.delete_authority_subjects(new),
            "get_posture_checks": lambda: im.get_posture_checks(min_severity="high"),
            "draft_posture_finding": lambda: self.with_finding(im.draft_posture_finding),
            "list_probe_runs": lambda: im.list_probe_runs(limit=5),
            "run_assessment_probes": im.run_assessment_probes,
            "get_probe_run": lambda: self.with_probe_run(im.get_probe_run),
            "generate_assessment_report": im.generate_assessment_report,
            "list_assessment_reports": lambda: im.list_assessment_reports(limit=5),
            "get_assessment_report": lambda: self.with_report(im.get_assessment_report),
            "generate_deployment_cards": im.generate_deployment_cards,
            "get_production_readiness": im.get_production_readiness,
            "list_deployment_cards": lambda: im.list_deployment_cards(include_markdown=True),
            "put_card_metadata": lambda: im.put_card_metadata(a_card, business_owner="Ada", review_cadence_days=90),
            "get_card_metadata": lambda: im.get_card_metadata(a_card),
            "review_card": lambda: im.review_card(a_card),
            "delete_card_metadata": lambda: im.delete_card_metadata(a_card),
            "list_scenario_packs": im.list_scenario_packs,
            "run_scenario_pack": im.run_scenario_pack,
            "put_scenario_pack": lambda: im.put_scenario_pack(
                f"walk-{self.unique}", {"version": "1", "scenarios": [{"scenario_id": "one"}]}
            ),
            "delete_scenario_pack": lambda: im.delete_scenario_pack(f"walk-{self.unique}"),
            "list_scenario_runs": im.list_scenario_runs,
            "get_scenario_run": self.newest_scenario_run,
            "get_governance_metrics": im.get_governance_metrics,
            "list_reassessments": im.list_reassessments,
            "run_reassessment": im.run_reassessment,
            "test_redaction": lambda: im.test_redaction("token=abc"),
            "test_destination": lambda: im.test_destination(destination_id),
            "report": lambda: im.report(self.a_report(), idempotency_key=self.unique),
            "report_with_key": lambda: im.report_with_key(key.raw_key, project_id, self.a_report(), source_id="api"),
            "report_batch": lambda: im.report_batch([self.a_report(), {"title": 7}]),
            "send_events": lambda: im.send_events([{"type": "session.error", "properties": {"reason": self.unique}}]),
            "create_intake_key": lambda: im.create_intake_key(project_id=project_id, name="second"),
            "rotate_intake_key": lambda: im.rotate_intake_key(key.key.key_id),
            "disable_intake_key": lambda: im.disable_intake_key(key.key.key_id),
            "create_triage_run": lambda: im.create_triage_run(draft_id),
            "claim_triage_run": lambda: im.claim_triage_run(run_id),
            "heartbeat_triage_run": lambda: im.heartbeat_triage_run(run_id, "none"),
            "submit_triage_artifact": lambda: im.submit_triage_artifact(run_id, "none", "inspect", {"findings": []}),
            "complete_triage_run": lambda: im.complete_triage_run(run_id, "none"),
            "get_triage_run": lambda: im.get_triage_run(run_id),
            "take_back_triage_run": lambda: im.take_back_triage_run(run_id),
            "get_triage_review": lambda: im.get_triage_review(draft_id),
            "cancel_triage_run": lambda: im.cancel_triage_run(run_id),
            "create_triage_summary": lambda: im.create_triage_summary(draft_id, {"notes": "seen"}),
            "create_issue_draft": lambda: im.create_issue_draft(draft_id),
            "replay_incident": lambda: im.replay_incident(first.incident_id or ""),
            "list_merge_candidates": lambda: im.list_merge_candidates(incident_id),
            "list_variations": lambda: im.list_variations(incident_id),
            "snooze_incident": lambda: im.snooze_incident(incident_id, further_count=5),
            "unsnooze_incident": lambda: im.unsnooze_incident(incident_id),
            "mute_incident": lambda: im.mute_incident(incident_id, int(time.time() * 1_000) + 3_600_000),
            "unmute_incident": lambda: im.unmute_incident(incident_id),
            "resolve_incident": lambda: im.resolve_incident(incident_id),
            "reopen_incident": lambda: im.reopen_incident(incident_id),
            "merge_incidents": lambda: im.merge_incidents(incident_id, [second.incident_id or ""]),
            "unmerge_incident": lambda: im.unmerge_incident(second.incident_id or ""),
            "split_incident": lambda: im.split_incident("never-there", "release", "1"),
            "list_grouping_rules": im.list_grouping_rules,
            "preview_grouping": lambda: im.preview_grouping(a_rule),
            "apply_grouping": lambda: im.apply_grouping(a_rule),
            "undo_grouping": lambda: im.undo_grouping("never-there"),
            "publish_draft": lambda: im.publish_draft(draft_id),
            "publish_draft_to_destinations": lambda: im.publish_draft_to_destinations(draft_id, [destination_id]),
            "approve_draft": lambda: im.approve_draft(second_id),
            "list_break_glass_reviews": lambda: im.list_break_glass_reviews(),
            "withdraw_approval": lambda: im.withdraw_approval(second_id),
            "deny_draft": lambda: im.deny_draft(third_id),
            "list_log_source_health": lambda: im.list_log_source_health(project=project_id),
            "get_log_source_health": lambda: im.get_log_source_health(project_id, "api"),
            "backfill_log_source": lambda: im.backfill_log_source(project_id, "api", from_ms=1, to_ms=2, dry_run=True),
            "list_quarantine": lambda: im.list_quarantine(project_id, "api", replayed=False),
            "replay_quarantine": lambda: im.replay_quarantine(project_id, "api", all=True, dry_run=True),
            "preview_log_source": lambda: im.preview_log_source(workspace_root="/nowhere", path="a.log"),
            "browse_logs": lambda: im.browse_logs("/nowhere"),
            "list_allowed_roots": im.list_allowed_roots,
            "get_evidence": lambda: im.get_evidence("tandem://incident-monitor/shop/evidence/api/none.json"),
            "make_password_reset": lambda: im.make_password_reset("nobody"),
            "find_password_reset": lambda: im.find_password_reset("none"),
            "use_password_reset": lambda: im.use_password_reset("none", "no such link as this"),
            "reset_totp": lambda: im.reset_totp("nobody"),
            "put_mcp_server": lambda: im.put_mcp_server(new, url="https://mcp.invalid/mcp"),
            "list_mcp_servers": im.list_mcp_servers,
            "get_mcp_server": lambda: im.get_mcp_server(new),
            "inspect_mcp_server": lambda: im.inspect_mcp_server(new),
            "delete_mcp_server": lambda: im.delete_mcp_server(new),
            "reset_log_source_offset": lambda: im.reset_log_source_offset(project_id, "api"),
            "replay_latest_log_source_candidate": lambda: im.replay_latest_log_source_candidate(project_id, "api"),
            "patch_config": lambda: im.patch_config({"paused": False}),
            "pause": im.pause,
            "resume": im.resume,
            "upsert_destination": lambda: im.upsert_destination({**new_destination, "name": "Upserted"}),
            "upsert_route": lambda: im.upsert_route(new_route),
            "remove_route": lambda: im.remove_route(new),
            "remove_destination": lambda: im.remove_destination(new),
            "put_destination": lambda: im.put_destination(new, new_destination),
            "get_destination": lambda: im.get_destination(new),
            "put_route": lambda: im.put_route(new, new_route),
            "get_route": lambda: im.get_route(new),
            "put_project": lambda: im.put_project(new, new_project),
            "place_hold": lambda: im.place_hold(scope="project", project_id=new, reason="A walk"),
            "get_project": lambda: im.get_project(new),
            "put_log_source": lambda: im.put_log_source(new, "log", new_log),
            "list_projects": im.list_projects,
            "list_log_sources": lambda: im.list_log_sources(new),
            "get_log_source": lambda: im.get_log_source(new, "log"),
            "get_config_history": lambda: im.get_config_history(limit=3),
            "iterate_config_history": lambda: all_of(im.iterate_config_history(page_size=2)),
            "get_config_revision": lambda: self.with_revision(im.get_config_revision),
            "restore_config": lambda: self.with_revision(lambda version: im.restore_config(version, dry_run=True)),
            "delete_log_source": lambda: im.delete_log_source(new, "log"),
            "delete_project": lambda: im.delete_project(new),
            "delete_route": lambda: im.delete_route(new),
            "delete_destination": lambda: im.delete_destination(new),
            "get_destination_activity": lambda: im.get_destination_activity(destination_id, hours=24),
            "retry_post": lambda: im.retry_post(post_id),
            "retry_posts": lambda: im.retry_posts([post_id]),
            "cancel_post": lambda: im.cancel_post(post_id),
            "reconcile_post": lambda: im.reconcile_post(post_id),
            "resolve_post": lambda: im.resolve_post(post_id, "give_up", "a test"),
            "undo_publish": lambda: im.undo_publish(draft_id, [post_id]),
            "claim_draft": lambda: im.claim_draft(draft_id),
            "release_draft": lambda: im.release_draft(draft_id),
            "review_drafts": lambda: im.review_drafts("approve", [draft_id]),
            "decide_drafts": lambda: im.decide_drafts("deny", [{"draft_id": third_id}], "a test"),
            "triage_drafts": lambda: im.triage_drafts([draft_id]),
            "retry_drafts": lambda: im.retry_drafts([draft_id]),
            "list_saved_views": im.list_saved_views,
            "create_saved_view": lambda: im.create_saved_view(f"Other {self.unique}", {"state": "open"}),
            "update_saved_view": lambda: im.update_saved_view(view_id, shared=True),
            "delete_saved_view": lambda: im.delete_saved_view(view_id),
            "delete_post": lambda: im.delete_post(post_id),
            "delete_draft": lambda: im.delete_draft(second_id, "a test"),
            "delete_incident": lambda: im.delete_incident(second.incident_id or "", "a test"),
            "bulk_delete_posts": lambda: im.bulk_delete_posts(["never-there"]),
            "bulk_delete_drafts": lambda: im.bulk_delete_drafts(["never-there"]),
            "bulk_delete_incidents": lambda: im.bulk_delete_incidents(["never-there"]),
        }

    async def newest_scenario_run(self) -> ScenarioPackRun:
        return await self.im.get_scenario_run((await self.im.list_scenario_runs(limit=1)).runs[0].run_id or "")

    async def with_settings_as_they_are(self) -> Notifications:
        return await self.im.put_notifications((await self.im.get_notifications()).settings)

    async def test_no_method_lacks_its_route_and_no_answer_loses_anything(self) -> None:
        calls = await self.calls()
        methods = {name for name, _ in inspect.getmembers(IncidentMonitor, inspect.isfunction) if name[0] != "_"}
        self.assertEqual(set(calls), methods)
        answered = []
        for name, call in calls.items():
            with self.subTest(name):
                try:
                    answer = await call()
                except IncidentMonitorError as error:
                    # Any other refusal is a fault, a missing route too.
                    self.assertIn(name, REFUSALS, str(error))
                    status, code = REFUSALS[name]
                    self.assertEqual((error.status, code or error.code), (status, error.code), str(error))
                    continue
                answered.append(name)
                if isinstance(answer, Record):
                    self.assertIn(answer.to_dict(), [self.recorder.body, *self.recorder.body.values()])
        self.assertGreater(len(answered), 50)
        print(f"walk: {len(answered)} of {len(methods)} methods answered")
