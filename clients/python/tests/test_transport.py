"""A server that answers badly, late, or not at all."""

from __future__ import annotations

import asyncio
import gzip
import unittest
from email.utils import formatdate

from incident_monitor_client import (
    AuthenticationError,
    ConflictError,
    ForbiddenError,
    IncidentMonitorError,
    InvalidResponseError,
    NetworkError,
    NotFoundError,
    RateLimitedError,
    RequestTimeoutError,
    ServerError,
    TandemClient,
)

from .support.loopback import Behaviour, LoopbackServer, cut, drip, hang, nothing, raw, reply

SECRET = "tim_token_never_shown"


async def failure(behaviour: Behaviour, timeout: float = 5.0) -> IncidentMonitorError:
    async with LoopbackServer(behaviour) as server:
        async with TandemClient(server.url, SECRET, timeout=timeout) as client:
            try:
                await client.incident_monitor.get_draft("d")
            except IncidentMonitorError as error:
                return error
    raise AssertionError("the call succeeded")


class Refusals(unittest.IsolatedAsyncioTestCase):
    async def test_each_status_has_its_error(self) -> None:
        cases: list[tuple[int, type[IncidentMonitorError]]] = [
            (302, IncidentMonitorError),
            (400, IncidentMonitorError),
            (401, AuthenticationError),
            (403, ForbiddenError),
            (404, NotFoundError),
            (409, ConflictError),
            (422, IncidentMonitorError),
            (429, RateLimitedError),
            (500, ServerError),
            (501, ServerError),
            (503, ServerError),
        ]
        for status, kind in cases:
            with self.subTest(status=status):
                error = await failure(reply(status, {"error": "no", "code": "X"}))
                self.assertIs(type(error), kind)
                self.assertEqual((error.status, error.code), (status, "X"))

    async def test_says_all_that_the_server_said(self) -> None:
        body = {
            "error": "title is too long", "code": "VALIDATION_FAILED", "field": "report.title", "request_id": "req-1",
            "issues": [{"path": "report.title"}],
        }  # fmt: skip
        error = await failure(reply(422, body))
        self.assertEqual((error.field, error.request_id, error.body), ("report.title", "req-1", body))
        self.assertEqual((error.method, error.path), ("GET", "/incident-monitor/drafts/d"))
        for word in ("422", "VALIDATION_FAILED", "title is too long", "report.title", "req-1"):
            self.assertIn(word, str(error))

    async def test_takes_the_request_id_from_the_header_when_the_body_has_none(self) -> None:
        error = await failure(reply(500, {"error": "no"}, {"x-request-id": "req-2"}))
        self.assertEqual((error.request_id, error.code, error.field), ("req-2", None, None))

    async def test_reads_both_forms_of_retry_after(self) -> None:
        cases = [("7", 7.0), ("0", 0.0), ("1.5", 1.5), ("soon", None), ("-3", None), (formatdate(0, usegmt=True), 0.0)]
        for header, seconds in cases:
            with self.subTest(header=header):
                error = await failure(reply(429, {"error": "slow down"}, {"retry-after": header}))
                self.assertEqual(error.retry_after, seconds)

    async def test_survives_bodies_that_are_not_the_api_s(self) -> None:
        for body in (b"", b"<html>Bad gateway</html>", b'"text"', b"[1]", b"\xff\xfe\x00", b'{"error": 5, "code": []}', b"{" * 9_999):
            with self.subTest(body=body[:20]):
                error = await failure(reply(502, body))
                self.assertIs(type(error), ServerError)
                self.assertEqual((error.status, error.code, error.field), (502, None, None))
                self.assertLess(len(str(error)), 700)

    async def test_does_not_follow_a_redirect(self) -> None:
        async with LoopbackServer(reply(200, {})) as elsewhere:
            error = await failure(reply(307, {}, {"location": f"{elsewhere.url}/steal"}))
            self.assertEqual((error.status, elsewhere.received), (307, []))


