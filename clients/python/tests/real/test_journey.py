"""What a script does with a running server, from a report to its receipt."""

from __future__ import annotations

import asyncio
import time

from incident_monitor_client import (
    AuthenticationError,
    ConflictError,
    IncidentMonitorError,
    NotFoundError,
    TandemClient,
)

from .server import URL, RealServerCase


class Journey(RealServerCase):
    async def test_from_a_report_to_its_receipt(self) -> None:
        destination_id = await self.add_destination()
        reported = await self.im.report(self.a_report(risk_level="high"))
        assert reported.draft
        draft_id = reported.draft.draft_id
        self.assertEqual(reported.draft.status, "approval_required")

        stopped = await self.im.publish_draft_to_destinations(draft_id, [destination_id])
        self.assertEqual((stopped.action, stopped.post), ("approval_required", None))
        self.assertTrue(stopped.reasons)

        review = await self.im.get_draft_review(draft_id)
        assert review.approval and review.digest
        self.assertIs(review.approval.required, True)
        ids = [destination_id]
        approved = await self.im.approve_draft(draft_id, "seen", destination_ids=ids)
        self.assertEqual((approved.ok, approved.action, approved.post), (True, "approved", None))
        with self.assertRaises(ConflictError) as caught:
            await self.im.approve_draft(draft_id)
        self.assertEqual(caught.exception.code, "INCIDENT_MONITOR_DRAFT_NOT_PENDING_APPROVAL")

        published = await self.im.publish_draft_to_destinations(draft_id, ids)
        assert published.post
        self.assertEqual((published.action, published.post.status), ("record_telemetry", "posted"))
        again = await self.im.publish_draft_to_destinations(draft_id, ids)
        self.assertEqual((again.action, again.post_id), ("skip_duplicate", published.post_id))

        posts = await self.im.list_posts(destination_id=destination_id)
        self.assertEqual([each.post_id for each in posts.posts], [published.post_id])
        detail = await self.im.get_post(published.post.post_id)
        assert detail.approval
        self.assertEqual(detail.approval.reason, "seen")
        self.assertEqual([each.outcome for each in detail.attempts], ["published"])

    async def test_a_denied_draft_stays_closed(self) -> None:
        reported = await self.im.report(self.a_report(risk_level="critical"))
        assert reported.draft
        denied = await self.im.deny_draft(reported.draft.draft_id, "not ours")
        assert denied.draft
        self.assertEqual(denied.draft.status, "denied")
        with self.assertRaises(IncidentMonitorError) as caught:
            await self.im.publish_draft(reported.draft.draft_id)
        self.assertEqual(caught.exception.code, "INCIDENT_MONITOR_DRAFT_PUBLISH_FAILED")

    async def test_a_keyed_report_is_counted_once_however_often_it_is_sent(self) -> None:
        report = self.a_report()
        answers = await asyncio.gather(*(self.im.report(report, idempotency_key=self.unique) for _ in range(5)))
        assert answers[0].incident_id
        self.assertEqual({each.incident_id for each in answers}, {answers[0].incident_id})
        self.assertEqual((await self.im.get_incident(answers[0].incident_id)).occurrence_count, 1)
        with self.assertRaises(ConflictError) as caught:
            await self.im.report(self.a_report(), idempotency_key=self.unique)
        self.assertEqual(caught.exception.code, "INCIDENT_MONITOR_IDEMPOTENCY_KEY_REUSED")

    async def test_a_scoped_key_reports_for_its_project_and_nothing_else(self) -> None:
        project_id = await self.add_project()
        made = await self.im.create_intake_key(project_id=project_id, name="CI")
        self.assertEqual((made.key.key_hash, made.key.project_id), ("[redacted]", project_id))
        async with TandemClient(base_url=URL) as reporter:
            im = reporter.incident_monitor
            answer = await im.report_with_key(made.raw_key, project_id, self.a_report(), source_id="api")
            assert answer.draft and answer.incident
            self.assertEqual((answer.draft.project_id, answer.incident.log_source_id), (project_id, "api"))
            lines = [self.a_report(), {"report": self.a_report(), "source_id": "nobody"}]
            batch = await im.report_batch(lines, intake_key=made.raw_key, project_id=project_id, source_id="api")
            self.assertEqual((batch.accepted, batch.rejected), (1, 1))
            self.assertEqual(batch.results[1].code, "INCIDENT_MONITOR_INTAKE_SOURCE_UNKNOWN")
            with self.assertRaises(AuthenticationError) as caught:
                await im.report_with_key(made.raw_key, "another", self.a_report(), source_id="api")
            self.assertEqual(caught.exception.code, "INCIDENT_MONITOR_INTAKE_KEY_INVALID")
        async with TandemClient(base_url=URL, token=made.raw_key) as nobody:
            with self.assertRaises(AuthenticationError) as caught:
                await nobody.incident_monitor.list_drafts()
            self.assertEqual(caught.exception.code, "AUTH_REQUIRED")
        disabled = await self.im.disable_intake_key(made.key.key_id)
        self.assertFalse(disabled.key.enabled)
        # Every process hears of it, or forgets what it knew within seconds: the refusal has to come, not at once.
        deadline = time.monotonic() + 10
        with self.assertRaises(AuthenticationError):
            while time.monotonic() < deadline:
                await self.im.report_with_key(made.raw_key, project_id, self.a_report(), source_id="api")

    async def test_a_batch_is_answered_item_by_item(self) -> None:
        batch = await self.im.report_batch([self.a_report(), {"title": 7}, {"report": self.a_report()}])
        self.assertEqual((batch.accepted, batch.rejected), (2, 1))
        self.assertEqual([each.status for each in batch.results], [200, 422, 200])
        self.assertEqual(batch.results[1].field, "title")

    async def test_pages_hold_every_row_once(self) -> None:
        project_id = await self.add_project()
        made = await self.im.create_intake_key(project_id=project_id, name="pages")
        reports = [self.a_report() for _ in range(7)]
        await self.im.report_batch(reports, intake_key=made.raw_key, project_id=project_id, source_id="api")
        seen = [each.incident_id async for each in self.im.iterate_incidents(page_size=3, project=project_id)]
        self.assertEqual((len(seen), len(set(seen))), (7, 7))
        drafts = [each.draft_id async for each in self.im.iterate_drafts(page_size=2, project=project_id)]
        self.assertEqual((len(drafts), len(set(drafts))), (7, 7))

    async def test_errors_say_what_the_server_said(self) -> None:
        with self.assertRaises(NotFoundError) as missing:
            await self.im.get_draft("never/there ?")
        self.assertEqual(missing.exception.code, "INCIDENT_MONITOR_DRAFT_NOT_FOUND")
        self.assertTrue(missing.exception.request_id)
        with self.assertRaises(IncidentMonitorError) as wrong:
            await self.im.report({"title": ["not", "text"]})
        self.assertEqual((wrong.exception.status, wrong.exception.field), (422, "title"))
        async with TandemClient(base_url=URL, token="wrong") as nobody:
            self.assertTrue((await nobody.health()).ready)
            with self.assertRaises(AuthenticationError):
                await nobody.incident_monitor.get_status()

    async def test_a_blocked_report_says_which_questions_it_left_open(self) -> None:
        with self.assertRaises(IncidentMonitorError) as caught:
            await self.im.report({"title": "noise", "detail": "x", "source": "s", "event": "run.progress", "level": "error"})
        self.assertEqual(caught.exception.code, "INCIDENT_MONITOR_REPORT_INVALID")
        self.assertEqual(caught.exception.body["incident"]["status"], "quality_gate_blocked")
        self.assertIn("not_routine_noise", caught.exception.body["quality_gate"]["missing"])


