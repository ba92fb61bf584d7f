"""Wire objects as dataclasses that lose nothing of what the server sent."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, Union

R = TypeVar("R", bound="Record")
Reader = Callable[[Any, str], Any]


_HEADER = "header"


def header(name: str) -> Any:
    """A field that is not in the body but comes with this header of the answer."""
    return field(default=None, compare=False, metadata={_HEADER: name})


class ShapeError(ValueError):
    """A value on the wire is not of the kind its field needs. ``path`` names it: ``drafts[0].draft_id``."""

    def __init__(self, path: str, wanted: str, value: object) -> None:
        found = "null" if value is None else type(value).__name__
        super().__init__(f"{path or 'the body'} must be {wanted}, not {found}")
        self.path = path


@dataclass(kw_only=True, repr=False)
class Record:
    """Base of every model.

    Keys the model does not know are kept in ``extra``; fields are also reached by their wire name, as in
    ``draft["draft_id"]``. A null, or a missing key, reads as the field's default: None, an empty list, an empty map.
    ``to_dict`` gives back exactly what ``from_dict`` took, with the changes made since; a field set to None after it
    had been read goes out as null. Of a model made by hand only what differs from the defaults goes out.
    """

    extra: dict[str, Any] = field(default_factory=dict)
    _seen: frozenset[str] = field(default=frozenset(), init=False, compare=False)
    _nulls: frozenset[str] = field(default=frozenset(), init=False, compare=False)

    def with_headers(self: R, headers: Mapping[str, str]) -> R:
        """Fills the fields that come with an answer's headers."""
        for each in dataclasses.fields(self):
            if _HEADER in each.metadata:
                setattr(self, each.name, headers.get(each.metadata[_HEADER]))
        return self

    @classmethod
    def from_dict(cls: type[R], wire: object, path: str = "") -> R:
        """Reads a JSON object. Raises ShapeError, naming the field, for a wrong type or a missing identifier."""
        if not isinstance(wire, Mapping):
            raise ShapeError(path, "an object", wire)
        specs = _specs(cls)
        values: dict[str, Any] = {}
        for spec in specs.values():
            value = wire.get(spec.key)
            if value is not None:
                values[spec.name] = spec.read(value, _join(path, spec.key))
            elif spec.required:
                raise ShapeError(_join(path, spec.key), "given", None)
        made = cls(extra={key: value for key, value in wire.items() if key not in specs}, **values)
        made._seen = frozenset(key for key in wire if key in specs)
        made._nulls = frozenset(key for key in made._seen if wire[key] is None)
        return made

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of this record, unknown keys included. Its lists and maps are copies."""
        wire: dict[str, Any] = {}
        for key, spec in _specs(type(self)).items():
            value = getattr(self, spec.name)
            untouched = not spec.required and value == spec.default()
            if key in self._seen:
                wire[key] = None if untouched and key in self._nulls else _plain(value)
            elif not untouched:
                wire[key] = _plain(value)
        return {**wire, **_plain(self.extra)}

    def get(self, key: str, default: Any = None) -> Any:
        """The value under a wire name; ``default`` when it is unknown, absent or null."""
        spec = _specs(type(self)).get(key)
        value = getattr(self, spec.name) if spec else self.extra.get(key)
        return default if value is None else value

    def __getitem__(self, key: str) -> Any:
        spec = _specs(type(self)).get(key)
        return getattr(self, spec.name) if spec else self.extra[key]

    def __contains__(self, key: object) -> bool:
        return key in self.to_dict()

    def __iter__(self) -> Iterator[str]:
        return iter(self.to_dict())

    def __repr__(self) -> str:
        hidden = {each.name for each in dataclasses.fields(self) if not each.repr}
        shown = [
            f"{spec.name}={getattr(self, spec.name)!r}"
            for spec in _specs(type(self)).values()
            if spec.name not in hidden and (spec.required or getattr(self, spec.name) != spec.default())
        ]
        return f"{type(self).__name__}({', '.join(shown + ([f'extra={self.extra!r}'] if self.extra else []))})"


@dataclass(frozen=True)
class _Spec:
    name: str
    key: str
    required: bool
    default: Callable[[], Any]
    read: Reader


@functools.lru_cache(maxsize=None)
def _specs(cls: type[Record]) -> dict[str, _Spec]:
    """The fields of a model by wire name. A name ending in ``_`` stands for the Python keyword without it."""
    hints = typing.get_type_hints(cls)
    apart = ("extra", "_seen", "_nulls")
    own = [each for each in dataclasses.fields(cls) if each.name not in apart and _HEADER not in each.metadata]
    return {
        each.name.rstrip("_"): _Spec(
            name=each.name,
            key=each.name.rstrip("_"),
            required=each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING,
            default=_default_of(each),
            read=_reader(hints[each.name]),
        )
        for each in own
    }


def _default_of(each: dataclasses.Field[Any]) -> Callable[[], Any]:
    if each.default_factory is not dataclasses.MISSING:
        return each.default_factory
    return lambda: each.default


def _reader(hint: Any) -> Reader:
    """How a type is read. The types of models are few: scalars, records, lists and maps of them, and Any."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in arguments if each is not type(None))
        return _reader(inner)
    if origin is list:
        item = _reader(arguments[0])
        return lambda value, path: [
            item(each, f"{path}[{index}]") for index, each in enumerate(_expect(list, "a list", value, path))
        ]
    if origin is dict:
        member = _reader(arguments[1])
        return lambda value, path: {
            key: member(each, _join(path, key)) for key, each in _expect(dict, "an object", value, path).items()
        }
    if hint is Any:
        return lambda value, path: value
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint.from_dict
    return _scalars[hint]


def _integer(value: Any, path: str) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ShapeError(path, "a whole number", value)
    return value


def _number(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ShapeError(path, "a number", value)
    return value


_scalars: dict[Any, Reader] = {
    str: lambda value, path: _expect(str, "text", value, path),
    bool: lambda value, path: _expect(bool, "true or false", value, path),
    int: _integer,
    float: _number,
}


def _expect(kind: type, wanted: str, value: Any, path: str) -> Any:
    if not isinstance(value, kind):
        raise ShapeError(path, wanted, value)
    return value


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value


def plain(value: Mapping[str, Any] | Record) -> dict[str, Any]:
    """A model, or a mapping that may hold models, as a JSON object of its own."""
    if isinstance(value, (Record, Mapping)):
        return dict(_plain(value))
    raise TypeError(f"a mapping or a model is needed, not {type(value).__name__}")
