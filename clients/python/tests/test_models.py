"""Every model, over every example: what is missing, null or unknown is read, and goes back as it came."""

from __future__ import annotations

import copy
import dataclasses
import unittest
from collections.abc import Iterator
from typing import Any

from incident_monitor_client import (
    CreateIntakeKeyResponse,
    Draft,
    IncidentMonitorConfig,
    ProbeCounts,
    Record,
    ShapeError,
)
from incident_monitor_client.record import _specs

from .support.fixtures import example, examples, models


def parts(record: Record) -> Iterator[Record]:
    """The record and every record inside it."""
    yield record
    for spec in _specs(type(record)).values():
        value = getattr(record, spec.name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Record):
                yield from parts(each)


class EveryModel(unittest.TestCase):
    reached: dict[str, list[dict[str, Any]]]

    @classmethod
    def setUpClass(cls) -> None:
        known = models()
        cls.reached = {}
        for name, wire in examples().items():
            for part in parts(known[name].from_dict(wire)):
                cls.reached.setdefault(type(part).__name__, []).append(part.to_dict())

    def test_has_an_example(self) -> None:
        self.assertEqual(sorted(set(models()) - set(self.reached)), [])

    def test_has_every_field_in_an_example(self) -> None:
        for name, model in models().items():
            for key in _specs(model):
                with self.subTest(model=name, key=key):
                    self.assertTrue([wire for wire in self.reached[name] if wire.get(key) is not None])

    def test_gives_back_what_it_took(self) -> None:
        for name, wire in examples().items():
            with self.subTest(model=name):
                self.assertEqual(models()[name].from_dict(copy.deepcopy(wire)).to_dict(), wire)

    def test_knows_every_key_of_its_examples(self) -> None:
        for name, wire in examples().items():
            for part in parts(models()[name].from_dict(wire)):
                with self.subTest(model=name, part=type(part).__name__):
                    self.assertEqual(part.extra, {})

    def test_carries_unknown_keys_through(self) -> None:
        for name, found in self.reached.items():
            for wire in found:
                with self.subTest(model=name):
                    richer = {**wire, "added_later": {"deep": [1, None, "x"]}, "also_null": None}
                    read = models()[name].from_dict(richer)
                    self.assertEqual(read["added_later"], {"deep": [1, None, "x"]})
                    self.assertEqual(read.to_dict(), richer)

    def test_reads_a_missing_or_null_field_as_its_default_and_keeps_the_difference(self) -> None:
        for name, found in self.reached.items():
            model = models()[name]
            for wire in found:
                for key, spec in _specs(model).items():
                    if spec.required:
                        continue
                    missing = {each: value for each, value in wire.items() if each != key}
                    for variant in (missing, {**wire, key: None}):
                        with self.subTest(model=name, key=key, null=key in variant):
                            read = model.from_dict(variant)
                            self.assertEqual(getattr(read, spec.name), spec.default())
                            self.assertEqual(read[key], spec.default())
                            self.assertEqual(read.to_dict(), variant)

    def test_never_reads_a_list_or_a_map_of_counts_as_none(self) -> None:
        for name, model in models().items():
            for each in dataclasses.fields(model):
                if str(each.type).startswith(("list", "dict")) and "None" not in str(each.type):
                    with self.subTest(model=name, field=each.name):
                        spec = next((spec for spec in _specs(model).values() if spec.name == each.name), None)
                        self.assertIn(spec.default() if spec else {}, ([], {}))

    def test_refuses_to_be_without_its_identifier(self) -> None:
        count = 0
        for name, found in self.reached.items():
            model = models()[name]
            for key, spec in _specs(model).items():
                if not spec.required:
                    continue
                for variant in ({each: value for each, value in found[0].items() if each != key}, {**found[0], key: None}):
                    count += 1
                    with self.subTest(model=name, key=key), self.assertRaises(ShapeError) as caught:
                        model.from_dict(variant)
                    self.assertEqual(caught.exception.path, key)
        self.assertGreater(count, 60)

    def test_refuses_a_value_of_another_kind(self) -> None:
        for name, found in self.reached.items():
            model = models()[name]
            for key, spec in _specs(model).items():
                if str(_type_of(model, spec.name)).startswith("Any"):
                    continue
                with self.subTest(model=name, key=key), self.assertRaises(ShapeError) as caught:
                    model.from_dict({**found[0], key: object()})
                self.assertEqual(caught.exception.path, key)


