import type { ActorRef, Role, TokenKind } from "./actor";
import type { Permission } from "./permission";

/** By project id; each adds to the role over everything. */
export type ProjectRoles = Readonly<Record<string, Role>>;

/** What somebody may do: a role over everything, roles on projects, or both. */
export type Roles = { role: Role | null; projectRoles: ProjectRoles };

/** A person who can sign in. The password's hash is no part of this. */
export type User = Roles & {
  userId: string;
  email: string;
  name: string;
  version: number;
  createdAtMs: number;
  disabledAtMs: number | null;
  /** Of their sessions on record; null: never signed in, or long ago. */
  lastSeenAtMs: number | null;
  /** Sessions in force. */
  sessionCount: number;
};

export type Invitation = Roles & {
  invitationId: string;
  email: string;
  invitedBy: ActorRef;
  createdAtMs: number;
  expiresAtMs: number;
};

/** How long a link works. */
export const invitationLifetimeMs = 7 * 86_400_000;

/** A link with which somebody who forgot their password sets another one. */
export type PasswordReset = {
  resetId: string;
  userId: string;
  createdAtMs: number;
  expiresAtMs: number;
};

/** Shorter than an invitation's: it opens an account that there is. */
export const passwordResetLifetimeMs = 24 * 3_600_000;

export type ApiToken = {
  tokenId: string;
  name: string;
  kind: TokenKind;
  /** The beginning of the raw token, enough to tell tokens apart. */
  prefix: string;
  /** What it is narrowed to; empty: all that its kind may do. */
  scopes: readonly Permission[];
  /** The host's own: given by its configuration, not made here. */
  bootstrap: boolean;
  createdBy: ActorRef;
  createdAtMs: number;
  expiresAtMs: number | null;
  lastUsedAtMs: number | null;
  disabledAtMs: number | null;
  /** The token this one takes over from; null for one made anew. */
  rotatedFromId: string | null;
};

/** A session in force, as its person and admins see it. */
export type UserSession = {
  sessionId: string;
  userId: string;
  userAgent: string | null;
  createdAtMs: number;
  lastSeenAtMs: number;
  expiresAtMs: number;
  /** By a password or through a provider. */
  signedInBy: string;
};
