"""The audit ledger: who did what, and the proof that nobody changed it since."""

from __future__ import annotations

from collections.abc import AsyncIterator

from ..models.audit import (
    AuditCheckpointAnswer,
    AuditConsistency,
    AuditEntry,
    AuditEntryAnswer,
    AuditLedger,
    AuditList,
    AuditVerification,
    AuditWitnessAnswer,
)
from .base import Calls, Filter, merged, pages, path_of

LEDGER = "/audit/ledger"


class AuditCalls(Calls):
    async def list_audit_entries(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> AuditList:
        """One page, newest first; 50 rows unless ``limit`` (1 to 200) says otherwise.

        Filters: ``actor`` (a kind, or ``user:user-1``), ``action`` (or its beginning up to a dot), ``outcome``,
        ``subject_kind``, ``subject_id``, ``project``, ``request_id``, ``since``, ``until``.
        """
        return await self._list(AuditList, LEDGER, limit, cursor, filters)

    def iterate_audit_entries(self, *, page_size: int | None = None, **filters: Filter) -> AsyncIterator[AuditEntry]:
        """All entries that match, page by page. ``filters`` as for the list."""

        async def read(cursor: str | None) -> tuple[list[AuditEntry], str | None]:
            page = await self._list(AuditList, LEDGER, page_size, cursor, filters)
            return page.entries, page.next_cursor

        return pages(read, LEDGER)

    async def get_audit_entry(self, entry_id: str) -> AuditEntryAnswer:
        """One entry with the proof that it is in the ledger as it was written. Raises NotFoundError."""
        return await self._get(AuditEntryAnswer, path_of(LEDGER, "/entries/{entry_id}", entry_id=entry_id))

    async def get_audit_ledger(self) -> AuditLedger:
        """Where the ledger stands: checkpoint, keys, what waits, who could change it, its witness."""
        return await self._get(AuditLedger, f"{LEDGER}/state")

    async def get_audit_checkpoint(self) -> AuditCheckpointAnswer:
        """The newest signed checkpoint and the public keys."""
        return await self._get(AuditCheckpointAnswer, f"{LEDGER}/checkpoint")

    async def get_audit_consistency(self, from_size: int, to_size: int | None = None) -> AuditConsistency:
        """The proof that the ledger of ``to_size`` entries, the newest checkpoint when None, grew out of ``from_size``."""
        return await self._get(AuditConsistency, f"{LEDGER}/consistency", {"from": from_size, "to": to_size})

    async def export_audit_ledger(self, *, format: str = "jsonl", after: int | None = None, **filters: Filter) -> str:
        """Sealed entries as text: ``jsonl`` (provable), ``ocsf`` or ``cef``, after a sequence that is held already.

        Whole in memory; ``filters`` as for the list. For a large ledger go on from ``after`` or use the command line.
        """
        return await self._transport.text(f"{LEDGER}/export", query={"format": format, "after": after, **filters})

    async def verify_audit_ledger(self, entries: int | None = None) -> AuditVerification:
        """Verifies the newest entries on the server, the keys, and copies kept elsewhere."""
        return await self._post(AuditVerification, f"{LEDGER}/verify", merged(None, entries=entries))

    async def put_audit_witness(
        self, destination_id: str | None, *, interval_minutes: int, version: int
    ) -> AuditWitnessAnswer:
        """Says which webhook destination is told of checkpoints; None: nobody. Raises ConflictError for an old version."""
        body = {"destination_id": destination_id, "interval_minutes": interval_minutes, "version": version}
        return await self._send(AuditWitnessAnswer, "PUT", f"{LEDGER}/witness", body)
