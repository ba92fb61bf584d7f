"""The package as it is installed."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import inspect
import re
import typing
import unittest

import incident_monitor_client
from incident_monitor_client import IncidentMonitor, Record, TandemClient


class Package(unittest.TestCase):
    def test_says_that_it_is_typed(self) -> None:
        self.assertTrue((importlib.resources.files(incident_monitor_client) / "py.typed").is_file())

    def test_is_installed_with_one_version_and_one_dependency(self) -> None:
        try:
            found = importlib.metadata.distribution("incident-monitor-client")
        except importlib.metadata.PackageNotFoundError:
            self.skipTest("run from the source folder, not installed")
        self.assertEqual(found.version, incident_monitor_client.__version__)
        self.assertEqual([re.sub(r"[() ]", "", each) for each in found.requires or []], ["httpx>=0.23"])
        self.assertEqual(found.metadata["Requires-Python"], ">=3.10")

    def test_exports_what_it_names(self) -> None:
        for name in incident_monitor_client.__all__:
            self.assertTrue(hasattr(incident_monitor_client, name), name)

    def test_every_public_call_and_model_is_typed_and_documented(self) -> None:
        for owner in (TandemClient, IncidentMonitor):
            for name, call in inspect.getmembers(owner, inspect.isfunction):
                if name.startswith("_"):
                    continue
                with self.subTest(call=name):
                    self.assertTrue(call.__doc__)
                    hints = typing.get_type_hints(call)
                    self.assertEqual(set(inspect.signature(call).parameters) - {"self"} | {"return"}, set(hints))
        for name in incident_monitor_client.__all__:
            each = getattr(incident_monitor_client, name)
            if inspect.isclass(each) and issubclass(each, Record):
                with self.subTest(model=name):
                    self.assertTrue(each.__dict__.get("__doc__") and not each.__doc__.startswith(f"{name}("))
