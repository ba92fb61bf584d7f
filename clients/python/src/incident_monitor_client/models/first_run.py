"""Charts, the built-in test receiver, and what is told outside the panel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .values import Record


@dataclass(kw_only=True, repr=False)
class Trends(Record):
    """Occurrences by source, time to decision and delivery success. Bars are ``bucket_ms`` wide, from ``from_ms``."""

    window: str
    now_ms: int | None = None
    from_ms: int | None = None
    bucket_ms: int | None = None
    buckets: int = 0
    occurrences: dict[str, Any] = field(default_factory=dict)
    decisions: dict[str, Any] = field(default_factory=dict)
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    partial: bool = False


@dataclass(kw_only=True, repr=False)
class TestReception(Record):
    """A delivery that the built-in receiver took: its signature was the server's own, and fresh."""

    __test__ = False

    delivery_id: str
    idempotency_key: str | None = None
    event: str | None = None
    draft_id: str | None = None
    signature: str | None = None
    body_bytes: int = 0
    body_digest: str | None = None
    arrivals: int = 0
    signed_at_ms: int | None = None
    received_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class TestReceiver(Record):
    """The receiver inside the product: set up or not, the test reports, what it took."""

    __test__ = False

    url: str | None = None
    destination_id: str | None = None
    routed: bool = False
    test_reports: list[dict[str, Any]] = field(default_factory=list)
    receptions: list[TestReception] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class TestReceiverResponse(Record):
    """The test receiver as it stands."""

    __test__ = False

    test_receiver: TestReceiver


@dataclass(kw_only=True, repr=False)
class TestReportAnswer(Record):
    """What a test report became."""

    __test__ = False

    draft_id: str
    incident_id: str


@dataclass(kw_only=True, repr=False)
class TestReportsDeleted(Record):
    """How many incidents of test reports were hidden."""

    __test__ = False

    deleted: int = 0


@dataclass(kw_only=True, repr=False)
class Notifications(Record):
    """What is told outside the panel, over which channels, and the last messages."""

    settings: dict[str, Any] = field(default_factory=dict)
    mail_host: str | None = None
    webhooks: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
