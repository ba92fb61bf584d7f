"""What runtimes register about themselves, and who or what may publish where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record


@dataclass(kw_only=True, repr=False)
class AuthorityRegistration(Record):
    """What a runtime registered, as which generation, and how long ago."""

    runtime_id: str
    name: str | None = None
    generation: int | None = None
    registered_at_ms: int | None = None
    expires_at_ms: int | None = None
    age_ms: int | None = None
    stale: bool | None = None
    counts: dict[str, int] = field(default_factory=dict)
    workflows: list[dict[str, Any]] = field(default_factory=list)
    automation_specs: list[dict[str, Any]] = field(default_factory=list)
    agents: list[dict[str, Any]] = field(default_factory=list)
    tool_policies: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AuthorityRegistered(Record):
    """Answer of ``put_authority_subjects``. ``changed`` false: the same was said before, and only its age began anew."""

    registration: AuthorityRegistration
    changed: bool | None = None


@dataclass(kw_only=True, repr=False)
class AuthorityRegistrations(Record):
    """Answer of ``list_authority_subjects``."""

    registrations: list[AuthorityRegistration] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class AuthorityRegistrationRemoved(Record):
    """Answer of ``delete_authority_subjects``."""

    runtime_id: str
    removed: bool | None = None


@dataclass(kw_only=True, repr=False)
class AuthorityNode(Record):
    """Who acts or reports, the rule that is passed, or where it leads."""

    node_id: str
    column: str | None = None
    kind: str | None = None
    label: str | None = None
    note: str | None = None


@dataclass(kw_only=True, repr=False)
class AuthorityPath(Record):
    """One way to publish. ``people``: how many different people must approve; 0 where nobody here is asked."""

    who_id: str
    gate_id: str
    where_id: str
    approval: str | None = None
    people: int | None = None
    why: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AuthorityGraph(Record):
    """Answer of ``get_authority_graph``."""

    schema_version: int
    generated_at_ms: int | None = None
    nodes: list[AuthorityNode] = field(default_factory=list)
    paths: list[AuthorityPath] = field(default_factory=list)
    truncated: bool | None = None
