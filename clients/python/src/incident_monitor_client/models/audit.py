"""The audit ledger: entries, proofs, checkpoints and keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record


@dataclass(kw_only=True, repr=False)
class AuditEntry(Record):
    """One decision, change or refused attempt. ``sequence`` is None until it was sealed; ``detail`` where it was erased."""

    entry_id: str
    at_ms: int | None = None
    sequence: int | None = None
    actor: dict[str, Any] = field(default_factory=dict)
    action: str | None = None
    outcome: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    project_id: str | None = None
    request_id: str | None = None
    detail: dict[str, Any] | None = None
    erased: list[str] = field(default_factory=list)
    leaf_hash: str | None = None
    sealed_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class AuditList(Record):
    """Entries, newest first, with the cursor of the next page."""

    entries: list[AuditEntry] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class AuditCheckpoint(Record):
    """What the ledger was at one size. ``note`` is a signed note (C2SP tlog-checkpoint)."""

    size: int
    root: str | None = None
    key_id: str | None = None
    created_at_ms: int | None = None
    note: str | None = None


@dataclass(kw_only=True, repr=False)
class AuditKey(Record):
    """``verifier_key`` is the line that a verification is given."""

    key_id: str
    verifier_key: str | None = None
    from_size: int | None = None
    endorsed_by: str | None = None
    created_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class AuditCheckpointAnswer(Record):
    """The newest checkpoint of the ledger named ``origin``, and the keys that sign."""

    origin: str | None = None
    checkpoint: AuditCheckpoint | None = None
    keys: list[AuditKey] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class AuditProof(Record):
    """Leads from ``leaf`` by ``path`` to ``root``, which ``checkpoint`` signs."""

    sequence: int
    size: int | None = None
    root: str | None = None
    checkpoint: str | None = None
    sealed_by: int | None = None
    leaf: str | None = None
    leaf_hash: str | None = None
    actor_hash: str | None = None
    detail_hash: str | None = None
    path: list[str] = field(default_factory=list)
    holds: bool | None = None


@dataclass(kw_only=True, repr=False)
class AuditEntryAnswer(Record):
    """One entry, and once it was sealed what proves that it is in the ledger."""

    entry: AuditEntry
    proof: AuditProof | None = None


@dataclass(kw_only=True, repr=False)
class AuditConsistency(Record):
    """Leads by ``path`` from the ledger of size ``from_`` to that of size ``to``."""

    from_: int
    to: int
    path: list[str] = field(default_factory=list)
    checkpoint: AuditCheckpoint | None = None


@dataclass(kw_only=True, repr=False)
class AuditVerification(Record):
    """``problem`` names the first entry it shows at."""

    ok: bool
    problem: dict[str, Any] | None = None
    from_: int | None = None
    to: int | None = None
    entries: int | None = None
    checkpoints: int | None = None
    copies: int | None = None
    duration_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class AuditWitness(Record):
    """Where checkpoints are posted, how often, and what became of the last ones."""

    version: int
    destination_id: str | None = None
    interval_minutes: int | None = None
    destinations: list[dict[str, Any]] = field(default_factory=list)
    postings: list[dict[str, Any]] = field(default_factory=list)
    last_sent: dict[str, Any] | None = None


@dataclass(kw_only=True, repr=False)
class AuditWitnessAnswer(Record):
    """The witness as it is set now."""

    witness: AuditWitness


@dataclass(kw_only=True, repr=False)
class AuditLedger(Record):
    """Where the ledger stands."""

    witness: AuditWitness
    origin: str | None = None
    checkpoint: AuditCheckpoint | None = None
    keys: list[AuditKey] = field(default_factory=list)
    unsealed: dict[str, Any] = field(default_factory=dict)
    database: dict[str, Any] = field(default_factory=dict)
    remembered: dict[str, Any] | None = None
