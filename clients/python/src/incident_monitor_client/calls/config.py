"""The configuration as one document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..config_edits import Config, with_row, without_destination, without_route
from ..errors import ConflictError
from ..models.config import ConfigResponse, DestinationConfig, IncidentMonitorConfig, RouteConfig
from ..record import plain
from .base import Calls, Payload

CONFIG = "/config/incident-monitor"
_EDIT_ATTEMPT_MAX = 5


class ConfigCalls(Calls):
    async def get_config(self) -> ConfigResponse:
        """The whole configuration, with the ``etag`` to change just this version. Secrets are references."""
        return await self._get(ConfigResponse, CONFIG)

    async def patch_config(
        self, config: Payload, *, dry_run: bool = False, if_match: str | None = None
    ) -> ConfigResponse:
        """Merges at top level: a present key replaces that key, an absent one is kept, None resets it.

        A mapping is sent as it is, ``{"paused": True}`` or ``{"incident_monitor": {"paused": True}}``. With a stale
        ``updated_at_ms`` in it, or a stale ``if_match``, it is refused (ConflictError). ``dry_run`` only checks.
        """
        body = {"incident_monitor": config} if isinstance(config, IncidentMonitorConfig) else config
        return await self._send(ConfigResponse, "PATCH", CONFIG, body, **guarded(if_match, dry_run))

    async def list_destinations(self) -> list[DestinationConfig]:
        """The configured destinations; the one made up for the legacy settings is in the status alone."""
        return (await self.get_config()).incident_monitor.destinations

    async def upsert_destination(self, destination: Payload) -> ConfigResponse:
        """Adds the destination, or replaces the one with its id, at the end of the list."""
        row = plain(destination)
        return await self._update_config(lambda config: with_row(config, "destinations", "destination_id", row))

    async def remove_destination(self, destination_id: str) -> ConfigResponse:
        """Removes it, also from the defaults and the routes; routes that led only there go too."""
        return await self._update_config(lambda config: without_destination(config, destination_id))

    async def list_routes(self) -> list[RouteConfig]:
        """The configured routes."""
        return (await self.get_config()).incident_monitor.routes

    async def upsert_route(self, route: Payload) -> ConfigResponse:
        """Adds the route, or replaces the one with its id, at the end of the list."""
        row = plain(route)
        return await self._update_config(lambda config: with_row(config, "routes", "route_id", row))

    async def remove_route(self, route_id: str) -> ConfigResponse:
        """Removes the route."""
        return await self._update_config(lambda config: without_route(config, route_id))

    async def _update_config(self, change: Callable[[Config], Config]) -> ConfigResponse:
        """Reads, changes and writes the whole, every key that is unknown here included.

        What was read carries its ``updated_at_ms``: if somebody else wrote in between it is read and changed again.
        """
        for attempt in range(1, _EDIT_ATTEMPT_MAX + 1):
            before = await self.get_config()
            wire = before.incident_monitor.to_dict()
            changed = change(wire)
            if changed == wire:
                return before
            try:
                return await self.patch_config({"incident_monitor": changed})
            except ConflictError as error:
                stale = error.code == "INCIDENT_MONITOR_CONFIG_STALE"
                if not stale or attempt == _EDIT_ATTEMPT_MAX:
                    raise
        raise AssertionError("unreachable")


def guarded(if_match: str | None, dry_run: bool, only_new: bool = False) -> dict[str, Any]:
    """How a change of the configuration is guarded."""
    headers = {"if-match": if_match} if if_match else {}
    if only_new:
        headers["if-none-match"] = "*"
    return {"query": {"dry_run": True} if dry_run else None, "headers": headers}
