"""Walking through all pages."""

from __future__ import annotations

import unittest
from collections.abc import AsyncIterator, Callable
from urllib.parse import parse_qs, urlsplit

from incident_monitor_client import IncidentMonitor, InvalidResponseError, Record, ServerError, TandemClient

from .support.loopback import LoopbackServer, reply


VERSION = {"version": 1}
"""What a revision needs to be one; elsewhere a key that is not known."""


class Paging(unittest.IsolatedAsyncioTestCase):
    async def test_follows_the_cursor_to_the_end_and_keeps_the_filters(self) -> None:
        walks: list[tuple[str, str, Callable[[IncidentMonitor], AsyncIterator[Record]]]] = [
            ("incidents", "incident_id", lambda im: im.iterate_incidents(page_size=2, q="x y")),
            ("drafts", "draft_id", lambda im: im.iterate_drafts(page_size=2, q="x y")),
            ("posts", "post_id", lambda im: im.iterate_posts(page_size=2, q="x y")),
            ("occurrences", "occurrence_id", lambda im: im.iterate_occurrences("i", page_size=2, q="x y")),
            ("silences", "silence_id", lambda im: im.iterate_silences(page_size=2, q="x y")),
            ("users", "user_id", lambda im: im.iterate_users(page_size=2, q="x y")),
            ("revisions", "summary", lambda im: im.iterate_config_history(page_size=2, q="x y")),
        ]
        for noun, id_key, walk in walks:
            with self.subTest(noun):
                pages = [
                    reply(200, {noun: [{id_key: "a", **VERSION}, {id_key: "b", **VERSION}], "next_cursor": "c/1+="}),
                    reply(200, {noun: [], "next_cursor": "c2"}),
                    reply(200, {noun: [{id_key: "c", **VERSION}], "next_cursor": None}),
                ]
                async with LoopbackServer(*pages) as server, TandemClient(server.url) as client:
                    seen = [each[id_key] async for each in walk(client.incident_monitor)]
                    self.assertEqual(seen, ["a", "b", "c"])
                    queries = [parse_qs(urlsplit(each.target).query) for each in server.received]
                    asked = {"limit": ["2"], "q": ["x y"]}
                    self.assertEqual(queries, [asked, {**asked, "cursor": ["c/1+="]}, {**asked, "cursor": ["c2"]}])

    async def test_asks_for_the_next_page_only_when_it_is_needed(self) -> None:
        page = reply(200, {"drafts": [{"draft_id": "a"}], "next_cursor": "c"})
        async with LoopbackServer(page) as server, TandemClient(server.url) as client:
            async for _ in client.incident_monitor.iterate_drafts():
                break
            self.assertEqual(len(server.received), 1)

    async def test_a_server_that_repeats_its_page_is_not_walked_for_ever(self) -> None:
        page = reply(200, {"drafts": [{"draft_id": "a"}], "next_cursor": "c"})
        async with LoopbackServer(page) as server, TandemClient(server.url) as client:
            with self.assertRaises(InvalidResponseError):
                [each async for each in client.incident_monitor.iterate_drafts()]
            self.assertEqual(len(server.received), 2)

    async def test_a_fault_on_the_way_is_raised(self) -> None:
        page = reply(200, {"drafts": [{"draft_id": "a"}], "next_cursor": "c"})
        async with LoopbackServer(page, reply(500, {"error": "no"})) as server, TandemClient(server.url) as client:
            seen = []
            with self.assertRaises(ServerError):
                async for draft in client.incident_monitor.iterate_drafts():
                    seen.append(draft.draft_id)
            self.assertEqual(seen, ["a"])
