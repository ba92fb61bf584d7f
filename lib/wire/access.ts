import type {
  ApiTokenListQuery,
  ApiTokenWire,
  CreateApiTokenWire,
  InvitationListQuery,
  InvitationWire,
  InviteUserWire,
  MadePasswordResetWire,
  PermissionWord,
  RoleTableWire,
  RotateApiTokenWire,
  ScopeWord,
  UpdateUserWire,
  UserListQuery,
  UserSessionWire,
  UserWire,
} from "@/lib/contracts/access";
import type { ApiToken, Invitation, PasswordReset, User, UserSession } from "@/lib/domain/access";
import type { Actor, Role, TokenKind } from "@/lib/domain/actor";
import type { Permission } from "@/lib/domain/permission";
import { invitationPath, linkTo, passwordResetPath } from "@/lib/paths";
import { flagOf, given, pageFromQuery } from "./list-query";
import { present } from "./record-parts";

type Page<Name extends string, Row> = { [Key in Name]: Row[] } & { total: number; nextCursor: string | null };

export function userToWire(user: User): UserWire {
  return {
    user_id: user.userId,
    email: user.email,
    name: user.name,
    version: user.version,
    project_roles: user.projectRoles,
    created_at_ms: user.createdAtMs,
    session_count: user.sessionCount,
    ...present({
      role: user.role,
      last_seen_at_ms: user.lastSeenAtMs,
      disabled_at_ms: user.disabledAtMs,
    }),
  };
}

const tail = ({ total, nextCursor }: { total: number; nextCursor: string | null }) => ({
  ...present({ next_cursor: nextCursor }),
  total,
});

export function userListToWire(list: Page<"users", User>) {
  return { users: list.users.map(userToWire), count: list.users.length, ...tail(list) };
}

export function listUsersFromQuery(query: UserListQuery) {
  const filter = {
    ...{ search: given(query.q), role: query.role, projectId: given(query.project) },
    disabled: flagOf(query.disabled),
  };
  return { page: pageFromQuery(query), filter };
}

/** Absent and null are two things for the role: as it was, and none. */
export function updateUserFromWire(body: UpdateUserWire) {
  const { name, role, project_roles: projectRoles } = body;
  return { version: body.version, change: { name, role, projectRoles } };
}

/** `actor`: who asks, to tell their own session from the others. */
export function userSessionToWire(session: UserSession, actor: Actor): UserSessionWire {
  return {
    session_id: session.sessionId,
    user_id: session.userId,
    created_at_ms: session.createdAtMs,
    last_seen_at_ms: session.lastSeenAtMs,
    expires_at_ms: session.expiresAtMs,
    current: actor.kind === "user" && actor.sessionId === session.sessionId,
    ...present({ user_agent: session.userAgent }),
  };
}

export function userSessionListToWire(sessions: UserSession[], actor: Actor) {
  return { sessions: sessions.map((each) => userSessionToWire(each, actor)), count: sessions.length };
}

export function invitationToWire(invitation: Invitation, nowMs: number): InvitationWire {
  return {
    invitation_id: invitation.invitationId,
    email: invitation.email,
    project_roles: invitation.projectRoles,
    state: invitation.expiresAtMs > nowMs ? "open" : "expired",
    invited_by: invitation.invitedBy,
    created_at_ms: invitation.createdAtMs,
    expires_at_ms: invitation.expiresAtMs,
    ...present({ role: invitation.role }),
  };
}

export function madeInvitationToWire(
  { invitation, rawToken, mailed }: { invitation: Invitation; rawToken: string; mailed: boolean },
  publicUrl: string,
  nowMs: number,
) {
  const link = linkTo(publicUrl, invitationPath(), rawToken);
  return { invitation: invitationToWire(invitation, nowMs), link, mailed };
}

export function madePasswordResetToWire(
  made: { reset: PasswordReset; email: string; rawToken: string; mailed: boolean },
  publicUrl: string,
): MadePasswordResetWire {
  return {
    user_id: made.reset.userId,
    email: made.email,
    expires_at_ms: made.reset.expiresAtMs,
    link: linkTo(publicUrl, passwordResetPath(), made.rawToken),
    mailed: made.mailed,
  };
}

