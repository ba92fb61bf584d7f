"""Deployment cards as they are stored: read, described, reviewed, taken back."""

from __future__ import annotations

from typing import Any

from ..models.cards import CardMetadataResponse, ProductionReadiness
from ..models.governance import DeploymentCards
from .base import IM, Calls, Payload, merged, path_of

CARDS = f"{IM}/security/deployment-cards"


class CardCalls(Calls):
    async def list_deployment_cards(
        self, *, card_id: str | None = None, include_markdown: bool | None = None
    ) -> DeploymentCards:
        """The cards as they are stored, with what is missing and which reviews are overdue."""
        query = {"card_id": card_id, "include_markdown": include_markdown}
        return await self._get(DeploymentCards, CARDS, query)

    async def get_production_readiness(self) -> ProductionReadiness:
        """Which controls of a production deployment hold here, and who vouches for what cannot be seen."""
        return await self._get(ProductionReadiness, f"{IM}/security/production-readiness")

    async def get_card_metadata(self, card_id: str) -> CardMetadataResponse:
        """What is stored of a card, and every version of it with what it changed."""
        return await self._get(CardMetadataResponse, _path(card_id, "metadata"))

    async def put_card_metadata(
        self,
        card_id: str,
        metadata: Payload | None = None,
        *,
        if_match: str | None = None,
        if_none_match: str | None = None,
        **fields: Any,
    ) -> CardMetadataResponse:
        """Stores what is said of a card, whole, as its next version. ConflictError over another version than named."""
        given = {"if-match": if_match, "if-none-match": if_none_match}
        headers = {key: value for key, value in given.items() if value is not None}
        path = _path(card_id, "metadata")
        return await self._send(CardMetadataResponse, "PUT", path, merged(metadata, **fields), headers=headers)

    async def delete_card_metadata(self, card_id: str, *, if_match: str | None = None) -> CardMetadataResponse:
        """Takes back what is stored of a card; its versions stay."""
        return await self._send(CardMetadataResponse, "DELETE", _path(card_id, "metadata"), headers=_over(if_match))

    async def review_card(self, card_id: str, *, if_match: str | None = None) -> CardMetadataResponse:
        """Records that the card was looked at and still holds."""
        return await self._post(CardMetadataResponse, _path(card_id, "reviews"), headers=_over(if_match))


def _path(card_id: str, rest: str) -> str:
    return path_of(CARDS, f"/{{card_id}}/{rest}", card_id=card_id)


def _over(if_match: str | None) -> dict[str, str]:
    return {} if if_match is None else {"if-match": if_match}
