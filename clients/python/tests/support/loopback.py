"""A server on the loopback that answers as a test says, and misbehaves on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

Behaviour = Callable[["Exchange"], Awaitable[None]]


@dataclass
class Received:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Exchange:
    request: Received
    writer: asyncio.StreamWriter
    closing: asyncio.Event

    async def write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


class LoopbackServer:
    """``async with LoopbackServer(first, second) as server``: one behaviour a request, the last one for all further."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviours = list(behaviours)
        self._closing = asyncio.Event()
        self._exchanges: list[asyncio.Task[None]] = []
        self.received: list[Received] = []
        self.asked = asyncio.Event()
        """A request has arrived."""
        self.left = asyncio.Event()
        """A client has closed its end before it was answered whole."""

    async def __aenter__(self) -> LoopbackServer:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        self._server.close()
        for exchange in self._exchanges:
            exchange.cancel()
        await asyncio.gather(*self._exchanges, return_exceptions=True)

    @property
    def last(self) -> Received:
        return self.received[-1]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._exchanges.append(asyncio.ensure_future(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read(reader)
            behaviour = self._behaviours[min(len(self.received), len(self._behaviours) - 1)]
            self.received.append(request)
            self.asked.set()
            watch = asyncio.ensure_future(self._watch(reader))
            try:
                await behaviour(Exchange(request, writer, self._closing))
            finally:
                watch.cancel()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client gave up first, which some tests are about
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _watch(self, reader: asyncio.StreamReader) -> None:
        await reader.read()
        self.left.set()


async def _read(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, target, headers, body)


def raw(data: bytes) -> Behaviour:
    """These bytes, then the connection ends."""

    async def behave(exchange: Exchange) -> None:
        await exchange.write(data)

    return behave


def reply(status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> Behaviour:
    """A well-formed answer; ``body`` as JSON, or bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"content-type": "application/json", "content-length": str(len(content)), "connection": "close"}
    lines.update(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return raw(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + content)


async def hang(exchange: Exchange) -> None:
    """Never a byte."""
    await exchange.closing.wait()


async def drip(exchange: Exchange) -> None:
    """One byte after another: alive, and never done."""
    await exchange.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")
    while not exchange.closing.is_set():
        await exchange.write(b" ")
        await asyncio.sleep(0.01)


def cut(body: bytes, *, announced: int) -> Behaviour:
    """Announces more than it sends."""
    return raw(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % announced + body)


nothing = raw(b"")
