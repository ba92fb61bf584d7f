"""Reporting, scoped keys, and the logs that are watched."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import Any

from ..models.intake_key import (
    CreateIntakeKeyResponse,
    IntakeKeyList,
    IntakeKeyResponse,
    RotateIntakeKeyResponse,
)
from ..models.report import BatchResponse, IntakeResponse, ReportResponse, RuntimeEventsResponse
from ..record import plain
from .base import IM, Calls, Filter, Payload, merged, path_of

KEY_HEADER = "x-tandem-incident-monitor-intake-key"


class IntakeCalls(Calls):
    async def report(self, report: Payload, *, idempotency_key: str | None = None) -> ReportResponse:
        """Reports a failure: an incident and a draft, never an effect outside.

        The same ``idempotency_key`` and report are counted once. A client with ``retries`` makes a key of its own
        when none is given.
        """
        return await self._post(ReportResponse, f"{IM}/report", report, **self._once(idempotency_key))

    async def report_with_key(
        self,
        intake_key: str,
        project_id: str,
        report: Payload,
        *,
        source_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> IntakeResponse:
        """Reports with a scoped key, which is all that is sent: the client's own token stays here."""
        body = {"project_id": project_id, "report": plain(report)}
        if source_id is not None:
            body["source_id"] = source_id
        options = self._once(idempotency_key)
        options["headers"][KEY_HEADER] = intake_key
        return await self._post(IntakeResponse, f"{IM}/intake/report", body, with_token=False, **options)

    async def report_batch(
        self,
        reports: Iterable[Payload],
        *,
        intake_key: str | None = None,
        project_id: str | None = None,
        source_id: str | None = None,
    ) -> BatchResponse:
        """Up to 500 reports in one commit, answered one by one.

        Each is a report, or ``{"report": ..., "source_id": ...}``. With ``intake_key`` the key alone is sent, and
        ``project_id`` is needed. Never repeated by the client: part of a batch may have been taken.
        """
        lines = [json.dumps(plain(each), allow_nan=False, separators=(",", ":")) for each in reports]
        headers = {"content-type": "application/x-ndjson"}
        if intake_key is not None:
            headers[KEY_HEADER] = intake_key
        path = f"{IM}/intake/reports"
        answer = await self._transport.request(
            "POST",
            path,
            query={"project_id": project_id, "source_id": source_id},
            content="\n".join(lines).encode(),
            headers=headers,
            with_token=intake_key is None,
        )
        return self._read(BatchResponse, answer, "POST", path)

    async def send_events(
        self, events: Iterable[Payload], *, idempotency_key: str | None = None
    ) -> RuntimeEventsResponse:
        """Up to 500 events of an agent runtime, ``{"type": ..., "properties": {...}}``; the failures become intake.

        Answered one by one. The key is as for ``report``, and holds for each event by its place.
        """
        body = {"events": [plain(each) for each in events]}
        path = f"{IM}/intake/events"
        return await self._post(RuntimeEventsResponse, path, body, **self._once(idempotency_key))

    async def list_intake_keys(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> IntakeKeyList:
        """Scoped keys without their secrets: all, unless ``limit`` asks for a page.

        Filters: ``q``, ``project``, ``enabled``, ``since``, ``until``.
        """
        return await self._list(IntakeKeyList, f"{IM}/intake/keys", limit, cursor, filters)

    async def create_intake_key(
        self, request: Payload | None = None, *, project_id: str | None = None, name: str | None = None, **more: Any
    ) -> CreateIntakeKeyResponse:
        """Makes a key that can report for one project. ``raw_key`` is answered now and never again.

        ``more``: ``scopes``, ``source_ids``, ``expires_at_ms``, ``rate_per_second``, ``burst``, ``daily_quota``.
        """
        body = merged(request, project_id=project_id, name=name, **more)
        return await self._post(CreateIntakeKeyResponse, f"{IM}/intake/keys", body)

    async def rotate_intake_key(self, key_id: str, **options: Any) -> RotateIntakeKeyResponse:
        """Makes a successor with the same scope; the old key ends after the overlap. ``raw_key`` as when one is made.

        ``options``: ``overlap_ms`` (7 days unless told, 0 ends the old key at once) and ``expires_at_ms`` of the new
        key (left out: as long as the old one was made for; ``None``: it does not expire).
        """
        path = path_of(IM, "/intake/keys/{key_id}/rotate", key_id=key_id)
        return await self._post(RotateIntakeKeyResponse, path, options or None)

    async def disable_intake_key(self, key_id: str) -> IntakeKeyResponse:
        """Stops a key for good; doing it twice is the same."""
        return await self._post(IntakeKeyResponse, path_of(IM, "/intake/keys/{key_id}/disable", key_id=key_id))

    def _once(self, idempotency_key: str | None) -> dict[str, Any]:
        """Without a key a repeated report would count twice: there is one, or there is no repeating."""
        if idempotency_key is None and self._transport.retries > 0:
            idempotency_key = f"im-{secrets.token_hex(16)}"
        if idempotency_key is None:
            return {"headers": {}}
        return {"headers": {"idempotency-key": idempotency_key}, "repeatable": True}
