"""Changing one row of the configuration: read the whole, change it, write the whole."""

from __future__ import annotations

import copy
import unittest
from typing import Any

from incident_monitor_client import ConflictError, DestinationConfig, IncidentMonitorConfig, TandemClient
from incident_monitor_client.config_edits import with_row, without_destination, without_route

from .support.fixtures import example
from .support.loopback import Exchange, LoopbackServer, reply

STORED: dict[str, Any] = {
    "triage_timeout_ms": None,
    "updated_at_ms": 41,
    "destinations": [{"destination_id": "a", "name": "A", "later": [1]}, {"destination_id": "b", "name": "B"}],
    "default_destination_ids": ["a", "b"],
    "routes": [
        {"route_id": "both", "name": "Both", "destination_ids": ["a", "b"]},
        {"route_id": "only-a", "name": "A", "destination_ids": ["a"]},
        {"route_id": "defaults", "name": "Defaults", "destination_ids": []},
    ],
    "reassessment": {"cadence_ms": 5, "later": True},
    "added_later": {"kept": None},
}


class Edits(unittest.TestCase):
    def test_a_row_takes_the_place_of_the_one_with_its_id_at_the_end(self) -> None:
        after = with_row(STORED, "destinations", "destination_id", {"destination_id": " a ", "name": "new"})
        self.assertEqual([each["name"] for each in after["destinations"]], ["B", "new"])
        self.assertEqual({**after, "destinations": None}, {**STORED, "destinations": None})

    def test_a_row_without_an_id_is_refused(self) -> None:
        for row in ({}, {"destination_id": " "}, {"destination_id": None}):
            with self.assertRaises(ValueError):
                with_row(STORED, "destinations", "destination_id", row)

    def test_a_destination_leaves_no_trace_and_takes_the_routes_that_led_only_there(self) -> None:
        before = copy.deepcopy(STORED)
        after = without_destination(STORED, "a")
        self.assertEqual([each["destination_id"] for each in after["destinations"]], ["b"])
        self.assertEqual(after["default_destination_ids"], ["b"])
        self.assertEqual(
            [(each["route_id"], each["destination_ids"]) for each in after["routes"]], [("both", ["b"]), ("defaults", [])]
        )
        self.assertEqual(STORED, before)

    def test_what_is_not_there_changes_nothing(self) -> None:
        self.assertEqual(without_destination(STORED, "never"), STORED)
        self.assertEqual(without_route(STORED, "never"), STORED)
        self.assertEqual([each["route_id"] for each in without_route(STORED, "both")["routes"]], ["only-a", "defaults"])
        for remove in (without_destination, without_route):
            with self.assertRaises(ValueError):
                remove(STORED, "  ")


class Calls(unittest.IsolatedAsyncioTestCase):
    async def test_the_whole_goes_back_with_every_key_that_is_not_known_here(self) -> None:
        stored = {**example("ConfigResponse")["incident_monitor"], **STORED}
        async with LoopbackServer(reply(200, {"incident_monitor": stored})) as server:
            async with TandemClient(server.url) as client:
                row = DestinationConfig(destination_id="c", name="C", kind="telemetry")
                await client.incident_monitor.upsert_destination(row)
            self.assertEqual([each.method for each in server.received], ["GET", "PATCH"])
            added = {"destination_id": "c", "name": "C", "kind": "telemetry"}
            expected = {**stored, "destinations": [*stored["destinations"], added]}
            self.assertEqual(server.last.json, {"incident_monitor": expected})

    async def test_a_row_that_was_read_goes_back_as_it_was_but_for_the_change(self) -> None:
        async with LoopbackServer(reply(200, {"incident_monitor": STORED})) as server:
            async with TandemClient(server.url) as client:
                row = (await client.incident_monitor.list_destinations())[0]
                row.enabled = False
                await client.incident_monitor.upsert_destination(row)
            changed = {"destination_id": "a", "name": "A", "later": [1], "enabled": False}
            self.assertEqual(server.last.json["incident_monitor"]["destinations"][-1], changed)

    async def test_removing_what_is_not_there_writes_nothing(self) -> None:
        async with LoopbackServer(reply(200, {"incident_monitor": STORED})) as server:
            async with TandemClient(server.url) as client:
                await client.incident_monitor.remove_destination("never")
                await client.incident_monitor.remove_route("never")
            self.assertEqual([each.method for each in server.received], ["GET", "GET"])

    async def test_a_write_in_between_is_not_lost(self) -> None:
        store = {**STORED}
        refused = 0

        async def serve(exchange: Exchange) -> None:
            nonlocal refused, store
            if exchange.request.method == "PATCH" and refused < 2:
                refused += 1
                store = {**store, "updated_at_ms": 41 + refused, "repo": f"other/{refused}"}
                return await reply(409, {"error": "stale", "code": "INCIDENT_MONITOR_CONFIG_STALE"})(exchange)
            if exchange.request.method == "PATCH":
                store = exchange.request.json["incident_monitor"]
            await reply(200, {"incident_monitor": store})(exchange)

        async with LoopbackServer(serve) as server, TandemClient(server.url) as client:
            after = await client.incident_monitor.remove_route("both")
        self.assertEqual((after.incident_monitor.repo, after.incident_monitor.updated_at_ms), ("other/2", 43))
        self.assertEqual([each.route_id for each in after.incident_monitor.routes], ["only-a", "defaults"])

    async def test_a_conflict_of_another_kind_or_without_end_is_raised(self) -> None:
        for code, count in (("SOMETHING_ELSE", 2), ("INCIDENT_MONITOR_CONFIG_STALE", 10)):
            async def serve(exchange: Exchange, code: str = code) -> None:
                refusal = reply(409, {"error": "no", "code": code})
                answer = reply(200, {"incident_monitor": STORED})
                await (refusal if exchange.request.method == "PATCH" else answer)(exchange)

            with self.subTest(code):
                async with LoopbackServer(serve) as server, TandemClient(server.url) as client:
                    with self.assertRaises(ConflictError):
                        await client.incident_monitor.remove_route("both")
                    self.assertEqual(len(server.received), count)

    def test_the_example_survives_the_model(self) -> None:
        wire = {**example("ConfigResponse")["incident_monitor"], **STORED}
        self.assertEqual(IncidentMonitorConfig.from_dict(wire).to_dict(), wire)
