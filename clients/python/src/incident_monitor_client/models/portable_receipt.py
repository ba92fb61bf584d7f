"""One publish as a file that proves itself offline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record


@dataclass(kw_only=True, repr=False)
class ReceiptActor(Record):
    """Who acted, as the ledger names them; ``name`` is None once it was erased."""

    kind: str
    id: str
    name: str | None = None


@dataclass(kw_only=True, repr=False)
class ReceiptSent(Record):
    """What the destination answered. The entry of the end holds SHA-256 over this object's canonical form."""

    post_id: str
    operation: str | None = None
    status: str | None = None
    external_id: str | None = None
    external_url: str | None = None
    idempotency_key_digest: str | None = None


@dataclass(kw_only=True, repr=False)
class ReceiptDelivery(Record):
    """What was sent where and how it ended; ``entry`` is the sequence it rests on. ``sent`` is None for older receipts."""

    entry: int
    at: str | None = None
    delivery_id: str | None = None
    draft_id: str | None = None
    destination_id: str | None = None
    destination_kind: str | None = None
    state: str | None = None
    payload_digest: str | None = None
    approval_id: str | None = None
    sent: ReceiptSent | None = None


@dataclass(kw_only=True, repr=False)
class ReceiptAsked(Record):
    """Who asked for the publish, and whether the policy required an approval then."""

    entry: int
    at: str | None = None
    by: ReceiptActor | None = None
    approval_required: bool | None = None


@dataclass(kw_only=True, repr=False)
class ReceiptApproval(Record):
    """One approval that counted. ``reason_state``: ``given``, ``none``, or ``withheld`` where its words were erased."""

    entry: int
    approval_id: str | None = None
    at: str | None = None
    by: ReceiptActor | None = None
    digest: str | None = None
    payload_digest: str | None = None
    binding: str | None = None
    needed: int | None = None
    break_glass: bool | None = None
    expires_at_ms: int | None = None
    reason: str | None = None
    reason_state: str | None = None


@dataclass(kw_only=True, repr=False)
class ReceiptAttemptFacts(Record):
    """One attempt; its entry holds SHA-256 over this object's canonical form."""

    attempt: int | None = None
    started_at_ms: int | None = None
    duration_ms: int | None = None
    outcome: str | None = None
    reason_code: str | None = None
    status_code: int | None = None
    request_digest: str | None = None
    response_digest: str | None = None


@dataclass(kw_only=True, repr=False)
class ReceiptAttempt(Record):
    """What came of one attempt."""

    entry: int
    at: str | None = None
    state: str | None = None
    facts: ReceiptAttemptFacts | None = None


@dataclass(kw_only=True, repr=False)
class ReceiptEntry(Record):
    """One entry of the ledger, whole, with its inclusion proof. A field that was erased is its salted hash."""

    sequence: int
    id: str | None = None
    at: str | None = None
    actor_key: str | None = None
    action: str | None = None
    outcome: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    project_id: str | None = None
    request_id: str | None = None
    actor: dict[str, Any] | None = None
    actor_salt: str | None = None
    actor_hash: str | None = None
    detail: dict[str, Any] | None = None
    detail_salt: str | None = None
    detail_hash: str | None = None
    leaf_hash: str | None = None
    proof: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class ReceiptKey(Record):
    """A key that signed the ledger, with the signature of the one before that handed over to it."""

    key_id: str
    ordinal: int | None = None
    name: str | None = None
    public_key: str | None = None
    from_size: int | None = None
    endorsed_by: str | None = None
    endorsement: str | None = None
    created_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class PortableReceipt(Record):
    """A publish with the entries it rests on and one signed checkpoint. No payload, no target and no secret is in it."""

    format: str
    receipt: ReceiptDelivery
    asked: ReceiptAsked | None = None
    approvals: list[ReceiptApproval] = field(default_factory=list)
    attempts: list[ReceiptAttempt] = field(default_factory=list)
    entries: list[ReceiptEntry] = field(default_factory=list)
    checkpoint: str | None = None
    keys: list[ReceiptKey] = field(default_factory=list)