class Configuration(RealServerCase):
    async def test_what_was_read_can_be_written_back_unchanged(self) -> None:
        await self.add_project()
        await self.add_destination()
        before = await self.im.get_config()
        self.assertEqual(before.to_dict(), self.recorder.body)
        after = await self.im.patch_config(before.incident_monitor, if_match=before.etag)
        same = {**before.incident_monitor.to_dict(), "updated_at_ms": after.incident_monitor.updated_at_ms}
        self.assertEqual(after.incident_monitor.to_dict(), same)

    async def test_a_change_of_what_somebody_else_changed_is_refused(self) -> None:
        before = await self.im.get_config()
        await self.im.pause()
        try:
            with self.assertRaises(ConflictError):
                await self.im.patch_config(before.incident_monitor)
            with self.assertRaises(ConflictError):
                await self.im.patch_config({"incident_monitor": {"paused": False}}, if_match=before.etag)
        finally:
            resumed = await self.im.resume()
        self.assertFalse(resumed.incident_monitor.paused)

    async def test_a_bare_patch_is_taken_as_a_wrapped_one(self) -> None:
        for patch in ({"repo": f"acme/{self.unique}"}, {"incident_monitor": {"repo": f"acme/{self.unique}-2"}}):
            answer = await self.im.patch_config(patch)
            wanted = patch.get("incident_monitor", patch)
            self.assertEqual(answer.incident_monitor.repo, wanted["repo"])
        cleared = await self.im.patch_config({"repo": None})
        self.assertIsNone(cleared.incident_monitor.repo)

    async def test_rows_are_added_replaced_and_removed(self) -> None:
        destination_id = await self.add_destination()
        rows = {each.destination_id: each for each in await self.im.list_destinations()}
        row = rows[destination_id]
        self.assertEqual(row.kind, "telemetry")
        row.name = "Renamed"
        await self.im.upsert_destination(row)
        await self.im.upsert_route({"route_id": self.unique, "name": "Mine", "destination_ids": [destination_id]})
        self.assertIn(self.unique, [each.route_id for each in await self.im.list_routes()])
        left = await self.im.remove_destination(destination_id)
        self.assertNotIn(destination_id, [each.destination_id for each in left.incident_monitor.destinations])
        self.assertNotIn(self.unique, [each.route_id for each in left.incident_monitor.routes])

    async def test_concurrent_changes_of_rows_are_all_kept(self) -> None:
        ids = [f"{self.unique}-{index}" for index in range(3)]
        await asyncio.gather(*(self.im.upsert_route({"route_id": each, "name": each, "match_sources": [each]}) for each in ids))
        self.assertLessEqual(set(ids), {each.route_id for each in await self.im.list_routes()})
        for each in ids:
            await self.im.remove_route(each)

    async def test_a_dry_run_writes_nothing(self) -> None:
        before = await self.im.get_config()
        await self.im.patch_config({"incident_monitor": {"repo": "acme/never"}}, dry_run=True)
        self.assertEqual((await self.im.get_config()).incident_monitor, before.incident_monitor)

    async def test_a_wrong_value_names_its_field(self) -> None:
        with self.assertRaises(IncidentMonitorError) as caught:
            await self.im.patch_config({"incident_monitor": {"label_mode": "everything"}})
        self.assertEqual((caught.exception.status, caught.exception.field), (422, "incident_monitor.label_mode"))
