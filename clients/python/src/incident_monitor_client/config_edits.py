"""Changes to a whole configuration, as pure functions from one JSON object to the next."""

from __future__ import annotations

from typing import Any

Config = dict[str, Any]


def _id_of(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def with_row(config: Config, rows_key: str, id_key: str, row: dict[str, Any]) -> Config:
    """The row in place of the one with its id, at the end. Raises ValueError for a blank id."""
    row_id = _id_of(row, id_key)
    if not row_id:
        raise ValueError(f"{id_key} must not be blank")
    others = [each for each in config.get(rows_key) or [] if _id_of(each, id_key) != row_id]
    return {**config, rows_key: [*others, row]}


def without_destination(config: Config, destination_id: str) -> Config:
    """Gone from the rows, the defaults and the routes; a route that only led there goes too.

    A route without destinations leads to the defaults: emptied, it would not be the same route any more.
    """
    gone = _required(destination_id, "destination_id")
    routes = []
    for route in config.get("routes") or []:
        ids = route.get("destination_ids") or []
        left = [each for each in ids if each.strip() != gone]
        if left or not ids:
            routes.append({**route, "destination_ids": left} if left != ids else route)
    return {
        **config,
        "destinations": [
            each for each in config.get("destinations") or [] if _id_of(each, "destination_id") != gone
        ],
        "default_destination_ids": [
            each for each in config.get("default_destination_ids") or [] if each.strip() != gone
        ],
        "routes": routes,
    }


def without_route(config: Config, route_id: str) -> Config:
    gone = _required(route_id, "route_id")
    return {**config, "routes": [each for each in config.get("routes") or [] if _id_of(each, "route_id") != gone]}


def _required(value: str, name: str) -> str:
    if not value.strip():
        raise ValueError(f"{name} must not be blank")
    return value.strip()
