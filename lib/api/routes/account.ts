import { z } from "@hono/zod-openapi";
import { currentProcess } from "@/lib/auth/process";
import { forgetOwnSession } from "@/lib/auth/session-cookie";
import {
  accountResponseSchema,
  ownSessionListSchema,
  sessionsRevokedSchema,
  stepUpResponseSchema,
  stepUpSchema,
  totpResetSchema,
} from "@/lib/contracts/account";
import { getAccount } from "@/lib/pipeline/account/get-account";
import { listOwnSessions } from "@/lib/pipeline/account/list-own-sessions";
import { resetTotp } from "@/lib/pipeline/account/reset-totp";
import { revokeOtherSessions } from "@/lib/pipeline/account/revoke-other-sessions";
import { revokeOwnSession } from "@/lib/pipeline/account/revoke-own-session";
import { stepUp } from "@/lib/pipeline/account/step-up";
import { accountToWire, ownSessionToWire, stepUpFromWire } from "@/lib/wire/account";
import { route } from "../route";

export const accountRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/account",
    summary: "The account of the signed-in person who asks; a token has none",
    auth: { kind: "actor", permission: "ownAccount" },
    response: accountResponseSchema,
    run: async ({ ctx }) => ({
      body: { account: accountToWire(await getAccount(ctx), currentProcess().oidc?.settings) },
    }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/account/step-up",
    summary:
      "Prove again that the person of this session is there, by one-time code where the account has them, by password otherwise; it holds for ten minutes",
    auth: { kind: "actor", permission: "ownAccount" },
    body: stepUpSchema,
    response: stepUpResponseSchema,
    run: async ({ ctx, body }) => {
      const { stepUpUntilMs } = await stepUp(ctx, stepUpFromWire(body));
      forgetOwnSession(ctx);
      return { body: { step_up_until_ms: stepUpUntilMs } };
    },
  }),
  route({
    method: "get",
    path: "/incident-monitor/account/sessions",
    summary: "Where the signed-in person who asks is signed in, this session first",
    auth: { kind: "actor", permission: "ownAccount" },
    response: ownSessionListSchema,
    run: async ({ ctx }) => {
      const sessions = (await listOwnSessions(ctx)).map(ownSessionToWire);
      return { body: { sessions, count: sessions.length } };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/account/sessions/revoke-others",
    summary: "End every session of the person who asks but the one that asks",
    auth: { kind: "actor", permission: "ownAccount" },
    body: z.looseObject({}),
    response: sessionsRevokedSchema,
    run: async ({ ctx }) => {
      const { endedIds } = await revokeOtherSessions(ctx);
      forgetOwnSession(ctx, endedIds);
      return { body: { revoked: endedIds.length } };
    },
  }),
  route({
    method: "delete",
    path: "/incident-monitor/account/sessions/{session_id}",
    summary: "End one session of the person who asks",
    auth: { kind: "actor", permission: "ownAccount" },
    response: sessionsRevokedSchema,
    errors: { session_not_found: [404, "INCIDENT_MONITOR_SESSION_NOT_FOUND"] },
    run: async ({ ctx, params }) => {
      const sessionId = params.session_id ?? "";
      await revokeOwnSession(ctx, { sessionId });
      forgetOwnSession(ctx, [sessionId]);
      return { body: { revoked: 1 } };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/access/users/{user_id}/totp-reset",
    summary:
      "For somebody who has lost phone and recovery codes: take their second factor away and end their sessions",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: totpResetSchema,
    errors: {
      user_not_found: [404, "INCIDENT_MONITOR_USER_NOT_FOUND"],
      own_account: [409, "INCIDENT_MONITOR_OWN_ACCOUNT"],
    },
    run: async ({ ctx, params }) => {
      const { wasEnabled, endedIds } = await resetTotp(ctx, { userId: params.user_id ?? "" });
      forgetOwnSession(ctx, endedIds);
      return { body: { was_enabled: wasEnabled } };
    },
  }),
];
