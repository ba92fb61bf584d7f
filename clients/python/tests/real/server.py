"""The running server the tests of this folder talk to, and answers seen as they came."""

from __future__ import annotations

import json
import os
import unittest
import uuid
from typing import Any

import httpx

from incident_monitor_client import TandemClient

URL = os.environ.get("INCIDENT_MONITOR_URL", "")
TOKEN = os.environ.get("INCIDENT_MONITOR_TOKEN", "")

needs_server = unittest.skipUnless(URL and TOKEN, "INCIDENT_MONITOR_URL and INCIDENT_MONITOR_TOKEN name no server")


class Recorder(httpx.AsyncHTTPTransport):
    """Sends for real and keeps the newest answer."""

    status = 0
    body: Any = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        content = await response.aread()
        self.status = response.status_code
        is_json = response.headers.get("content-type", "").startswith("application/json")
        self.body = json.loads(content) if content and is_json else None
        return response


@needs_server
class RealServerCase(unittest.IsolatedAsyncioTestCase):
    """One client with the admin token, and names that no other test uses."""

    async def asyncSetUp(self) -> None:
        self.recorder = Recorder()
        self.client = TandemClient(base_url=URL, token=TOKEN, http_transport=self.recorder)
        self.im = self.client.incident_monitor
        self.unique = uuid.uuid4().hex[:12]

    async def asyncTearDown(self) -> None:
        await self.client.aclose()

    def a_report(self, **more: Any) -> dict[str, Any]:
        """One that passes the quality gate and is grouped with no other."""
        return {
            "title": f"Checkout failed {uuid.uuid4().hex}",
            "detail": "TypeError: amount is undefined\n    at pay (/srv/shop/pay.py:10)",
            "source": "python-client-tests",
            "event": "checkout.failed",
            "level": "error",
            "fingerprint": uuid.uuid4().hex,
            **more,
        }

    async def add_project(self) -> str:
        project_id = f"python-{self.unique}"
        config = (await self.im.get_config()).incident_monitor
        row = {
            "project_id": project_id,
            "name": "Python client tests",
            "repo": "acme/shop",
            "workspace_root": "/workspace/repos/shop",
            "log_sources": [{"source_id": "api", "path": "logs/api.log"}],
        }
        projects = [*(each.to_dict() for each in config.monitored_projects), row]
        await self.im.patch_config({"incident_monitor": {"monitored_projects": projects}})
        return project_id

    async def add_destination(self) -> str:
        destination_id = f"local-{self.unique}"
        await self.im.upsert_destination(
            {"destination_id": destination_id, "name": "Local telemetry", "kind": "telemetry"}
        )
        return destination_id
