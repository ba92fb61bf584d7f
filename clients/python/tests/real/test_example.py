"""The example that has to run unchanged but for the import, whole."""

from __future__ import annotations

from incident_monitor_client import (
    AssessmentReport,
    AuthorityInventory,
    DeploymentCards,
    PublishResponse,
    TandemClient,
    TriageRunResponse,
)

from .server import TOKEN, URL, RealServerCase


class Example(RealServerCase):
    reached: list[str]

    async def example(self) -> None:
        """The steps of the documented example; each is noted once it is behind us."""
        async with TandemClient(base_url=URL, token=TOKEN) as client:
            status = await client.incident_monitor.get_status()
            self.assertIs(status.status.readiness["enabled"], True)
            self.reached.append("get_status")

            incidents = await client.incident_monitor.list_incidents(limit=20)
            self.assertEqual(len(incidents.incidents), incidents.count)
            self.assertGreater(incidents.count or 0, 0)
            self.reached.append("list_incidents")

            drafts = await client.incident_monitor.list_drafts(limit=20)
            self.assertEqual(len(drafts.drafts), drafts.count)
            self.assertGreater(drafts.count or 0, 0)
            self.reached.append("list_drafts")

            destinations = await client.incident_monitor.list_destinations()
            destination_ids = [each.destination_id for each in destinations]
            self.assertTrue(destination_ids)
            self.reached.append("list_destinations")

            inventory = await client.incident_monitor.get_authority_inventory()
            self.assertIsInstance(inventory, AuthorityInventory)
            self.reached.append("get_authority_inventory")

            report = await client.incident_monitor.generate_assessment_report(
                source_kind="tandem_monitor", route_destination_ids=destination_ids
            )
            self.assertIsInstance(report, AssessmentReport)
            assert report.sections and report.sections.residual_risk_and_follow_up and report.evidence_pack
            self.assertIn(report.sections.residual_risk_and_follow_up.risk, ("high", "medium", "low"))
            self.assertEqual(report.scope and report.scope.source_kind, "tandem_monitor")
            kept = await client.incident_monitor.get_assessment_report(report.evidence_pack.artifact_id or "")
            self.assertEqual((kept.verified, kept.sha256), (True, report.evidence_pack.sha256))
            self.reached.append("generate_assessment_report")

            cards = await client.incident_monitor.generate_deployment_cards(
                defaults={"business_owner": "operations", "accountable_team": "platform"},
                metadata={"tandem:self_monitoring:incident_monitor": {"intended_purpose": "take failures in"}},
            )
            self.assertIsInstance(cards, DeploymentCards)
            self.assertEqual(cards.cards[0].card_id, "tandem:self_monitoring:incident_monitor")
            self.reached.append("generate_deployment_cards")

            draft = drafts.drafts[0]
            run = await client.incident_monitor.create_triage_run(draft.draft_id)
            self.assertIsInstance(run, TriageRunResponse)
            self.reached.append("create_triage_run")

            published = await client.incident_monitor.publish_draft_to_destinations(draft.draft_id, destination_ids)
            self.assertIsInstance(published, PublishResponse)
            self.assertTrue(published.ok)
            self.reached.append("publish_draft_to_destinations")

            reported = await client.incident_monitor.report(
                {
                    "title": "Nightly run failed",
                    "detail": "The run timed out after 900 s",
                    "source": "automation_v2",
                    "event": "automation_v2.run.failed",
                    "level": "error",
                }
            )
            self.assertIsNotNone(reported.draft)
            self.reached.append("report")

    async def test_runs_whole(self) -> None:
        await self.add_destination()
        await self.im.report(self.a_report())
        self.reached = []
        await self.example()
        steps = [
            "get_status",
            "list_incidents",
            "list_drafts",
            "list_destinations",
            "get_authority_inventory",
            "generate_assessment_report",
            "generate_deployment_cards",
            "create_triage_run",
            "publish_draft_to_destinations",
            "report",
        ]
        self.assertEqual(self.reached, steps)

    async def test_its_report_is_taken_as_it_is(self) -> None:
        report = {
            "title": "Nightly run failed",
            "detail": "The run timed out after 900 s",
            "source": "automation_v2",
            "event": "automation_v2.run.failed",
            "level": "error",
        }
        first = await self.im.report(report)
        again = await self.im.report(report)
        self.assertEqual(again.outcome, "recurrence")
        assert first.draft and again.draft
        self.assertEqual(first.draft.draft_id, again.draft.draft_id)
        self.assertEqual((first.draft.event_type, first.draft.level), ("automation_v2.run.failed", "error"))