export function invitationListToWire(list: Page<"invitations", Invitation>, nowMs: number) {
  const invitations = list.invitations.map((each) => invitationToWire(each, nowMs));
  return { invitations, count: invitations.length, ...tail(list) };
}

export const listInvitationsFromQuery = (query: InvitationListQuery) => ({
  page: pageFromQuery(query),
  filter: { search: given(query.q) },
});

export const inviteUserFromWire = (body: InviteUserWire) => ({
  email: body.email,
  role: body.role ?? null,
  projectRoles: body.project_roles ?? {},
});

export function foundInvitationToWire({ email, role, projectRoles, expiresAtMs }: Invitation) {
  return { email, project_roles: projectRoles, expires_at_ms: expiresAtMs, ...present({ role }) };
}

export function apiTokenToWire(token: ApiToken): ApiTokenWire {
  return {
    token_id: token.tokenId,
    name: token.name,
    kind: token.kind,
    prefix: token.prefix,
    scopes: scopesToWire(token.scopes),
    bootstrap: token.bootstrap,
    created_by: token.createdBy,
    created_at_ms: token.createdAtMs,
    ...present({
      expires_at_ms: token.expiresAtMs,
      last_used_at_ms: token.lastUsedAtMs,
      disabled_at_ms: token.disabledAtMs,
      rotated_from_id: token.rotatedFromId,
    }),
  };
}

/** `intake` is for scoped keys, `work` for the workers, and an own account has everybody: nobody is given them. */
const permissionsToWire = (permissions: readonly Permission[]): PermissionWord[] =>
  permissions.filter(
    (each): each is PermissionWord => each !== "intake" && each !== "work" && each !== "ownAccount",
  );

const scopesToWire = (permissions: readonly Permission[]): ScopeWord[] =>
  permissionsToWire(permissions).filter(
    (each): each is ScopeWord => each !== "breakGlass" && each !== "reviewBreakGlass",
  );

export const apiTokenListToWire = (list: Page<"tokens", ApiToken>) => ({
  tokens: list.tokens.map(apiTokenToWire),
  count: list.tokens.length,
  ...tail(list),
});

export const listTokensFromQuery = (query: ApiTokenListQuery) => ({
  page: pageFromQuery(query),
  filter: { search: given(query.q), kind: query.kind, disabled: flagOf(query.disabled) },
});

export const createTokenFromWire = (body: CreateApiTokenWire) => ({
  name: body.name,
  kind: body.kind,
  scopes: body.scopes ?? [],
  expiresAtMs: body.expires_at_ms ?? null,
});

export const madeTokenToWire = ({ token, rawToken }: { token: ApiToken; rawToken: string }) => ({
  token: apiTokenToWire(token),
  raw_token: rawToken,
});

/** Absent and null are two things for the expiry: as the old token was made for, and never. */
export const rotateTokenFromWire = (tokenId: string, body: RotateApiTokenWire) => ({
  ...{ tokenId, overlapMs: body.overlap_ms ?? undefined, expiresAtMs: body.expires_at_ms },
});

export const rotatedTokenToWire = (made: { token: ApiToken; rawToken: string; previous: ApiToken }) => ({
  ...madeTokenToWire(made),
  previous: apiTokenToWire(made.previous),
});

export function roleTableToWire(table: {
  permissions: readonly Permission[];
  roles: Array<{ role: Role; permissions: readonly Permission[] }>;
  tokenKinds: Array<{ kind: TokenKind; permissions: readonly Permission[] }>;
}): RoleTableWire {
  return {
    permissions: permissionsToWire(table.permissions),
    roles: table.roles.map((each) => ({ ...each, permissions: permissionsToWire(each.permissions) })),
    token_kinds: table.tokenKinds.map((each) => ({
      ...each,
      permissions: scopesToWire(each.permissions),
    })),
  };
}
