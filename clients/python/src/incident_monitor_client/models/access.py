"""Who has access: users, their sessions, invitations, API tokens, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..record import Record, header
from .values import ActorRef


@dataclass(kw_only=True, repr=False)
class User(Record):
    """A person who can sign in. ``role`` is over everything, ``project_roles`` by project id."""

    user_id: str
    email: str | None = None
    name: str | None = None
    version: int | None = None
    role: str | None = None
    project_roles: dict[str, str] = field(default_factory=dict)
    created_at_ms: int | None = None
    last_seen_at_ms: int | None = None
    disabled_at_ms: int | None = None
    session_count: int | None = None


@dataclass(kw_only=True, repr=False)
class UserResponse(Record):
    """One user. ``etag`` is the answer's header, for the next change."""

    user: User
    etag: str | None = header("etag")


@dataclass(kw_only=True, repr=False)
class UserList(Record):
    """One page of users, newest first."""

    users: list[User] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class UserRemoved(Record):
    """What the person did stays on record under this id."""

    user_id: str
    removed: bool = False


@dataclass(kw_only=True, repr=False)
class UserSession(Record):
    """A session in force."""

    session_id: str
    user_id: str | None = None
    user_agent: str | None = None
    created_at_ms: int | None = None
    last_seen_at_ms: int | None = None
    expires_at_ms: int | None = None
    current: bool = False


@dataclass(kw_only=True, repr=False)
class UserSessionList(Record):
    """A user's sessions, the one used last first."""

    sessions: list[UserSession] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class SessionRevoked(Record):
    """It has ended."""

    session_id: str
    revoked: bool = False


@dataclass(kw_only=True, repr=False)
class SessionsRevoked(Record):
    """How many there were to end."""

    user_id: str
    ended: int | None = None


@dataclass(kw_only=True, repr=False)
class Invitation(Record):
    """Neither accepted nor revoked. ``state``: open or expired."""

    invitation_id: str
    email: str | None = None
    role: str | None = None
    project_roles: dict[str, str] = field(default_factory=dict)
    state: str | None = None
    invited_by: ActorRef | None = None
    created_at_ms: int | None = None
    expires_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class InvitationList(Record):
    """One page of invitations, newest first."""

    invitations: list[Invitation] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class InvitationResponse(Record):
    """One invitation."""

    invitation: Invitation


@dataclass(kw_only=True, repr=False)
class MadeInvitation(Record):
    """``link`` is in this answer alone: whoever opens it becomes the user. ``mailed``: it is on its way there too."""

    invitation: Invitation
    link: str | None = None
    mailed: bool = False


@dataclass(kw_only=True, repr=False)
class MadePasswordReset(Record):
    """``link`` is in this answer alone: whoever opens it sets the password. ``mailed``: it is on its way there too."""

    user_id: str
    email: str | None = None
    expires_at_ms: int | None = None
    link: str | None = None
    mailed: bool = False


@dataclass(kw_only=True, repr=False)
class FoundPasswordReset(Record):
    """Whose password a link sets, as its holder may know it."""

    email: str
    expires_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class UsedPasswordReset(Record):
    """The password is set. ``ended``: sessions that there were."""

    email: str
    ended: int | None = None


@dataclass(kw_only=True, repr=False)
class FoundInvitation(Record):
    """Whom a link is for, as its holder may know it."""

    email: str
    role: str | None = None
    project_roles: dict[str, str] = field(default_factory=dict)
    expires_at_ms: int | None = None


@dataclass(kw_only=True, repr=False)
class AcceptedInvitation(Record):
    """The user that the holder of the link has become."""

    user_id: str
    email: str | None = None


@dataclass(kw_only=True, repr=False)
class ApiToken(Record):
    """Never its value nor its hash. ``scopes`` empty: all that its kind may do."""

    token_id: str
    name: str | None = None
    kind: str | None = None
    prefix: str | None = None
    scopes: list[str] = field(default_factory=list)
    bootstrap: bool = False
    created_by: ActorRef | None = None
    created_at_ms: int | None = None
    expires_at_ms: int | None = None
    last_used_at_ms: int | None = None
    disabled_at_ms: int | None = None
    rotated_from_id: str | None = None


@dataclass(kw_only=True, repr=False)
class ApiTokenList(Record):
    """One page of tokens, newest first."""

    tokens: list[ApiToken] = field(default_factory=list)
    count: int | None = None
    next_cursor: str | None = None
    total: int | None = None


@dataclass(kw_only=True, repr=False)
class ApiTokenResponse(Record):
    """One token."""

    token: ApiToken


@dataclass(kw_only=True, repr=False)
class MadeApiToken(Record):
    """``raw_token`` is in this answer alone."""

    token: ApiToken
    raw_token: str | None = None


@dataclass(kw_only=True, repr=False)
class RotatedApiToken(Record):
    """``token`` is the successor, ``previous`` the old one with its new end."""

    token: ApiToken
    raw_token: str | None = None
    previous: ApiToken | None = None


@dataclass(kw_only=True, repr=False)
class RolePermissions(Record):
    """What a role may do."""

    role: str
    permissions: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class TokenKindPermissions(Record):
    """What a token of this kind can be allowed."""

    kind: str
    permissions: list[str] = field(default_factory=list)


@dataclass(kw_only=True, repr=False)
class RoleTable(Record):
    """What each role and each kind of token may do."""

    permissions: list[str] = field(default_factory=list)
    roles: list[RolePermissions] = field(default_factory=list)
    token_kinds: list[TokenKindPermissions] = field(default_factory=list)
