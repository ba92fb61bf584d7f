import type { ActorRef, Open, OpenRecord, Page, PageQuery } from "./values.js";

export type Role = "viewer" | "triager" | "approver" | "admin" | "auditor";
export type TokenKind = "admin" | "service" | "agent";
export type Scope =
  | "read"
  | "report"
  | "ingestEvents"
  | "registerSubjects"
  | "triage"
  | "decide"
  | "publish"
  | "silence"
  | "delete"
  | "configure"
  | "manageKeys"
  | "testDestination"
  | "readAccess"
  | "manageAccess";

/** By project id; each adds to the role over everything. */
export type ProjectRoles = Record<string, Role>;

/** A person who can sign in. `role` is over everything. */
export interface User extends OpenRecord {
  user_id: string;
  email: string;
  name: string;
  version: number;
  role?: Open<Role>;
  project_roles: Record<string, Open<Role>>;
  created_at_ms: number;
  last_seen_at_ms?: number;
  disabled_at_ms?: number;
  /** Sessions in force. */
  session_count: number;
}

export interface UserList extends Page, OpenRecord {
  users: User[];
}

export interface UserQuery extends PageQuery {
  /** Part of the name, the address or the id. */
  q?: string;
  role?: Role;
  /** Who has a role on this project. */
  project?: string;
  disabled?: boolean;
}

/** What is absent stays; `role` null takes the role over everything away, `project_roles` replaces all there were. */
export interface UserChange {
  /** Only over what was read: 409 when it changed since. */
  version?: number | null;
  name?: string;
  role?: Role | null;
  project_roles?: ProjectRoles;
}

export interface UserSession extends OpenRecord {
  session_id: string;
  user_id: string;
  user_agent?: string;
  created_at_ms: number;
  last_seen_at_ms: number;
  expires_at_ms: number;
  current: boolean;
}

export interface UserSessionList extends OpenRecord {
  sessions: UserSession[];
  count: number;
}

/** Neither accepted nor revoked. */
export interface Invitation extends OpenRecord {
  invitation_id: string;
  email: string;
  role?: Open<Role>;
  project_roles: Record<string, Open<Role>>;
  state: Open<"open" | "expired">;
  invited_by: ActorRef;
  created_at_ms: number;
  expires_at_ms: number;
}

export interface InvitationList extends Page, OpenRecord {
  invitations: Invitation[];
}

export interface InvitationQuery extends PageQuery {
  q?: string;
}

/** At least one role has to be given. */
export interface InvitationInput {
  email: string;
  role?: Role | null;
  project_roles?: ProjectRoles | null;
}

/** `link` is in this answer alone: whoever opens it becomes the user. `mailed`: it is on its way to the address too. */
export interface MadeInvitation extends OpenRecord {
  invitation: Invitation;
  link: string;
  mailed: boolean;
}

/** `link` is in this answer alone: whoever opens it sets the person's password. `mailed`: it is on its way to them too. */
export interface MadePasswordReset extends OpenRecord {
  user_id: string;
  email: string;
  expires_at_ms: number;
  link: string;
  mailed: boolean;
}

/** Whose password a link sets, as its holder may know it. */
export interface FoundPasswordReset extends OpenRecord {
  email: string;
  expires_at_ms: number;
}

/** `token` is the last part of the link. */
export interface PasswordResetUse {
  token: string;
  /** At least 12 characters. */
  password: string;
}

/** Whom a link is for, as its holder may know it. */
export interface FoundInvitation extends OpenRecord {
  email: string;
  role?: Open<Role>;
  project_roles: Record<string, Open<Role>>;
  expires_at_ms: number;
}

/** `token` is the last part of the link. */
export interface InvitationAcceptance {
  token: string;
  name: string;
  /** At least 12 characters. */
  password: string;
}

/** Never its value nor its hash. */
export interface ApiToken extends OpenRecord {
  token_id: string;
  name: string;
  kind: Open<TokenKind>;
  prefix: string;
  /** What it is narrowed to; empty: all that its kind may do. */
  scopes: Open<Scope>[];
  /** The host's own, ended at the host. */
  bootstrap: boolean;
  created_by: ActorRef;
  created_at_ms: number;
  expires_at_ms?: number;
  last_used_at_ms?: number;
  disabled_at_ms?: number;
  rotated_from_id?: string;
}

export interface ApiTokenList extends Page, OpenRecord {
  tokens: ApiToken[];
}

export interface ApiTokenQuery extends PageQuery {
  /** Part of the name, the prefix or the id. */
  q?: string;
  kind?: TokenKind;
  disabled?: boolean;
}

export interface ApiTokenInput {
  name: string;
  kind: TokenKind;
  /** All that the kind may do when absent. */
  scopes?: Scope[] | null;
  /** It does not expire when absent. */
  expires_at_ms?: number | null;
}

/** `raw_token` is in this answer alone. */
export interface MadeApiToken extends OpenRecord {
  token: ApiToken;
  raw_token: string;
}

export interface ApiTokenRotation {
  /** How long the old token still works: 7 days when absent, 0 ends it at once. */
  overlap_ms?: number | null;
  /** Of the new token. Absent: as long as the old one was made for; null: it does not expire. */
  expires_at_ms?: number | null;
}

export interface RotatedApiToken extends MadeApiToken {
  previous: ApiToken;
}

/** What each role and each kind of token may do. */
export interface RoleTable extends OpenRecord {
  permissions: Open<Scope>[];
  roles: { role: Open<Role>; permissions: Open<Scope>[] }[];
  token_kinds: { kind: Open<TokenKind>; permissions: Open<Scope>[] }[];
}
