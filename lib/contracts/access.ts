import { z } from "zod";
import { flagSchema, pageShape } from "./list-query";
import { actorRefSchema, msSchema } from "./record-values";

export const roleWords = ["viewer", "triager", "approver", "admin", "auditor"] as const;
export const tokenKindWords = ["admin", "service", "agent"] as const;
export const scopeWords = [
  ...([
    "read",
    "report",
    "ingestEvents",
    "registerSubjects",
    "triage",
    "decide",
    "publish",
    "silence",
    "delete",
  ] as const),
  ...(["configure", "manageKeys", "testDestination", "assess", "readAccess", "manageAccess"] as const),
  "readAudit",
] as const;
/** What roles hold besides: no program stands in for a person there, so that no token's scope names it. */
export const permissionWords = [...scopeWords, "breakGlass", "reviewBreakGlass"] as const;

const roleSchema = z.enum(roleWords);
const scopeSchema = z.enum(scopeWords);
const permissionSchema = z.enum(permissionWords);
/** By project id; each adds to the role over everything. */
const projectRolesSchema = z.record(z.string().min(1).max(200), roleSchema);
const nameSchema = z.string().min(1).max(100);

/** A person who can sign in. `role` is over everything and absent where there are only roles on projects. */
export const userSchema = z.object({
  user_id: z.string(),
  email: z.string(),
  name: z.string(),
  version: z.int(),
  role: roleSchema.optional(),
  project_roles: projectRolesSchema,
  created_at_ms: msSchema,
  /** Absent: never signed in, or so long ago that no session is on record. */
  last_seen_at_ms: msSchema.optional(),
  disabled_at_ms: msSchema.optional(),
  /** Sessions in force. */
  session_count: z.int(),
});
export const userResponseSchema = z.object({ user: userSchema });
export const userListSchema = z.object({
  users: z.array(userSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});
export const userListQuerySchema = z.object({
  ...pageShape,
  /** Part of the name, the address or the id. */
  q: z.string().max(200).optional(),
  /** The role over everything. */
  role: roleSchema.optional(),
  /** Who has a role on this project. */
  project: z.string().max(200).optional(),
  disabled: flagSchema.optional(),
});

/** What is absent stays; `role` null takes the role over everything away, `project_roles` replaces all there were. */
export const updateUserSchema = z.object({
  version: z.int().min(1).nullish(),
  name: nameSchema.optional(),
  role: roleSchema.nullable().optional(),
  project_roles: projectRolesSchema.optional(),
});
export const removedUserSchema = z.object({ user_id: z.string(), removed: z.literal(true) });

/** A session in force; `current` is the one that asks. */
export const userSessionSchema = z.object({
  session_id: z.string(),
  user_id: z.string(),
  user_agent: z.string().optional(),
  created_at_ms: msSchema,
  last_seen_at_ms: msSchema,
  expires_at_ms: msSchema,
  current: z.boolean(),
});
export const userSessionListSchema = z.object({ sessions: z.array(userSessionSchema), count: z.int() });
export const revokedSessionSchema = z.object({ session_id: z.string(), revoked: z.literal(true) });
export const revokedSessionsSchema = z.object({ user_id: z.string(), ended: z.int() });

/** Neither accepted nor revoked. */
export const invitationSchema = z.object({
  invitation_id: z.string(),
  email: z.string(),
  role: roleSchema.optional(),
  project_roles: projectRolesSchema,
  state: z.enum(["open", "expired"]),
  invited_by: actorRefSchema,
  created_at_ms: msSchema,
  expires_at_ms: msSchema,
});
export const invitationListSchema = z.object({
  invitations: z.array(invitationSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});
export const invitationListQuerySchema = z.object({ ...pageShape, q: z.string().max(200).optional() });
export const invitationResponseSchema = z.object({ invitation: invitationSchema });

export const inviteUserSchema = z.object({
  email: z.email("This is not an email address").max(320),
  role: roleSchema.nullish(),
  project_roles: projectRolesSchema.nullish(),
});
/**
 * `link` is answered here, once: whoever opens it becomes the user. To be handed over by a way of your own; `mailed`: it is on
 * its way to the address too.
 */
export const madeInvitationSchema = z.object({
  invitation: invitationSchema,
  link: z.string(),
  mailed: z.boolean(),
});

const rawInvitationSchema = z.string().min(1).max(200);
/** The last part of the link. */
export const findInvitationSchema = z.object({ token: rawInvitationSchema });
export const foundInvitationSchema = z.object({
  email: z.string(),
  role: roleSchema.optional(),
  project_roles: projectRolesSchema,
  expires_at_ms: msSchema,
});
export const acceptInvitationSchema = z.object({
  token: rawInvitationSchema,
  name: nameSchema,
  password: z.string().max(1_024),
});
export const acceptedInvitationSchema = z.object({ user_id: z.string(), email: z.string() });

/** `link` is answered here, once: whoever opens it within 24 hours sets the person's password. `mailed` as above. */
export const madePasswordResetSchema = z.object({
  user_id: z.string(),
  email: z.string(),
  expires_at_ms: msSchema,
  link: z.string(),
  mailed: z.boolean(),
});
/** The last part of the link. */
export const findPasswordResetSchema = z.object({ token: rawInvitationSchema });
export const foundPasswordResetSchema = z.object({ email: z.string(), expires_at_ms: msSchema });
export const usePasswordResetSchema = z.object({
  token: rawInvitationSchema,
  password: z.string().max(1_024),
});
/** `ended`: sessions of the person that there were. */
export const usedPasswordResetSchema = z.object({ email: z.string(), ended: z.int() });

/** An API token. The value is answered once, when it is made; neither it nor its hash is kept for showing. */
export const apiTokenSchema = z.object({
  token_id: z.string(),
  name: z.string(),
  kind: z.enum(tokenKindWords),
  prefix: z.string(),
  /** What it is narrowed to; empty: all that its kind may do. */
  scopes: z.array(scopeSchema),
  /** The host's own: given by its configuration, and ended there. */
  bootstrap: z.boolean(),
  created_by: actorRefSchema,
  created_at_ms: msSchema,
  expires_at_ms: msSchema.optional(),
  last_used_at_ms: msSchema.optional(),
  disabled_at_ms: msSchema.optional(),
  /** The token it takes over from. */
  rotated_from_id: z.string().optional(),
});
export const apiTokenListSchema = z.object({
  tokens: z.array(apiTokenSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});
export const apiTokenListQuerySchema = z.object({
  ...pageShape,
  /** Part of the name, the prefix or the id. */
  q: z.string().max(200).optional(),
  kind: z.enum(tokenKindWords).optional(),
  disabled: flagSchema.optional(),
});
export const apiTokenResponseSchema = z.object({ token: apiTokenSchema });

export const createApiTokenSchema = z.object({
  name: nameSchema,
  kind: z.enum(tokenKindWords),
  scopes: z.array(scopeSchema).max(scopeWords.length).nullish(),
  /** It does not expire when absent. */
  expires_at_ms: msSchema.nullish(),
});
/** `raw_token` is answered here, once, and is nowhere else. */
export const madeApiTokenSchema = z.object({ token: apiTokenSchema, raw_token: z.string() });

const overlapMaxMs = 90 * 86_400_000;

/** Milliseconds. `overlap_ms`: how long the old token still works, 7 days unless told; 0 ends it at once. */
export const rotateApiTokenSchema = z.object({
  overlap_ms: z.int().min(0).max(overlapMaxMs).nullish(),
  /** Of the new token. Absent: it lives as long as the old one was made for; null: it does not expire. */
  expires_at_ms: msSchema.nullish(),
});
/** `token` is the successor, `previous` the old one with its new end. */
export const rotatedApiTokenSchema = madeApiTokenSchema.extend({ previous: apiTokenSchema });

/** What each role and each kind of token may do. A project role holds on its project alone. */
export const roleTableSchema = z.object({
  permissions: z.array(permissionSchema),
  roles: z.array(z.object({ role: roleSchema, permissions: z.array(permissionSchema) })),
  token_kinds: z.array(z.object({ kind: z.enum(tokenKindWords), permissions: z.array(scopeSchema) })),
});

export type RoleWord = (typeof roleWords)[number];
export type ScopeWord = (typeof scopeWords)[number];
export type PermissionWord = (typeof permissionWords)[number];
export type TokenKindWord = (typeof tokenKindWords)[number];
export type UserWire = z.infer<typeof userSchema>;
export type UserListWire = z.infer<typeof userListSchema>;
export type UserListQuery = z.infer<typeof userListQuerySchema>;
export type UpdateUserWire = z.infer<typeof updateUserSchema>;
export type UserSessionWire = z.infer<typeof userSessionSchema>;
export type UserSessionListWire = z.infer<typeof userSessionListSchema>;
export type InvitationWire = z.infer<typeof invitationSchema>;
export type InvitationListWire = z.infer<typeof invitationListSchema>;
export type InvitationListQuery = z.infer<typeof invitationListQuerySchema>;
export type InviteUserWire = z.infer<typeof inviteUserSchema>;
export type MadeInvitationWire = z.infer<typeof madeInvitationSchema>;
export type FoundInvitationWire = z.infer<typeof foundInvitationSchema>;
export type AcceptInvitationWire = z.infer<typeof acceptInvitationSchema>;
export type MadePasswordResetWire = z.infer<typeof madePasswordResetSchema>;
export type FoundPasswordResetWire = z.infer<typeof foundPasswordResetSchema>;
export type ApiTokenWire = z.infer<typeof apiTokenSchema>;
export type ApiTokenListWire = z.infer<typeof apiTokenListSchema>;
export type ApiTokenListQuery = z.infer<typeof apiTokenListQuerySchema>;
export type CreateApiTokenWire = z.infer<typeof createApiTokenSchema>;
export type MadeApiTokenWire = z.infer<typeof madeApiTokenSchema>;
export type RotateApiTokenWire = z.infer<typeof rotateApiTokenSchema>;
export type RoleTableWire = z.infer<typeof roleTableSchema>;
