"""Who has access: users, invitations, sessions and API tokens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from ..models.access import (
    AcceptedInvitation,
    ApiTokenList,
    ApiTokenResponse,
    FoundInvitation,
    FoundPasswordReset,
    InvitationList,
    InvitationResponse,
    MadeApiToken,
    MadeInvitation,
    MadePasswordReset,
    RoleTable,
    RotatedApiToken,
    SessionRevoked,
    SessionsRevoked,
    UsedPasswordReset,
    User,
    UserList,
    UserRemoved,
    UserResponse,
    UserSessionList,
)
from .base import IM, Calls, Filter, Payload, merged, pages, path_of

ACCESS = f"{IM}/access"
USER = "/users/{user_id}"


class AccessCalls(Calls):
    async def list_roles(self) -> RoleTable:
        """What each role and each kind of token may do."""
        return await self._get(RoleTable, f"{ACCESS}/roles")

    async def list_users(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> UserList:
        """One page, newest first. Filters: ``q``, ``role``, ``project``, ``disabled``."""
        return await self._list(UserList, f"{ACCESS}/users", limit, cursor, filters)

    def iterate_users(self, *, page_size: int | None = None, **filters: Filter) -> AsyncIterator[User]:
        """All users that match, page by page. ``filters`` as for the list."""

        async def read(cursor: str | None) -> tuple[list[User], str | None]:
            page = await self._list(UserList, f"{ACCESS}/users", page_size, cursor, filters)
            return page.users, page.next_cursor

        return pages(read, f"{ACCESS}/users")

    async def get_user(self, user_id: str) -> UserResponse:
        """One user, with its etag. Raises NotFoundError."""
        return await self._get(UserResponse, path_of(ACCESS, USER, user_id=user_id))

    async def update_user(
        self, user_id: str, change: Payload | None = None, *, if_match: str | None = None, **fields: Any
    ) -> UserResponse:
        """``name``, ``role`` or ``project_roles`` (replaces all there were), from the user's next request on.

        With ``version``, or the etag as ``if_match``, only over what was read: ConflictError otherwise. A role is taken
        away with ``{"role": None}`` as ``change``.
        """
        headers = {} if if_match is None else {"if-match": if_match}
        path = path_of(ACCESS, USER, user_id=user_id)
        return await self._send(UserResponse, "PATCH", path, merged(change, **fields), headers=headers)

    async def disable_user(self, user_id: str) -> UserResponse:
        """Every session of theirs ends at once. Doing it twice is the same."""
        return await self._post(UserResponse, path_of(ACCESS, USER, "/disable", user_id=user_id))

    async def enable_user(self, user_id: str) -> UserResponse:
        """Lets a disabled user sign in again, with the roles they had."""
        return await self._post(UserResponse, path_of(ACCESS, USER, "/enable", user_id=user_id))

    async def remove_user(self, user_id: str) -> UserRemoved:
        """For good. What they did stays on record."""
        return await self._send(UserRemoved, "DELETE", path_of(ACCESS, USER, user_id=user_id))

    async def list_user_sessions(self, user_id: str) -> UserSessionList:
        """Sessions in force, the one used last first."""
        return await self._get(UserSessionList, path_of(ACCESS, USER, "/sessions", user_id=user_id))

    async def revoke_user_sessions(self, user_id: str) -> SessionsRevoked:
        """Ends every session of theirs at once; they may sign in again."""
        return await self._post(SessionsRevoked, path_of(ACCESS, USER, "/sessions/revoke", user_id=user_id))

    async def revoke_session(self, session_id: str) -> SessionRevoked:
        """Ends one session at once."""
        path = path_of(ACCESS, "/sessions/{session_id}/revoke", session_id=session_id)
        return await self._post(SessionRevoked, path)

    async def list_invitations(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> InvitationList:
        """Neither accepted nor revoked, newest first; one page. Filter: ``q``."""
        return await self._list(InvitationList, f"{ACCESS}/invitations", limit, cursor, filters)

    async def invite_user(self, request: Payload | None = None, **fields: Any) -> MadeInvitation:
        """``email`` with ``role``, ``project_roles`` or both. The link is in this answer alone, good for seven days."""
        return await self._post(MadeInvitation, f"{ACCESS}/invitations", merged(request, **fields))

    async def renew_invitation(self, invitation_id: str) -> MadeInvitation:
        """A new link; the one before opens nothing any more."""
        path = path_of(ACCESS, "/invitations/{invitation_id}/renew", invitation_id=invitation_id)
        return await self._post(MadeInvitation, path)

    async def revoke_invitation(self, invitation_id: str) -> InvitationResponse:
        """Its link opens nothing any more."""
        path = path_of(ACCESS, "/invitations/{invitation_id}/revoke", invitation_id=invitation_id)
        return await self._post(InvitationResponse, path)

    async def find_invitation(self, token: str) -> FoundInvitation:
        """For the holder of a link; ``token`` is its last part. The client's own token stays here."""
        body = {"token": token}
        return await self._post(FoundInvitation, f"{ACCESS}/invitations/find", body, with_token=False)

    async def accept_invitation(self, token: str, name: str, password: str) -> AcceptedInvitation:
        """For the holder of a link, who becomes the user it invites. The client's own token stays here."""
        body = {"token": token, "name": name, "password": password}
        return await self._post(AcceptedInvitation, f"{ACCESS}/invitations/accept", body, with_token=False)

    async def make_password_reset(self, user_id: str) -> MadePasswordReset:
        """For somebody who forgot theirs: a link, in this answer alone, good for 24 hours; the one before ends."""
        return await self._post(MadePasswordReset, path_of(ACCESS, USER, "/password-reset", user_id=user_id))

    async def find_password_reset(self, token: str) -> FoundPasswordReset:
        """For the holder of a link; ``token`` is its last part. The client's own token stays here."""
        body = {"token": token}
        return await self._post(FoundPasswordReset, f"{ACCESS}/password-resets/find", body, with_token=False)

    async def use_password_reset(self, token: str, password: str) -> UsedPasswordReset:
        """For the holder of a link: sets the password and ends every session. The client's own token stays here."""
        body = {"token": token, "password": password}
        return await self._post(UsedPasswordReset, f"{ACCESS}/password-resets/use", body, with_token=False)

    async def list_tokens(
        self, limit: int | None = None, *, cursor: str | None = None, **filters: Filter
    ) -> ApiTokenList:
        """One page, newest first. Filters: ``q``, ``kind``, ``disabled``."""
        return await self._list(ApiTokenList, f"{ACCESS}/tokens", limit, cursor, filters)

    async def create_token(self, request: Payload | None = None, **fields: Any) -> MadeApiToken:
        """``name`` and ``kind`` (admin, service, agent); optional ``scopes``, ``expires_at_ms``. The value is in this answer alone."""
        return await self._post(MadeApiToken, f"{ACCESS}/tokens", merged(request, **fields))

    async def rotate_token(
        self, token_id: str, request: Payload | None = None, **fields: Any
    ) -> RotatedApiToken:
        """A successor with the same kind and scopes. Optional: ``overlap_ms``, ``expires_at_ms``."""
        path = path_of(ACCESS, "/tokens/{token_id}/rotate", token_id=token_id)
        return await self._post(RotatedApiToken, path, merged(request, **fields))

    async def disable_token(self, token_id: str) -> ApiTokenResponse:
        """Stops it for good and at once. Doing it twice is the same."""
        return await self._post(ApiTokenResponse, path_of(ACCESS, "/tokens/{token_id}/disable", token_id=token_id))
