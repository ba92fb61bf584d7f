"""What all groups of calls share: sending through one transport and reading answers into models."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar, Union

from ..errors import InvalidResponseError
from ..record import Record, ShapeError, plain
from ..transport import Answer, Transport, segment

M = TypeVar("M", bound=Record)
Payload = Union[Mapping[str, Any], Record]
Filter = Union[str, int, bool, datetime, None]
"""What narrows a list; None does not. Times are milliseconds since 1970, ISO 8601 text, or a datetime with its zone."""

IM = "/incident-monitor"


class Calls:
    """Base of the groups. ``client.incident_monitor`` is all of them in one."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def _get(self, model: type[M], path: str, query: Mapping[str, Any] | None = None) -> M:
        return await self._send(model, "GET", path, query=query)

    async def _list(
        self, model: type[M], path: str, limit: int | None, cursor: str | None, filters: Mapping[str, Filter]
    ) -> M:
        return await self._get(model, path, {"limit": limit, "cursor": cursor, **filters})

    async def _post(self, model: type[M], path: str, body: Payload | None = None, **options: Any) -> M:
        """A POST; without ``body`` nothing is sent as one."""
        return await self._send(model, "POST", path, body, **options)

    async def _send(self, model: type[M], method: str, path: str, body: Payload | None = None, **options: Any) -> M:
        json = None if body is None else plain(body)
        answer = await self._transport.request(method, path, json=json, **options)
        return self._read(model, answer, method, path)

    @staticmethod
    def _read(model: type[M], answer: Answer, method: str, path: str) -> M:
        try:
            return model.from_dict(answer.body).with_headers(answer.headers)
        except ShapeError as error:
            raise InvalidResponseError(
                f"{method} {path}: {error}", method=method, path=path, status=200, field=error.path, body=answer.body
            ) from error


def path_of(*parts: str, **ids: str) -> str:
    """``path_of("/incident-monitor/drafts/{draft_id}/approve", draft_id=...)``: each id quoted whole."""
    return "".join(parts).format(**{name: segment(name, value) for name, value in ids.items()})


def merged(request: Payload | None, **given: Any) -> dict[str, Any]:
    """A request given as a mapping, as keywords, or both; keywords win, None means not given."""
    return {
        **({} if request is None else plain(request)),
        **{key: value for key, value in given.items() if value is not None},
    }


async def pages(
    read: Callable[[str | None], Awaitable[tuple[list[M], str | None]]], path: str
) -> AsyncIterator[M]:
    """Every row of every page. Rows that arrive or move meanwhile may be missed or come twice."""
    cursor: str | None = None
    while True:
        rows, following = await read(cursor)
        for row in rows:
            yield row
        if not following:
            return
        if following == cursor:
            raise InvalidResponseError(f"GET {path}: the next page is the same page", method="GET", path=path)
        cursor = following


def ids_of(name: str, ids: Iterable[str] | None) -> list[str] | None:
    """Several ids; one text alone is a mistake that would be taken apart letter by letter."""
    if isinstance(ids, str):
        raise TypeError(f"{name} must be a list of ids, not one text")
    return None if ids is None else list(ids)


def bulk_of(ids: Iterable[str], all: bool, reason: str | None) -> dict[str, Any]:
    """Body of a bulk delete: the named, or everything."""
    return merged({"all": True} if all else {"ids": ids_of("ids", ids)}, reason=reason)
