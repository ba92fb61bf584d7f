"""What is stored of deployment cards, version by version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record
from .security import SecurityScope
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class CardChange(Record):
    """One field that a version says otherwise than the one before."""

    field: str
    before: Any = None
    after: Any = None


@dataclass(kw_only=True, repr=False)
class CardVersion(Record):
    """One version of a card's metadata: saved, reviewed or removed, by whom and when."""

    version: int
    action: str | None = None
    changes: list[CardChange] = field(default_factory=list)
    actor: ActorRef | None = None
    at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class CardMetadataResponse(Record):
    """What is stored of a card; ``version`` is the ETag, 0 where nothing is stored."""

    card_id: str
    project_id: str | None = None
    target: dict[str, Any] | None = None
    version: int | None = None
    metadata: dict[str, Any] | None = None
    last_reviewed_at_ms: int | None = None
    versions: list[CardVersion] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ReadinessAttestation(Record):
    """Who vouches for a control that the product cannot see, and until when."""

    attestation_id: str
    control_id: str | None = None
    note: str | None = None
    actor: ActorRef | None = None
    attested_at_ms: int | None = None
    expires_at_ms: int | None = None
    lapsed: bool | None = None


@dataclass(kw_only=True, repr=False)
class ReadinessControl(Record):
    """One control of a production deployment: met, attention, not_evaluable or customer_owned, and why."""

    control_id: str
    group: str | None = None
    title: str | None = None
    state: str | None = None
    why: str | None = None
    next_step: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    acknowledgement: ReadinessAttestation | None = None


@dataclass(kw_only=True, repr=False)
class ProductionReadiness(Record):
    """Answer of ``get_production_readiness``."""

    schema_version: int
    generated_at_ms: int | None = None
    scope: SecurityScope | None = None
    counts: dict[str, int] = field(default_factory=dict)
    controls: list[ReadinessControl] = field(default_factory=list)
