import type { ApiToken, ProjectRoles, Roles, User } from "./access";
import type { Actor, Role, TokenKind } from "./actor";
import {
  heldPermissions,
  ofPersons,
  type Permission,
  permissionsOfKind,
  permissionsOfRole,
} from "./permission";
import { type Reason, reason } from "./reason";

export type AccessDecision = { ok: true } | { ok: false; reason: Reason };

type Standing = Roles & Pick<User, "disabledAtMs">;
const ok: AccessDecision = { ok: true };
const no = (code: string, message: string, fields?: Reason["fields"]): AccessDecision => ({
  ok: false,
  reason: reason(code, message, fields),
});

/** Holds the admin role over everything and can sign in: somebody who can let others in again. */
export const isWorkingAdmin = ({ role, disabledAtMs }: Standing): boolean =>
  role === "admin" && disabledAtMs === null;

export type UserChange = {
  actor: Actor;
  user: Standing & Pick<User, "userId">;
  /** How they would stand afterwards; null: removed. */
  after: Standing | null;
  /** Admins besides this one who can sign in. */
  otherAdmins: number;
};

/** May this person's roles or standing become that? Whether the actor may manage people at all is asked before. */
export function decideUserChange({ actor, user, after, otherAdmins }: UserChange): AccessDecision {
  const isOwn = actor.kind === "user" && actor.userId === user.userId;
  if (isOwn && (after === null || after.disabledAtMs !== null)) {
    return no("own_account", "Nobody disables or removes their own account; another admin can.");
  }
  if (isWorkingAdmin(user) && !(after && isWorkingAdmin(after)) && otherAdmins === 0) {
    return no("last_admin", "This is the last admin who can sign in; make somebody else an admin first.");
  }
  if (after === null) return ok;
  if (isOwn && raises(user, after)) {
    return no("own_role_raised", "Nobody raises their own role; another admin can.");
  }
  return decideGrant(actor, grantedBy(after, user));
}

export type PasswordResetFacts = {
  actor: Actor;
  user: Standing & Pick<User, "userId">;
  /** Has the person one at all? */
  hasPassword: boolean;
};

/** May the actor make a link with which this person sets another password? Whoever opens it is that person afterwards. */
export function decidePasswordReset({ actor, user, hasPassword }: PasswordResetFacts): AccessDecision {
  if (actor.kind === "user" && actor.userId === user.userId) {
    return no(
      "own_account",
      "Your own password is changed under Account; another admin can reset it for you.",
    );
  }
  if (user.disabledAtMs !== null) {
    return no("user_disabled", "They may not sign in at all; enable them first.");
  }
  if (!hasPassword) {
    return no("no_password", "They sign in through their provider and have no password here.");
  }
  return decideGrant(actor, grantedBy(user));
}

/**
 * May the actor take this person's second factor away? One's own takes a code or a recovery code, as whoever only holds the session
 * has neither; and who may not make somebody what this person is does not open the way to them either.
 */
export function decideTotpReset(actor: Actor, user: Roles & Pick<User, "userId">): AccessDecision {
  if (actor.kind === "user" && actor.userId === user.userId) {
    return no(
      "own_account",
      "Your own codes are switched off under Account, with a code or a recovery code; another admin can reset them for you.",
    );
  }
  return decideGrant(actor, grantedBy(user));
}

/** Does `after` allow anything, anywhere, that `before` did not? */
function raises(before: Roles, after: Roles): boolean {
  const held = (roles: Roles, projectId: string | null) =>
    new Set([roles.role, projectId === null ? null : roleOn(roles.projectRoles, projectId)].flatMap(allowed));
  return [null, ...Object.keys(after.projectRoles)].some((projectId) => {
    const had = held(before, projectId);
    return [...held(after, projectId)].some((permission) => !had.has(permission));
  });
}

const allowed = (role: Role | null): readonly Permission[] => (role ? permissionsOfRole(role) : []);
const roleOn = (roles: ProjectRoles, projectId: string): Role | null =>
  Object.hasOwn(roles, projectId) ? (roles[projectId] ?? null) : null;

/** What roles allow that is not held already: leaving a role as it was gives nobody anything. */
export function grantedBy(roles: Roles, before?: Roles): Permission[] {
  const isNew = (projectId: string, role: Role) => !before || roleOn(before.projectRoles, projectId) !== role;
  const given = Object.entries(roles.projectRoles)
    .filter(([projectId, role]) => isNew(projectId, role))
    .map(([, role]): Role | null => role);
  if (!before || before.role !== roles.role) given.push(roles.role);
  return [...new Set(given.flatMap(allowed))];
}

/**
 * Nobody gives what they do not hold: a token that was narrowed makes neither a person nor a token that may do more. What only
 * persons can hold is left out of it, as no token could ever. People who manage access hold every role.
 */
export function decideGrant(actor: Actor, granted: readonly Permission[]): AccessDecision {
  if (actor.kind !== "token" && actor.kind !== "agent") return ok;
  const held = new Set(heldPermissions(actor));
  const beyond = granted.find((permission) => !held.has(permission) && !ofPersons.includes(permission));
  if (beyond === undefined) return ok;
  const message = `This token may not ${beyond} itself, so it cannot allow it to anybody.`;
  return no("grants_more_than_held", message, { permission: beyond });
}

/** What a token of this kind and these scopes may do. */
export const permissionsOfToken = (kind: TokenKind, scopes: readonly Permission[]): readonly Permission[] =>
  scopes.length > 0 ? scopes : permissionsOfKind(kind);

/** May the actor make such a token? */
export function decideToken(
  actor: Actor,
  { kind, scopes }: Pick<ApiToken, "kind" | "scopes">,
): AccessDecision {
  const outside = scopes.find((scope) => !permissionsOfKind(kind).includes(scope));
  if (outside !== undefined) {
    const message = `scopes: a token of the kind ${kind} may never ${outside}.`;
    return no("token_scope_beyond_kind", message, { field: "scopes", scope: outside, kind });
  }
  return decideGrant(actor, permissionsOfToken(kind, scopes));
}

/** The host's own token is the host's to change: ended here it would stay ended, and nobody could say so at the host. */
export function decideTokenEnd({ bootstrap }: Pick<ApiToken, "bootstrap">): AccessDecision {
  if (!bootstrap) return ok;
  const message =
    "This is the host's own token: what runs the service signs in with it. Give the host another one and start it again.";
  return no("token_is_hosts", message);
}
