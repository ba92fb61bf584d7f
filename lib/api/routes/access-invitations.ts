import { z } from "@hono/zod-openapi";
import {
  type AcceptOutcome,
  acceptInvitation,
  type FindOutcome,
  findInvitation,
} from "@/lib/auth/accept-invitation";
import { clientAddress } from "@/lib/auth/client-address";
import { rawTokenOf } from "@/lib/auth/credential-headers";
import { currentProcess } from "@/lib/auth/process";
import {
  acceptedInvitationSchema,
  acceptInvitationSchema,
  findInvitationSchema,
  foundInvitationSchema,
  invitationListQuerySchema,
  invitationListSchema,
  invitationResponseSchema,
  inviteUserSchema,
  madeInvitationSchema,
} from "@/lib/contracts/access";
import { inviteUser } from "@/lib/pipeline/access/invite-user";
import { listInvitations } from "@/lib/pipeline/access/list-invitations";
import { renewInvitation } from "@/lib/pipeline/access/renew-invitation";
import { revokeInvitation } from "@/lib/pipeline/access/revoke-invitation";
import { AppError } from "@/lib/pipeline/errors";
import {
  foundInvitationToWire,
  invitationListToWire,
  invitationToWire,
  inviteUserFromWire,
  listInvitationsFromQuery,
  madeInvitationToWire,
} from "@/lib/wire/access";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const invitations = "/incident-monitor/access/invitations";
const one = `${invitations}/{invitation_id}`;
const missing: RouteErrors = { invitation_not_found: [404, "INCIDENT_MONITOR_INVITATION_NOT_FOUND"] };
const linkErrors: RouteErrors = {
  invitation_unknown: [401, "INCIDENT_MONITOR_INVITATION_UNKNOWN"],
};

export const accessInvitationRoutes = [
  route({
    method: "get",
    path: invitations,
    summary: "Invitations neither accepted nor revoked, newest first; never their links",
    auth: { kind: "actor", permission: "readAccess" },
    query: invitationListQuerySchema,
    response: invitationListSchema,
    run: async ({ ctx, query }) => ({
      body: invitationListToWire(await listInvitations(ctx, listInvitationsFromQuery(query)), ctx.nowMs),
    }),
  }),
  route({
    method: "post",
    path: invitations,
    summary: "Invite somebody; the link is answered once and is good for seven days",
    auth: { kind: "actor", permission: "manageAccess" },
    body: inviteUserSchema,
    response: madeInvitationSchema,
    errors: {
      roles_required: [400, "INCIDENT_MONITOR_ROLES_REQUIRED"],
      project_unknown: [400, "INCIDENT_MONITOR_PROJECT_UNKNOWN"],
      user_exists: [409, "INCIDENT_MONITOR_USER_EXISTS"],
      invitation_open: [409, "INCIDENT_MONITOR_INVITATION_OPEN"],
    },
    run: async ({ ctx, body }) => {
      const made = await inviteUser(ctx, inviteUserFromWire(body));
      return { body: madeInvitationToWire(made, currentProcess().publicUrl, ctx.nowMs) };
    },
  }),
  route({
    method: "post",
    path: `${invitations}/find`,
    summary: "For the holder of a link: whom it is for, and which roles it gives",
    auth: { kind: "link" },
    body: findInvitationSchema,
    response: foundInvitationSchema,
    errors: linkErrors,
    run: async ({ body, request, requestId }) => {
      const found = await findInvitation(currentProcess(), visitOf(request, requestId, body.token));
      return { body: foundInvitationToWire(requireFound(found).invitation) };
    },
  }),
  route({
    method: "post",
    path: `${invitations}/accept`,
    summary:
      "For the holder of a link: become the user it invites, with a name and a password. Takes no token.",
    auth: { kind: "link" },
    body: acceptInvitationSchema,
    response: acceptedInvitationSchema,
    errors: {
      ...linkErrors,
      invitation_needs_a_person: [400, "INCIDENT_MONITOR_INVITATION_NEEDS_A_PERSON"],
      name_required: [400, "INCIDENT_MONITOR_NAME_REQUIRED"],
      password_too_short: [400, "INCIDENT_MONITOR_PASSWORD_TOO_SHORT"],
      password_too_long: [400, "INCIDENT_MONITOR_PASSWORD_TOO_LONG"],
      password_personal: [400, "INCIDENT_MONITOR_PASSWORD_PERSONAL"],
      password_repetitive: [400, "INCIDENT_MONITOR_PASSWORD_REPETITIVE"],
      password_common: [400, "INCIDENT_MONITOR_PASSWORD_COMMON"],
      user_exists: [409, "INCIDENT_MONITOR_USER_EXISTS"],
    },
    run: async ({ body: { token, name, password }, request, requestId }) => {
      const visit = visitOf(request, requestId, token);
      requireFound(await findInvitation(currentProcess(), visit));
      refuseTokens(request.headers);
      const given = { ...visit, name, password };
      const { userId, email } = requireFound(await acceptInvitation(currentProcess(), given));
      return { body: { user_id: userId, email } };
    },
  }),
  route({
    method: "post",
    path: `${one}/renew`,
    summary: "A new link, answered once and good for seven days; the one before opens nothing any more",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: madeInvitationSchema,
    errors: missing,
    run: async ({ ctx, params }) => {
      const made = await renewInvitation(ctx, params.invitation_id ?? "");
      return { body: madeInvitationToWire(made, currentProcess().publicUrl, ctx.nowMs) };
    },
  }),
  route({
    method: "post",
    path: `${one}/revoke`,
    summary: "Take an invitation back: its link opens nothing any more",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: invitationResponseSchema,
    errors: missing,
    run: async ({ ctx, params }) => {
      const revoked = await revokeInvitation(ctx, params.invitation_id ?? "");
      return { body: { invitation: invitationToWire(revoked, ctx.nowMs) } };
    },
  }),
];

/** @throws AppError invalid `invitation_needs_a_person`: a token is a program's, and no program becomes a person */
function refuseTokens(headers: Headers): void {
  if (!rawTokenOf(headers)) return;
  const message = "An invitation is accepted by a person: open its link in a browser, without a token.";
  throw new AppError("invalid", "invitation_needs_a_person", message);
}

function visitOf(request: Request, requestId: string, rawToken: string) {
  const { publicUrl } = currentProcess();
  const address = clientAddress((name) => request.headers.get(name) ?? undefined, publicUrl);
  return { rawToken, address, requestId };
}

/** @throws AppError unauthenticated `invitation_unknown`, limited `too_many_attempts`, conflict `user_exists`, invalid */
function requireFound<Outcome extends FindOutcome | AcceptOutcome>(outcome: Outcome) {
  if (outcome.ok) return outcome as Extract<Outcome, { ok: true }>;
  switch (outcome.reason) {
    case "unknown": {
      const message =
        "This link is not good: it was used, replaced or taken back, or it has expired. Ask for a new one.";
      throw new AppError("unauthenticated", "invitation_unknown", message);
    }
    case "throttled": {
      const context = { retryable: true, retry_after_seconds: 900 };
      throw new AppError(
        "limited",
        "too_many_attempts",
        "Too many wrong links; wait a quarter of an hour",
        context,
      );
    }
    case "taken":
      throw new AppError("conflict", "user_exists", "This address has an account already; sign in.");
    case "nameless":
      throw new AppError("invalid", "name_required", "name: give a name.", { field: "name" });
    case "password": {
      const { code, message } = outcome.because;
      throw new AppError("invalid", code, `password: ${message}`, { field: "password" });
    }
  }
}
