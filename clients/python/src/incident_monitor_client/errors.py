"""What a call can raise. One base class, so that ``except IncidentMonitorError`` is always enough."""

from __future__ import annotations

from typing import Any

_EXCERPT_MAX = 500


class IncidentMonitorError(Exception):
    """A call that did not succeed.

    status       HTTP status; None when there was no answer (timeout, network)
    code         the server's stable code, such as ``INCIDENT_MONITOR_DRAFT_NOT_FOUND``
    field        the field that is wrong, when the server names one
    request_id   quote it to whoever runs the server
    retry_after  seconds to wait, from ``Retry-After``
    body         the error's JSON, or its text when it is not JSON
    method, path of the request
    """

    def __init__(
        self,
        message: str,
        *,
        method: str = "",
        path: str = "",
        status: int | None = None,
        code: str | None = None,
        field: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        body: Any = None,
    ) -> None:
        super().__init__(message)
        self.method = method
        self.path = path
        self.status = status
        self.code = code
        self.field = field
        self.request_id = request_id
        self.retry_after = retry_after
        self.body = body


class AuthenticationError(IncidentMonitorError):
    """401: no valid token, session or key."""


class ForbiddenError(IncidentMonitorError):
    """403: the caller is known and may not do this."""


class NotFoundError(IncidentMonitorError):
    """404"""


class ConflictError(IncidentMonitorError):
    """409: the record is not in the state this needs, or somebody else was first."""


class RateLimitedError(IncidentMonitorError):
    """429: see ``retry_after``."""


class ServerError(IncidentMonitorError):
    """5xx: the fault is the server's, or it does not offer this (501)."""


class RequestTimeoutError(IncidentMonitorError, TimeoutError):
    """No whole answer in time. Whether the server acted is unknown."""


class NetworkError(IncidentMonitorError, ConnectionError):
    """The server could not be reached, or the connection broke. Whether it acted is unknown."""


class InvalidResponseError(IncidentMonitorError):
    """An answer that is not what this API answers: no JSON, no object, or a field of the wrong type (``field``)."""


def error_of_status(status: int) -> type[IncidentMonitorError]:
    by_status: dict[int, type[IncidentMonitorError]] = {
        401: AuthenticationError,
        403: ForbiddenError,
        404: NotFoundError,
        409: ConflictError,
        429: RateLimitedError,
    }
    return by_status.get(status, ServerError if status >= 500 else IncidentMonitorError)


def excerpt(text: str) -> str:
    """Enough of a strange answer to recognise it."""
    return text if len(text) <= _EXCERPT_MAX else f"{text[:_EXCERPT_MAX]}..."
