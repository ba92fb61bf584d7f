"""Scoped intake keys: credentials that can report for one project and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record


@dataclass(kw_only=True, repr=False)
class IntakeKey(Record):
    """A key without its secret: ``key_hash`` is always ``[redacted]``."""

    key_id: str
    project_id: str | None = None
    name: str | None = None
    key_hash: str | None = None
    enabled: bool = False
    scopes: list[str] = field(default_factory=list)
    created_at_ms: int | None = None
    last_used_at_ms: int | None = None
    prefix: str | None = None
    source_ids: list[str] = field(default_factory=list)
    rate_per_second: int | None = None
    burst: int | None = None
    rejected_count: int | None = None
    daily_quota: int | None = None
    expires_at_ms: int | None = None
    disabled_at_ms: int | None = None
    rotated_from_id: str | None = None


@dataclass(kw_only=True, repr=False)
class IntakeKeyList(Record):
    """Keys by project and name: all, unless a ``limit`` asked for pages."""

    keys: list[IntakeKey] = field(default_factory=list)
    next_cursor: str | None = None


@dataclass(kw_only=True, repr=False)
class IntakeKeyResponse(Record):
    """The key as it is now."""

    key: IntakeKey


@dataclass(kw_only=True, repr=False)
class CreateIntakeKeyResponse(Record):
    """The new key. ``raw_key`` is answered here, once; it is left out of the representation."""

    key: IntakeKey
    raw_key: str = field(repr=False)


@dataclass(kw_only=True, repr=False)
class RotateIntakeKeyResponse(Record):
    """The successor and the key before it. ``raw_key`` is answered here, once; it is left out of the representation."""

    key: IntakeKey
    previous: IntakeKey
    raw_key: str = field(repr=False)
