"""What an admin does for the account of somebody else."""

from __future__ import annotations

from ..models.account import TotpReset
from .base import IM, Calls, path_of


class AccountCalls(Calls):
    async def reset_totp(self, user_id: str) -> TotpReset:
        """For somebody who has lost phone and recovery codes: takes their second factor away and ends their sessions.

        Raises NotFoundError.
        """
        return await self._post(TotpReset, path_of(IM, "/access/users/{user_id}/totp-reset", user_id=user_id))
