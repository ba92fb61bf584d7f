"""Posts: deliveries and their receipts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from ..models.portable_receipt import PortableReceipt
from ..models.post import DestinationActivity, Post, PostAction, PostDetail, PostList, ReconciledPost, RetriedPost, RetriedPosts
from ..models.values import DeletedResponse
from .base import IM, Calls, Filter, bulk_of, pages, path_of


class PostCalls(Calls):
    async def list_posts(
        self,
        limit: int | None = None,
        destination_id: str | None = None,
        *,
        cursor: str | None = None,
        **filters: Filter,
    ) -> PostList:
        """One page, last changed first; 50 rows unless ``limit`` (1 to 200) says otherwise.

        Filters: ``status`` (pending, posted, failed, blocked), ``state`` of the delivery, ``draft_id``, ``incident``,
        and those of ``list_incidents``.
        """
        return await self._list(PostList, f"{IM}/posts", limit, cursor, {"destination_id": destination_id, **filters})

    def iterate_posts(self, *, page_size: int | None = None, **filters: Filter) -> AsyncIterator[Post]:
        """All posts that match, page by page. ``filters`` as for the list."""

        async def read(cursor: str | None) -> tuple[list[Post], str | None]:
            page = await self._list(PostList, f"{IM}/posts", page_size, cursor, filters)
            return page.posts, page.next_cursor

        return pages(read, f"{IM}/posts")

    async def get_post(self, post_id: str) -> PostDetail:
        """One receipt with its attempts, its approval and the exact payload. Raises NotFoundError."""
        return await self._get(PostDetail, path_of(IM, "/posts/{post_id}", post_id=post_id))

    async def get_portable_receipt(self, post_id: str) -> PortableReceipt:
        """One publish as a file that proves itself offline: write ``to_dict()`` as JSON with ``sort_keys=True`` and
        ``ensure_ascii=False``, and verify that with ``node scripts/audit.mjs verify FILE KEY``.

        Raises NotFoundError, and ConflictError while it has not ended or its entries are not sealed yet.
        """
        return await self._get(PortableReceipt, path_of(IM, "/posts/{post_id}/portable-receipt", post_id=post_id))

    async def get_destination_activity(self, destination_id: str, hours: int | None = None) -> DestinationActivity:
        """How a destination has done over 1, 24 or 168 hours; 24 without ``hours``. Raises NotFoundError."""
        path = path_of(IM, "/destinations/{destination_id}/activity", destination_id=destination_id)
        return await self._get(DestinationActivity, path, query={"hours": hours})

    async def retry_post(self, post_id: str) -> RetriedPost:
        """Sends a delivery that ended unsent again. Raises NotFoundError, ConflictError."""
        return await self._post(RetriedPost, path_of(IM, "/posts/{post_id}/retry", post_id=post_id), {})

    async def retry_posts(self, ids: Iterable[str]) -> RetriedPosts:
        """The same for up to 200, each with its own outcome."""
        return await self._post(RetriedPosts, f"{IM}/posts/bulk-retry", {"ids": list(ids)})

    async def cancel_post(self, post_id: str) -> PostAction:
        """Ends a delivery that waits, unsent. Raises NotFoundError, ConflictError."""
        return await self._post(PostAction, path_of(IM, "/posts/{post_id}/cancel", post_id=post_id), {})

    async def reconcile_post(self, post_id: str) -> ReconciledPost:
        """Asks the destination now whether a delivery without an answer had its effect."""
        return await self._post(ReconciledPost, path_of(IM, "/posts/{post_id}/reconcile", post_id=post_id), {})

    async def resolve_post(
        self, post_id: str, resolution: str, reason: str, external_url: str | None = None
    ) -> PostAction:
        """Says what came of a delivery without an answer: ``happened``, ``send_again`` or ``give_up``."""
        body = {"resolution": resolution, "reason": reason}
        if external_url is not None:
            body["external_url"] = external_url
        return await self._post(PostAction, path_of(IM, "/posts/{post_id}/resolve", post_id=post_id), body)

    async def delete_post(self, post_id: str, reason: str | None = None) -> DeletedResponse:
        """Hides a receipt. Raises NotFoundError."""
        path = path_of(IM, "/posts/{post_id}", post_id=post_id)
        return await self._send(DeletedResponse, "DELETE", path, query={"reason": reason})

    async def bulk_delete_posts(
        self, ids: Iterable[str] = (), *, all: bool = False, reason: str | None = None
    ) -> DeletedResponse:
        """Hides those named, or all; unknown ids are skipped."""
        return await self._post(DeletedResponse, f"{IM}/posts/bulk-delete", bulk_of(ids, all, reason))
