import { z } from "@hono/zod-openapi";
import { endingCredentials } from "@/lib/auth/credential-cache";
import {
  removedUserSchema,
  revokedSessionSchema,
  revokedSessionsSchema,
  roleTableSchema,
  updateUserSchema,
  userListQuerySchema,
  userListSchema,
  userResponseSchema,
  userSessionListSchema,
} from "@/lib/contracts/access";
import { disableUser } from "@/lib/pipeline/access/disable-user";
import { enableUser } from "@/lib/pipeline/access/enable-user";
import { getUser } from "@/lib/pipeline/access/get-user";
import { listRoles } from "@/lib/pipeline/access/list-roles";
import { listUserSessions } from "@/lib/pipeline/access/list-user-sessions";
import { listUsers } from "@/lib/pipeline/access/list-users";
import { removeUser } from "@/lib/pipeline/access/remove-user";
import { revokeSession } from "@/lib/pipeline/access/revoke-session";
import { revokeUserSessions } from "@/lib/pipeline/access/revoke-user-sessions";
import { updateUser } from "@/lib/pipeline/access/update-user";
import {
  listUsersFromQuery,
  roleTableToWire,
  updateUserFromWire,
  userListToWire,
  userSessionListToWire,
  userToWire,
} from "@/lib/wire/access";
import { etagHeader, preconditionsOf } from "../etag";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const users = "/incident-monitor/access/users";
const one = `${users}/{user_id}`;
const missing: RouteErrors = { user_not_found: [404, "INCIDENT_MONITOR_USER_NOT_FOUND"] };
const lastAdmin: RouteErrors = { last_admin: [409, "INCIDENT_MONITOR_LAST_ADMIN"] };
const ownAccount: RouteErrors = { own_account: [409, "INCIDENT_MONITOR_OWN_ACCOUNT"] };

export const accessUserRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/access/roles",
    summary: "What each role and each kind of token may do",
    auth: { kind: "actor", permission: "read" },
    response: roleTableSchema,
    run: async ({ ctx }) => ({ body: roleTableToWire(await listRoles(ctx)) }),
  }),
  route({
    method: "get",
    path: users,
    summary: "Everybody who can sign in, with roles and when they were last seen; newest first",
    auth: { kind: "actor", permission: "readAccess" },
    query: userListQuerySchema,
    response: userListSchema,
    run: async ({ ctx, query }) => ({
      body: userListToWire(await listUsers(ctx, listUsersFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: one,
    summary: "One user, with an ETag",
    auth: { kind: "actor", permission: "readAccess" },
    response: userResponseSchema,
    errors: missing,
    run: async ({ ctx, params }) => {
      const user = await getUser(ctx, params.user_id ?? "");
      return { body: { user: userToWire(user) }, headers: etagHeader(String(user.version)) };
    },
  }),
  route({
    method: "patch",
    path: one,
    summary:
      "Change a user's name or roles, from their next request on. The last admin who can sign in stays one, and nobody raises their own role.",
    auth: { kind: "actor", permission: "manageAccess" },
    body: updateUserSchema,
    response: userResponseSchema,
    errors: {
      ...missing,
      ...lastAdmin,
      user_stale: [409, "INCIDENT_MONITOR_USER_STALE"],
      roles_required: [400, "INCIDENT_MONITOR_ROLES_REQUIRED"],
      project_unknown: [400, "INCIDENT_MONITOR_PROJECT_UNKNOWN"],
      name_required: [400, "INCIDENT_MONITOR_NAME_REQUIRED"],
    },
    run: async ({ ctx, params, body, request }) => {
      const { ifMatch } = preconditionsOf(request);
      const input = { userId: params.user_id ?? "", ifMatch, ...updateUserFromWire(body) };
      const user = await endingCredentials(updateUser(ctx, input));
      return { body: { user: userToWire(user) }, headers: etagHeader(String(user.version)) };
    },
  }),
  route({
    method: "post",
    path: `${one}/disable`,
    summary: "Keep a user out: every session of theirs ends at once. Doing it twice is the same.",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: userResponseSchema,
    errors: { ...missing, ...lastAdmin, ...ownAccount },
    run: async ({ ctx, params }) => ({
      body: { user: userToWire(await endingCredentials(disableUser(ctx, params.user_id ?? ""))) },
    }),
  }),
  route({
    method: "post",
    path: `${one}/enable`,
    summary: "Let a disabled user sign in again, with the roles they had. Doing it twice is the same.",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: userResponseSchema,
    errors: missing,
    run: async ({ ctx, params }) => ({
      body: { user: userToWire(await enableUser(ctx, params.user_id ?? "")) },
    }),
  }),
  route({
    method: "delete",
    path: one,
    summary: "Remove a user for good. What they did stays on record under their id and name.",
    auth: { kind: "actor", permission: "manageAccess" },
    response: removedUserSchema,
    errors: { ...missing, ...lastAdmin, ...ownAccount },
    run: async ({ ctx, params }) => {
      const { userId } = await endingCredentials(removeUser(ctx, params.user_id ?? ""));
      return { body: { user_id: userId, removed: true } };
    },
  }),
  route({
    method: "get",
    path: `${one}/sessions`,
    summary: "A user's sessions in force, the one used last first",
    auth: { kind: "actor", permission: "readAccess" },
    response: userSessionListSchema,
    errors: missing,
    run: async ({ ctx, params }) => {
      const sessions = await listUserSessions(ctx, params.user_id ?? "");
      return { body: userSessionListToWire(sessions, ctx.actor) };
    },
  }),
  route({
    method: "post",
    path: `${one}/sessions/revoke`,
    summary:
      "End every session of a user at once; of one's own, all but the one that asks. Everybody may end their own.",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: revokedSessionsSchema,
    errors: missing,
    run: async ({ ctx, params }) => {
      const { userId, ended } = await endingCredentials(revokeUserSessions(ctx, params.user_id ?? ""));
      return { body: { user_id: userId, ended } };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/access/sessions/{session_id}/revoke",
    summary: "End one session at once. Everybody may end their own. Doing it twice is the same.",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: revokedSessionSchema,
    errors: { session_not_found: [404, "INCIDENT_MONITOR_SESSION_NOT_FOUND"] },
    run: async ({ ctx, params }) => {
      const { sessionId } = await endingCredentials(revokeSession(ctx, params.session_id ?? ""));
      return { body: { session_id: sessionId, revoked: true } };
    },
  }),
];
