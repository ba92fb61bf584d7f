"""The JSON examples, one file per module of models: ``{"Draft": {...}, "DraftList": {...}}``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import incident_monitor_client
from incident_monitor_client import Record

FOLDER = Path(__file__).parent.parent / "fixtures"


def examples() -> dict[str, dict[str, Any]]:
    """Every example by the name of its model."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.json")):
        found.update(json.loads(file.read_text()))
    return found


def example(name: str) -> dict[str, Any]:
    return examples()[name]


def models() -> dict[str, type[Record]]:
    """Every model of the package's public interface."""
    exported = {name: getattr(incident_monitor_client, name) for name in incident_monitor_client.__all__}
    return {
        name: each
        for name, each in exported.items()
        if isinstance(each, type) and issubclass(each, Record) and each is not Record
    }
