"""Many drafts in one call, each by itself and with its own outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..models.bulk import BulkOutcomes, BulkReview
from .base import IM, Calls, ids_of, merged


class BulkCalls(Calls):
    async def review_drafts(self, action: str, draft_ids: Iterable[str]) -> BulkReview:
        """What ``approve``, ``deny``, ``triage`` or ``retry`` would do to each of up to 200 drafts. Writes nothing.

        The digests answered are what ``decide_drafts`` approves them with.
        """
        body = {"action": action, "draft_ids": ids_of("draft_ids", draft_ids)}
        return await self._post(BulkReview, f"{IM}/drafts/bulk-review", body)

    async def decide_drafts(
        self,
        decision: str,
        items: Iterable[Mapping[str, Any]],
        reason: str | None = None,
        *,
        grace_ms: int | None = None,
    ) -> BulkOutcomes:
        """Approves or denies up to 200 drafts. Sent twice, it changes nothing.

        ``items``: ``{"draft_id": ..., "digest": ...}``, the digest for an approval. What has changed since, and what is of
        high risk, is not approved.
        """
        body = merged({"decision": decision, "items": [dict(item) for item in items]}, reason=reason, grace_ms=grace_ms)
        return await self._post(BulkOutcomes, f"{IM}/drafts/bulk-decide", body)

    async def triage_drafts(self, draft_ids: Iterable[str]) -> BulkOutcomes:
        """Puts up to 200 drafts under triage."""
        body = {"draft_ids": ids_of("draft_ids", draft_ids)}
        return await self._post(BulkOutcomes, f"{IM}/drafts/bulk-triage", body)

    async def retry_drafts(self, draft_ids: Iterable[str]) -> BulkOutcomes:
        """Sends the failed deliveries of up to 200 drafts again."""
        body = {"draft_ids": ids_of("draft_ids", draft_ids)}
        return await self._post(BulkOutcomes, f"{IM}/drafts/bulk-retry", body)