def _type_of(model: type[Record], name: str) -> Any:
    return next(each.type for each in dataclasses.fields(model) if each.name == name)


class Rules(unittest.TestCase):
    """What the contract asks of single fields."""

    def test_probe_counts_show_pass_under_a_name_python_allows(self) -> None:
        read = ProbeCounts.from_dict({"pass": 3, "fail": 1})
        self.assertEqual((read.pass_, read["pass"], read.to_dict()), (3, 3, {"pass": 3, "fail": 1}))

    def test_maps_hold_booleans_or_whole_numbers_only(self) -> None:
        cases = [
            ("StatusResponse", ("status", "readiness"), {"ingest_ready": True}, {"ingest_ready": "yes"}),
            ("StatusResponse", ("status", "readiness"), {"ingest_ready": False}, {"ingest_ready": 1}),
            ("StatusResponse", ("status", "required_capabilities"), {"a": True}, {"a": None}),
            ("AuthorityInventory", ("counts",), {"routes": 0}, {"routes": 0.5}),
            ("AuthorityInventory", ("counts",), {"routes": 2.0}, {"routes": True}),
            ("PostureChecks", ("counts", "by_severity"), {"high": 1}, {"high": "1"}),
            ("PostureChecks", ("counts", "by_category"), {"x": 1}, {"x": []}),
            ("AssessmentProbes", ("counts", "by_status"), {"pass": 1}, {"pass": 1.5}),
        ]
        for name, path, good, bad in cases:
            with self.subTest(model=name, path=path, bad=bad):
                for value in (good, bad):
                    wire = copy.deepcopy(example(name))
                    inner = wire
                    for key in path[:-1]:
                        inner = inner[key]
                    inner[path[-1]] = value
                    if value is good:
                        models()[name].from_dict(wire)
                    else:
                        with self.assertRaises(ShapeError) as caught:
                            models()[name].from_dict(wire)
                        self.assertTrue(caught.exception.path.startswith(".".join(path) + "."))

    def test_names_the_place_of_a_fault_in_a_list(self) -> None:
        wire = {"drafts": [{"draft_id": "a"}, {"draft_id": "b", "facets": {"approval": 3}}]}
        with self.assertRaises(ShapeError) as caught:
            models()["DraftList"].from_dict(wire)
        self.assertEqual(caught.exception.path, "drafts[1].facets.approval")

    def test_no_deadline_and_the_default_deadline_stay_apart(self) -> None:
        for wire in ({"triage_timeout_ms": None}, {"triage_timeout_ms": 0}, {}):
            self.assertEqual(IncidentMonitorConfig.from_dict(wire).to_dict(), wire)

    def test_a_change_goes_out_and_a_cleared_value_as_null(self) -> None:
        config = IncidentMonitorConfig.from_dict({"repo": "acme/shop", "routes": None, "later": 1})
        config.repo = None
        config.paused = True
        config.default_destination_ids.append("local")
        expected = {"repo": None, "routes": None, "paused": True, "default_destination_ids": ["local"], "later": 1}
        self.assertEqual(config.to_dict(), expected)

    def test_what_goes_out_is_not_what_is_inside(self) -> None:
        config = IncidentMonitorConfig.from_dict({"default_destination_ids": ["a"], "later": {"x": []}})
        wire = config.to_dict()
        wire["default_destination_ids"].append("b")
        wire["later"]["x"].append(1)
        self.assertEqual(config.to_dict(), {"default_destination_ids": ["a"], "later": {"x": []}})

    def test_is_read_like_a_mapping_too(self) -> None:
        draft = Draft.from_dict({"draft_id": "a", "title": None, "later": 1})
        self.assertEqual([draft["draft_id"], draft["title"], draft["repo"], draft["later"]], ["a", None, None, 1])
        self.assertEqual([draft.get("title", "none"), draft.get("later"), draft.get("never", 2)], ["none", 1, 2])
        self.assertEqual(list(draft), ["draft_id", "title", "later"])
        self.assertIn("title", draft)
        self.assertNotIn("repo", draft)
        with self.assertRaises(KeyError):
            draft["never"]

    def test_a_new_key_is_not_printed(self) -> None:
        made = CreateIntakeKeyResponse.from_dict({"key": {"key_id": "k"}, "raw_key": "the-secret"})
        self.assertNotIn("the-secret", f"{made!r} {made}")
        self.assertIn("key_id='k'", repr(made))
        self.assertEqual(made.raw_key, "the-secret")
