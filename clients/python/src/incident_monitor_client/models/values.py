"""Parts that several records share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record


@dataclass(kw_only=True, repr=False)
class Gate(Record):
    """One question of a quality gate."""

    key: str | None = None
    label: str | None = None
    passed: bool = False
    detail: Any = None


@dataclass(kw_only=True, repr=False)
class QualityGate(Record):
    """What a report, or a proposal, had to answer, and what it did not."""

    stage: str | None = None
    status: str | None = None
    passed: bool = False
    passed_count: int | None = None
    total_count: int | None = None
    gates: list[Gate] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    blocked_reason: str | None = None


@dataclass(kw_only=True, repr=False)
class Reason(Record):
    """Why something was decided: a stable code, words, and the values in them."""

    code: str | None = None
    message: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True, repr=False)
class ActorRef(Record):
    """Who did it: a person, a token, a key, an agent, the system."""

    kind: str | None = None
    id: str | None = None
    name: str | None = None
    email: str | None = None


@dataclass(kw_only=True, repr=False)
class IdentityPart(Record):
    """One part of what made a fingerprint: why things were grouped."""

    name: str | None = None
    value: str | None = None


@dataclass(kw_only=True, repr=False)
class DeletedResponse(Record):
    """Answer of the deletes: how many were hidden."""

    ok: bool = False
    deleted: int | None = None


@dataclass(kw_only=True, repr=False)
class CountBucket(Record):
    """A count over the time that begins at ``from_ms``."""

    from_ms: int | None = None
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class TenantContext(Record):
    """Whom an answer is about. One tenant per deployment: ``local``."""

    org_id: str | None = None
    workspace_id: str | None = None
    source: str | None = None
    deployment_id: str | None = None
    actor_id: str | None = None


@dataclass(kw_only=True, repr=False)
class Health(Record):
    """Whether the server is up and its database reachable."""

    ready: bool = False
    healthy: bool = False
    version: str | None = None
