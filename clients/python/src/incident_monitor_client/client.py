"""The client: one server, one token."""

from __future__ import annotations

from types import TracebackType

import httpx

from .calls import IncidentMonitor
from .calls.base import Calls
from .models.values import Health
from .transport import Transport

DEFAULT_BASE_URL = "http://localhost:39731"


class TandemClient:
    """An async client of one Incident Monitor.

        async with TandemClient(base_url="http://localhost:39731", token=token) as client:
            status = await client.incident_monitor.get_status()

    timeout         seconds for one attempt, from connecting to the last byte of the answer
    retries         how often a call that may be repeated is sent again: a GET, or a report with an idempotency key.
                    None by default
    retry_wait_max  longest wait in seconds; if the server's ``Retry-After`` asks for more, the error is raised at once
    http_transport  an httpx transport of your own: a proxy, a client certificate, a test's
    """

    incident_monitor: IncidentMonitor

    def __init__(
        self,
        base_url: str = DEFAULT_BASE_URL,
        token: str | None = None,
        *,
        timeout: float = 20.0,
        retries: int = 0,
        retry_wait_max: float = 30.0,
        http_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._transport = Transport(
            base_url=base_url,
            token=token,
            timeout=timeout,
            retries=retries,
            retry_wait_max=retry_wait_max,
            http_transport=http_transport,
        )
        self._calls = Calls(self._transport)
        self.incident_monitor = IncidentMonitor(self._transport)

    @property
    def base_url(self) -> str:
        """Where requests go, without a trailing slash."""
        return self._transport.base_url

    async def health(self) -> Health:
        """Whether the server is up and its database reachable. Needs no token."""
        return await self._calls._get(Health, "/global/health")

    async def aclose(self) -> None:
        """Closes the connections; ``async with`` does it by itself."""
        await self._transport.close()

    async def __aenter__(self) -> TandemClient:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"TandemClient({self.base_url!r})"
