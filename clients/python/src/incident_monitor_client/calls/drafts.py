"""Drafts: review, decide, investigate, publish."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from ..models.bulk import UndonePosts
from ..models.draft import BreakGlassList, Draft, DraftList, DraftResponse
from ..models.publish import ApproveResponse, DenyResponse, PublishResponse
from ..models.review import DraftReview
from ..models.triage import IssueDraftResponse, TriageReview, TriageRunResponse, TriageSummaryResponse
from ..models.values import DeletedResponse
from .base import IM, Calls, Filter, Payload, bulk_of, ids_of, merged, pages, path_of


class DraftCalls(Calls):
    async def list_drafts(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> DraftList:
        """One page, newest first unless ``sort`` says oldest, risk or occurrences; 50 rows unless ``limit`` (1 to 200) says otherwise.

        Filters: ``state`` is a group of the queue (open, approval_due, approved, sending, failed, published, denied,
        held), ``status`` the wire's word; ``approval``, ``triage``, ``issue``, ``delivery``, ``incident``, and those of
        ``list_incidents``.
        """
        return await self._list(DraftList, f"{IM}/drafts", limit, cursor, filters)

    def iterate_drafts(self, *, page_size: int | None = None, **filters: Filter) -> AsyncIterator[Draft]:
        """All drafts that match, page by page. ``filters`` as for the list."""

        async def read(cursor: str | None) -> tuple[list[Draft], str | None]:
            page = await self.list_drafts(page_size, cursor=cursor, **filters)
            return page.drafts, page.next_cursor

        return pages(read, f"{IM}/drafts")

    async def get_draft(self, draft_id: str) -> Draft:
        """One draft. Raises NotFoundError."""
        wire = await self._get(DraftResponse, _path("", draft_id))
        return wire.draft

    async def get_draft_review(self, draft_id: str) -> DraftReview:
        """What a reviewer decides on: the exact payloads, the route, the rules, the allowed actions."""
        return await self._get(DraftReview, _path("/review", draft_id))

    async def approve_draft(
        self,
        draft_id: str,
        reason: str = "",
        *,
        destination_ids: Iterable[str] | None = None,
        digest: str | None = None,
        expires_in_ms: int | None = None,
        grace_ms: int | None = None,
    ) -> ApproveResponse:
        """Freezes what would leave and opens the gate for it. Sends nothing, unless the server is set to.

        ``digest`` of a review: refused (ConflictError) if the draft is not what was seen any more.
        """
        body = merged(
            {"reason": reason},
            destination_ids=ids_of("destination_ids", destination_ids),
            digest=digest,
            expires_in_ms=expires_in_ms,
            grace_ms=grace_ms,
        )
        return await self._post(ApproveResponse, _path("/approve", draft_id), body)

    async def deny_draft(self, draft_id: str, reason: str = "") -> DenyResponse:
        """Closes the gate for good."""
        return await self._post(DenyResponse, _path("/deny", draft_id), {"reason": reason})

    async def withdraw_approval(self, draft_id: str, reason: str = "") -> DenyResponse:
        """Takes back an approval of one's own while nothing has left under it. Raises ConflictError."""
        return await self._post(DenyResponse, _path("/withdraw", draft_id), {"reason": reason})

    async def list_break_glass_reviews(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> BreakGlassList:
        """When an admin approved alone, newest first; ``state``: open, overdue, reviewed. One page."""
        return await self._list(BreakGlassList, f"{IM}/break-glass-reviews", limit, cursor, filters)

    async def get_triage_review(self, draft_id: str) -> TriageReview:
        """Its newest triage run: how far it is, what it found and came to, and what you may do with it."""
        return await self._get(TriageReview, _path("/triage", draft_id))

    async def create_triage_run(self, draft_id: str, *, executor: str | None = None) -> TriageRunResponse:
        """Has the draft investigated. While a run is live, that one is answered (``deduped``).

        ``executor="agent"``: workers leave a new run alone for ten minutes, for an external agent to claim it.
        """
        body = None if executor is None else {"executor": executor}
        return await self._post(TriageRunResponse, _path("/triage-run", draft_id), body)

    async def create_triage_summary(self, draft_id: str, payload: Payload | None = None) -> TriageSummaryResponse:
        """Writes over what the investigation found; nothing has it summarised again.

        Raises IncidentMonitorError (400) when the proposal gate stops the issue draft: the summary is kept, and the error's body has
        the gate.
        """
        return await self._post(TriageSummaryResponse, _path("/triage-summary", draft_id), merged(payload))

    async def create_issue_draft(self, draft_id: str, payload: Payload | None = None) -> IssueDraftResponse:
        """Makes the issue draft anew from the stored summary."""
        return await self._post(IssueDraftResponse, _path("/issue-draft", draft_id), merged(payload))

    async def publish_draft(self, draft_id: str, payload: Payload | None = None) -> PublishResponse:
        """Queues one delivery per destination and waits up to 10 s for the receipts.

        Without destinations those of the route. An ``action`` of ``approval_required`` means that nothing left.
        """
        return await self._post(PublishResponse, _path("/publish", draft_id), merged(payload))

    async def publish_draft_to_destinations(
        self, draft_id: str, destination_ids: Iterable[str], payload: Payload | None = None
    ) -> PublishResponse:
        """Publishes to these destinations. The rules of the route that would have matched still hold."""
        ids = ids_of("destination_ids", destination_ids)
        return await self.publish_draft(draft_id, merged(payload, destination_ids=ids))

    async def undo_publish(self, draft_id: str, post_ids: Iterable[str]) -> UndonePosts:
        """Takes back what was published and has not left, while its ``grace_ms`` lasts."""
        return await self._post(UndonePosts, _path("/undo-publish", draft_id), {"post_ids": ids_of("post_ids", post_ids)})

    async def claim_draft(self, draft_id: str, *, take_over: bool = False) -> DraftResponse:
        """Says that you are on it, for a quarter of an hour; again, it is renewed.

        Raises ConflictError while somebody else is, unless you take it over. It stops nobody from deciding.
        """
        return await self._post(DraftResponse, _path("/claim", draft_id), {"take_over": take_over})

    async def release_draft(self, draft_id: str) -> DraftResponse:
        """Says that you are no longer on it."""
        return await self._post(DraftResponse, _path("/release", draft_id), {})

    async def recheck_match(self, draft_id: str, payload: Payload | None = None) -> PublishResponse:
        """Looks for an issue or record that exists outside already. Sends nothing."""
        return await self._post(PublishResponse, _path("/recheck-match", draft_id), merged(payload))

    async def delete_draft(self, draft_id: str, reason: str | None = None) -> DeletedResponse:
        """Hides a draft. Raises NotFoundError."""
        return await self._send(DeletedResponse, "DELETE", _path("", draft_id), query={"reason": reason})

    async def bulk_delete_drafts(
        self, ids: Iterable[str] = (), *, all: bool = False, reason: str | None = None
    ) -> DeletedResponse:
        """Hides those named, or all; unknown ids are skipped."""
        return await self._post(DeletedResponse, f"{IM}/drafts/bulk-delete", bulk_of(ids, all, reason))


def _path(rest: str, draft_id: str) -> str:
    return path_of(IM, "/drafts/{draft_id}", rest, draft_id=draft_id)
