"""One request: credentials, deadline, retries, and answers turned into objects or errors."""

from __future__ import annotations

import asyncio
import email.utils
import json as jsonlib
import random
import re
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import httpx

from .errors import (
    IncidentMonitorError,
    InvalidResponseError,
    NetworkError,
    RequestTimeoutError,
    error_of_status,
    excerpt,
)
from .version import __version__

_RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
_BACKOFF_FIRST = 0.5
_BACKOFF_MAX = 8.0
_HEADER_VALUE = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*\Z")


class Answer(NamedTuple):
    """A JSON object and the headers it came with."""

    body: dict[str, Any]
    headers: Mapping[str, str]


class Transport:
    """Sends requests to one server. Made by TandemClient; not part of the public interface."""

    def __init__(
        self,
        *,
        base_url: str,
        token: str | None,
        timeout: float,
        retries: int,
        retry_wait_max: float,
        http_transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        if not re.match(r"https?://[^/?#@\s]+(/[^?#\s]*)?\Z", self.base_url):
            raise ValueError("base_url must be http:// or https://, without credentials, query or fragment")
        self._token = header_value("token", token) if token else None
        self._timeout = timeout
        self.retries = retries
        self._retry_wait_max = retry_wait_max
        self._sleep = sleep
        self._http = httpx.AsyncClient(timeout=timeout, follow_redirects=False, transport=http_transport)

    async def close(self) -> None:
        await self._http.aclose()

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        with_token: bool = True,
        repeatable: bool = False,
    ) -> Answer:
        """The JSON object answered. ``repeatable`` says that sending it twice has the effect of once; a GET always is."""
        sent = {"accept": "application/json", "user-agent": f"incident-monitor-client/{__version__}"}
        sent.update({name: header_value(name, value) for name, value in (headers or {}).items()})
        if with_token and self._token:
            sent["authorization"] = f"Bearer {self._token}"
        if json is not None:
            content = jsonlib.dumps(json, allow_nan=False).encode()
            sent["content-type"] = "application/json"
        request = self._http.build_request(
            method, self.base_url + path + _query_of(query), headers=sent, content=content
        )
        failures = 0
        while True:
            try:
                return await self._attempt(request, method, path)
            except IncidentMonitorError as error:
                wait = self._wait_before_repeat(error, failures) if repeatable or method == "GET" else None
                if wait is None:
                    raise
            failures += 1
            await self._sleep(wait)

    async def text(self, path: str, *, query: Mapping[str, Any] | None = None) -> str:
        """The text answered to a GET, whatever it is. Asked for once."""
        sent = {"user-agent": f"incident-monitor-client/{__version__}"}
        if self._token:
            sent["authorization"] = f"Bearer {self._token}"
        request = self._http.build_request("GET", self.base_url + path + _query_of(query), headers=sent)
        return (await self._answered(request, "GET", path)).text

    async def _attempt(self, request: httpx.Request, method: str, path: str) -> Answer:
        response = await self._answered(request, method, path)
        return Answer(_object_of(response, method, path), response.headers)

    async def _answered(self, request: httpx.Request, method: str, path: str) -> httpx.Response:
        try:
            response = await _within(self._timeout, self._http.send(request))
        except (_Late, httpx.TimeoutException) as error:
            words = f"{method} {path}: no answer within {self._timeout:g} s"
            raise RequestTimeoutError(words, method=method, path=path) from error
        except httpx.DecodingError as error:
            raise InvalidResponseError(f"{method} {path}: {error}", method=method, path=path) from error
        except httpx.RequestError as error:
            words = f"{method} {path}: {str(error) or type(error).__name__}"
            raise NetworkError(words, method=method, path=path) from error
        if response.is_success:
            return response
        raise _refusal(response, method, path)

    def _wait_before_repeat(self, error: IncidentMonitorError, failures: int) -> float | None:
        """Seconds, or None when it is not to be repeated."""
        if failures >= self.retries:
            return None
        if error.status is None:
            worth_it = isinstance(error, (NetworkError, RequestTimeoutError))
        else:
            refused_for_good = isinstance(error.body, dict) and error.body.get("retryable") is False
            worth_it = error.status in _RETRYABLE and not refused_for_good
        if not worth_it:
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= self._retry_wait_max else None
        ceiling = min(_BACKOFF_MAX, self._retry_wait_max, _BACKOFF_FIRST * 2**failures)
        return random.uniform(0, ceiling)


class _Late(Exception):
    """The whole took longer than it may."""


async def _within(seconds: float, work: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    """httpx's own limits cover one read each: a server that drips would never reach them.

    In a task of its own, so that ending it does not meet httpx's cancellation of the same task at the same moment.
    """
    task = asyncio.ensure_future(work)
    try:
        in_time, _ = await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
            if not task.cancelled():
                task.exception()  # looked at: its fate does not matter any more
    if not in_time:
        raise _Late
    return task.result()


def header_value(name: str, value: str) -> str:
    """The value, trimmed. Checked here because the HTTP library would quote a bad one, secrets too, in its error."""
    trimmed = value.strip()
    if not _HEADER_VALUE.match(trimmed):
        raise ValueError(f"{name} must be visible ASCII characters")
    return trimmed


def segment(name: str, value: str) -> str:
    """One path segment, quoted whole. Dots alone are refused: on the way they would become another path."""
    if not isinstance(value, str) or not value.strip() or value in (".", ".."):
        raise ValueError(f"{name} must be a non-blank id")
    return quote(value, safe="")


def _query_of(query: Mapping[str, Any] | None) -> str:
    given = [(key, _query_text(value)) for key, value in (query or {}).items() if value is not None]
    return f"?{urlencode(given)}" if given else ""


def _query_text(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a datetime needs its time zone")
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _object_of(response: httpx.Response, method: str, path: str) -> dict[str, Any]:
    body = _json_or_text(response)
    if isinstance(body, dict):
        return body
    kind = excerpt(body) if isinstance(body, str) else type(body).__name__
    raise InvalidResponseError(
        f"{method} {path}: {response.status_code} answered no JSON object: {kind}",
        method=method,
        path=path,
        status=response.status_code,
        request_id=response.headers.get("x-request-id"),
        body=body,
    )


def _refusal(response: httpx.Response, method: str, path: str) -> IncidentMonitorError:
    status = response.status_code
    body = _json_or_text(response)
    known: dict[str, Any] = body if isinstance(body, dict) else {}
    code, field, request_id = (_text(known.get(key)) for key in ("code", "field", "request_id"))
    words = _text(known.get("error")) or excerpt(response.text) or response.reason_phrase
    request_id = request_id or response.headers.get("x-request-id")
    return error_of_status(status)(
        " ".join(
            part
            for part in (
                f"{method} {path}: {status}",
                code,
                words,
                f"(field {field})" if field else None,
                f"(request {request_id})" if request_id else None,
            )
            if part
        ),
        method=method,
        path=path,
        status=status,
        code=code,
        field=field,
        request_id=request_id,
        retry_after=_retry_after(response.headers.get("retry-after")),
        body=body,
    )


def _json_or_text(response: httpx.Response) -> Any:
    try:
        return jsonlib.loads(response.content)
    except (ValueError, RecursionError):
        return response.text


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _retry_after(value: str | None) -> float | None:
    """Seconds, from either form of the header; None for anything else."""
    if value is None:
        return None
    if re.match(r"\d{1,9}(\.\d+)?\Z", value.strip()):
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
