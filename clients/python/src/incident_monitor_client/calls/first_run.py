"""Charts, the built-in test receiver, and what is told outside the panel."""

from __future__ import annotations

from typing import Any

from ..models.first_run import (
    Notifications,
    TestReceiverResponse,
    TestReportAnswer,
    TestReportsDeleted,
    Trends,
)
from .base import IM, Calls, Payload, merged


class FirstRunCalls(Calls):
    async def get_trends(self, window: str | None = None) -> Trends:
        """Occurrences by source, time to decision and delivery success over ``24h`` (the default), ``7d`` or ``30d``."""
        return await self._get(Trends, f"{IM}/trends", None if window is None else {"window": window})

    async def get_test_receiver(self) -> TestReceiverResponse:
        """The receiver inside the product: set up or not, the test reports, what it took."""
        return await self._get(TestReceiverResponse, f"{IM}/test-receiver")

    async def set_up_test_receiver(self) -> TestReceiverResponse:
        """Adds its destination and the route that test reports take. Doing it twice is the same."""
        return await self._post(TestReceiverResponse, f"{IM}/test-receiver/set-up")

    async def remove_test_receiver(self) -> TestReceiverResponse:
        """Takes both away again; receipts stay."""
        return await self._send(TestReceiverResponse, "DELETE", f"{IM}/test-receiver/set-up")

    async def send_test_report(self, project_id: str | None = None) -> TestReportAnswer:
        """A real report that says it is a test; of a project where one is named."""
        body = {} if project_id is None else {"project_id": project_id}
        return await self._post(TestReportAnswer, f"{IM}/test-reports", body)

    async def delete_test_reports(self) -> TestReportsDeleted:
        """Hides the incidents of all test reports."""
        return await self._send(TestReportsDeleted, "DELETE", f"{IM}/test-reports")

    async def get_notifications(self) -> Notifications:
        """What is told outside the panel, over which channels, and what became of the last messages."""
        return await self._get(Notifications, f"{IM}/notifications")

    async def put_notifications(self, settings: Payload | None = None, **fields: Any) -> Notifications:
        """All settings, with the ``version`` that was read: ConflictError when there is another by now."""
        return await self._send(Notifications, "PUT", f"{IM}/notifications", merged(settings, **fields))