class Faults(unittest.IsolatedAsyncioTestCase):
    async def test_a_server_that_never_answers(self) -> None:
        error = await failure(hang, timeout=0.1)
        self.assertIs(type(error), RequestTimeoutError)
        self.assertIsInstance(error, TimeoutError)
        self.assertIn("0.1 s", str(error))
        self.assertIsNone(error.status)

    async def test_a_server_that_never_ends(self) -> None:
        self.assertIs(type(await failure(drip, timeout=0.2)), RequestTimeoutError)

    async def test_a_call_that_is_given_up_gives_up_its_connection(self) -> None:
        async with LoopbackServer(hang) as server, TandemClient(server.url) as client:
            call = asyncio.ensure_future(client.health())
            await server.asked.wait()
            call.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await call
            await asyncio.wait_for(server.left.wait(), 5)

    async def test_nobody_there(self) -> None:
        async with LoopbackServer(nothing) as server:
            url = server.url
        async with TandemClient(url, SECRET) as client:
            with self.assertRaises(NetworkError) as caught:
                await client.health()
        self.assertIsInstance(caught.exception, ConnectionError)

    async def test_connections_that_break(self) -> None:
        cases = {
            "at once": nothing,
            "within the headers": raw(b"HTTP/1.1 200 OK\r\ncontent-"),
            "within the body": cut(b'{"draft": {"draft', announced=4_000),
            "no HTTP": raw(b"\x00\x01\x02 garbage\r\n\r\n"),
            "within a chunk": raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"),
        }
        for name, behaviour in cases.items():
            with self.subTest(name):
                error = await failure(behaviour)
                self.assertIs(type(error), NetworkError)
                self.assertTrue(str(error).startswith("GET /incident-monitor/drafts/d: "))

    async def test_answers_that_are_not_the_api_s(self) -> None:
        gzipped = {"content-encoding": "gzip"}
        cases: list[tuple[Behaviour, str | None]] = [
            (reply(200, b"<html>hello</html>"), None),
            (reply(200, b""), None),
            (reply(200, [1]), None),
            (reply(200, None), None),
            (reply(200, b'{"draft": {"draft_id": "\xff"}}'), None),
            (reply(200, b"not gzip", gzipped), None),
            (reply(200, {}), "draft"),
            (reply(200, {"draft": None}), "draft"),
            (reply(200, {"draft": {"draft_id": 7}}), "draft.draft_id"),
            (reply(200, {"draft": {"draft_id": "d", "evidence_refs": [1]}}), "draft.evidence_refs[0]"),
        ]
        for behaviour, field in cases:
            error = await failure(behaviour)
            with self.subTest(error=str(error)):
                self.assertIs(type(error), InvalidResponseError)
                self.assertEqual(error.field, field)

    async def test_a_compressed_answer_is_read(self) -> None:
        body = gzip.compress(b'{"draft": {"draft_id": "d"}}')
        async with LoopbackServer(reply(200, body, {"content-encoding": "gzip"})) as server:
            async with TandemClient(server.url) as client:
                self.assertEqual((await client.incident_monitor.get_draft("d")).draft_id, "d")


class Secrets(unittest.IsolatedAsyncioTestCase):
    async def test_the_token_is_in_no_error_and_no_representation(self) -> None:
        client = TandemClient("http://127.0.0.1:1", SECRET)
        texts = [repr(client), repr(client.incident_monitor)]
        await client.aclose()
        for behaviour in (reply(401, {"error": "no"}), hang, nothing, reply(200, b"?")):
            error = await failure(behaviour, timeout=0.1)
            texts += [str(error), repr(error), repr(error.__cause__)]
        for text in texts:
            self.assertNotIn(SECRET, text)

    async def test_a_value_that_cannot_be_a_header_is_refused_without_quoting_it(self) -> None:
        bad = f"{SECRET}\r\nx-evil: 1"
        with self.assertRaises(ValueError) as caught:
            TandemClient("http://127.0.0.1:1", bad)
        self.assertNotIn(SECRET, str(caught.exception))
        async with LoopbackServer(reply(200, {})) as server, TandemClient(server.url) as client:
            for call in (
                client.incident_monitor.report_with_key(bad, "shop", {"title": "x"}),
                client.incident_monitor.report({"title": "x"}, idempotency_key=bad),
            ):
                with self.assertRaises(ValueError) as caught:
                    await call
                self.assertNotIn(SECRET, str(caught.exception))
            self.assertEqual(server.received, [])

    def test_a_base_url_is_http_and_carries_no_credentials(self) -> None:
        for url in ("localhost:39731", "ftp://x", "http://user:pass@host", "http://", "http://host?x=1", "http://ho st", ""):
            with self.subTest(url=url), self.assertRaises(ValueError):
                TandemClient(url)
        self.assertEqual(TandemClient("https://host/prefix//").base_url, "https://host/prefix")
        self.assertEqual(TandemClient().base_url, "http://localhost:39731")
