"""Who and what may act here, and what runtimes register about themselves. Redacted: names and presence, no values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..models.authority import (
    AuthorityGraph,
    AuthorityRegistered,
    AuthorityRegistrationRemoved,
    AuthorityRegistrations,
)
from ..models.security import AuthorityInventory
from .base import IM, Calls, Payload, merged, path_of
from .config import guarded

SECURITY = f"{IM}/security"
SUBJECTS = f"{SECURITY}/authority-subjects"


class AuthorityCalls(Calls):
    async def get_authority_inventory(self) -> AuthorityInventory:
        """What this deployment knows that can act, be acted on, or decide."""
        return await self._get(AuthorityInventory, f"{SECURITY}/authority-inventory")

    async def get_authority_graph(self) -> AuthorityGraph:
        """Who or what may publish where, and through which approval."""
        return await self._get(AuthorityGraph, f"{SECURITY}/authority-graph")

    async def list_authority_subjects(self) -> AuthorityRegistrations:
        """What runtimes registered about themselves, with its age."""
        return await self._get(AuthorityRegistrations, SUBJECTS)

    async def put_authority_subjects(
        self,
        request: Payload | None = None,
        *,
        runtime_id: str | None = None,
        name: str | None = None,
        expires_in_ms: int | None = None,
        workflows: Iterable[Mapping[str, Any]] | None = None,
        automation_specs: Iterable[Mapping[str, Any]] | None = None,
        agents: Iterable[Mapping[str, Any]] | None = None,
        tool_policies: Iterable[Mapping[str, Any]] | None = None,
        if_match: str | None = None,
        only_new: bool = False,
    ) -> AuthorityRegistered:
        """Registers all that a runtime has, over what it said before. Names alone, never a value.

        ``if_match`` is the etag of what was read: refused (ConflictError) if it is not that any more.
        """
        body = merged(
            request,
            runtime_id=runtime_id,
            name=name,
            expires_in_ms=expires_in_ms,
            workflows=_listed(workflows),
            automation_specs=_listed(automation_specs),
            agents=_listed(agents),
            tool_policies=_listed(tool_policies),
        )
        return await self._send(AuthorityRegistered, "PUT", SUBJECTS, body, **guarded(if_match, False, only_new))

    async def delete_authority_subjects(self, runtime_id: str) -> AuthorityRegistrationRemoved:
        """Takes out everything a runtime registered."""
        path = path_of(SUBJECTS, "/{runtime_id}", runtime_id=runtime_id)
        return await self._send(AuthorityRegistrationRemoved, "DELETE", path)


def _listed(rows: Iterable[Mapping[str, Any]] | None) -> list[Mapping[str, Any]] | None:
    return None if rows is None else list(rows)
