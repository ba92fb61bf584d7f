"""What is sent again, when, and what never is."""

from __future__ import annotations

import unittest
from collections.abc import Awaitable, Callable
from typing import Any

from incident_monitor_client import IncidentMonitorError, RateLimitedError, ServerError, TandemClient

from .support.loopback import Behaviour, LoopbackServer, cut, hang, nothing, reply

READY = reply(200, {"ready": True})
REPORTED = reply(200, {"draft": {"draft_id": "d"}})
BUSY = reply(503, {"error": "busy"})


async def run(
    behaviours: list[Behaviour], call: Callable[[TandemClient], Awaitable[Any]], **options: Any
) -> tuple[Any, list[float], LoopbackServer]:
    """The answer or the error, the waits, and the server that saw the requests."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    async with LoopbackServer(*behaviours) as server:
        async with TandemClient(server.url, "token", **{"timeout": 0.3, **options}) as client:
            client._transport._sleep = note
            try:
                answer = await call(client)
            except IncidentMonitorError as error:
                answer = error
    return answer, waits, server


class Retries(unittest.IsolatedAsyncioTestCase):
    async def test_a_read_is_repeated_after_each_passing_fault(self) -> None:
        passing = {
            "429": reply(429, {"error": "slow down"}),
            "500": reply(500, {"error": "no", "retryable": True}),
            "502": reply(502, b"<html>"),
            "503": BUSY,
            "504": reply(504, b""),
            "closed": nothing,
            "cut": cut(b"{", announced=100),
            "silent": hang,
        }
        for name, fault in passing.items():
            with self.subTest(name):
                answer, waits, server = await run([fault, READY], lambda client: client.health(), retries=2)
                self.assertTrue(answer.ready)
                self.assertEqual((len(server.received), len(waits)), (2, 1))
                self.assertTrue(0 <= waits[0] <= 0.5)

    async def test_a_read_is_not_repeated_when_the_answer_would_be_the_same(self) -> None:
        lasting = {
            "400": reply(400, {"error": "no"}),
            "401": reply(401, {"error": "no"}),
            "404": reply(404, {"error": "no"}),
            "409": reply(409, {"error": "no"}),
            "501": reply(501, {"error": "no"}),
            "503 for good": reply(503, {"error": "no", "retryable": False}),
            "nonsense": reply(200, b"?"),
        }
        for name, fault in lasting.items():
            with self.subTest(name):
                answer, waits, server = await run([fault], lambda client: client.health(), retries=3)
                self.assertIsInstance(answer, IncidentMonitorError)
                self.assertEqual((len(server.received), waits), (1, []))

    async def test_nothing_is_repeated_unless_asked_for(self) -> None:
        answer, _, server = await run([BUSY], lambda client: client.health())
        self.assertIsInstance(answer, ServerError)
        self.assertEqual(len(server.received), 1)

    async def test_gives_up_with_the_last_error(self) -> None:
        answer, waits, server = await run([nothing, BUSY], lambda client: client.health(), retries=3)
        self.assertIsInstance(answer, ServerError)
        self.assertEqual((len(server.received), len(waits)), (4, 3))
        for wait, ceiling in zip(waits, (0.5, 1.0, 2.0)):
            self.assertTrue(0 <= wait <= ceiling)

    async def test_waits_as_long_as_the_server_asks(self) -> None:
        slow = reply(429, {"error": "slow down"}, {"retry-after": "7"})
        answer, waits, _ = await run([slow, slow, READY], lambda client: client.health(), retries=2)
        self.assertTrue(answer.ready)
        self.assertEqual(waits, [7.0, 7.0])

    async def test_does_not_wait_longer_than_allowed(self) -> None:
        slow = reply(429, {"error": "slow down"}, {"retry-after": "120"})
        answer, waits, server = await run([slow], lambda client: client.health(), retries=2, retry_wait_max=60)
        self.assertIsInstance(answer, RateLimitedError)
        self.assertEqual((answer.retry_after, waits, len(server.received)), (120.0, [], 1))

    async def test_a_report_is_repeated_only_with_a_key_and_then_with_the_same(self) -> None:
        report = {"title": "it broke"}
        calls: dict[str, Callable[[TandemClient], Awaitable[Any]]] = {
            "report": lambda client: client.incident_monitor.report(report, idempotency_key="k-1"),
            "events": lambda client: client.incident_monitor.send_events([{"type": "x"}], idempotency_key="k-1"),
            "with a scoped key": lambda client: client.incident_monitor.report_with_key(
                "tim_intake_1", "shop", report, idempotency_key="k-1"
            ),
        }
        for name, call in calls.items():
            with self.subTest(name):
                answer, _, server = await run([nothing, BUSY, REPORTED], call, retries=2)
                self.assertNotIsInstance(answer, IncidentMonitorError)
                self.assertEqual([each.headers["idempotency-key"] for each in server.received], ["k-1"] * 3)
                self.assertEqual(len({each.body for each in server.received}), 1)

    async def test_a_client_that_retries_makes_a_key_for_each_report_and_one_that_does_not_makes_none(self) -> None:
        def call(client: TandemClient) -> Awaitable[Any]:
            return client.incident_monitor.report({"title": "it broke"})

        keys = []
        for _ in range(2):
            _, _, server = await run([BUSY, REPORTED], call, retries=1)
            first, second = (each.headers["idempotency-key"] for each in server.received)
            self.assertEqual(first, second)
            self.assertRegex(first, r"^im-[0-9a-f]{32}$")
            keys.append(first)
        self.assertNotEqual(keys[0], keys[1])
        answer, _, server = await run([BUSY], call)
        self.assertIsInstance(answer, ServerError)
        self.assertEqual([each.headers.get("idempotency-key") for each in server.received], [None])

    async def test_nothing_else_that_changes_something_is_repeated(self) -> None:
        calls: dict[str, Callable[[TandemClient], Awaitable[Any]]] = {
            "batch": lambda client: client.incident_monitor.report_batch([{"title": "x"}]),
            "publish": lambda client: client.incident_monitor.publish_draft("d"),
            "approve": lambda client: client.incident_monitor.approve_draft("d"),
            "patch": lambda client: client.incident_monitor.patch_config({"paused": True}),
            "put": lambda client: client.incident_monitor.put_route("r", {"route_id": "r", "name": "R"}),
            "delete": lambda client: client.incident_monitor.delete_draft("d"),
        }
        for name, call in calls.items():
            with self.subTest(name):
                answer, waits, server = await run([BUSY], call, retries=3)
                self.assertIsInstance(answer, ServerError)
                self.assertEqual((len(server.received), waits), (1, []))
