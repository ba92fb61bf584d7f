import { z } from "@hono/zod-openapi";
import { clientAddress } from "@/lib/auth/client-address";
import { endingCredentials } from "@/lib/auth/credential-cache";
import { rawTokenOf } from "@/lib/auth/credential-headers";
import { currentProcess } from "@/lib/auth/process";
import {
  type FindResetOutcome,
  findPasswordReset,
  resetPassword,
  type UseResetOutcome,
} from "@/lib/auth/reset-password";
import {
  findPasswordResetSchema,
  foundPasswordResetSchema,
  madePasswordResetSchema,
  usedPasswordResetSchema,
  usePasswordResetSchema,
} from "@/lib/contracts/access";
import { makePasswordReset } from "@/lib/pipeline/access/make-password-reset";
import { AppError } from "@/lib/pipeline/errors";
import { madePasswordResetToWire } from "@/lib/wire/access";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const access = "/incident-monitor/access";
const linkErrors: RouteErrors = {
  password_reset_unknown: [401, "INCIDENT_MONITOR_PASSWORD_RESET_UNKNOWN"],
};

export const passwordResetRoutes = [
  route({
    method: "post",
    path: `${access}/users/{user_id}/password-reset`,
    summary:
      "For somebody who forgot their password: a link to set another one, answered once, good for 24 hours and one use; the one before opens nothing any more",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: madePasswordResetSchema,
    errors: {
      user_not_found: [404, "INCIDENT_MONITOR_USER_NOT_FOUND"],
      own_account: [409, "INCIDENT_MONITOR_OWN_ACCOUNT"],
      user_disabled: [409, "INCIDENT_MONITOR_USER_DISABLED"],
      no_password: [409, "INCIDENT_MONITOR_NO_PASSWORD"],
      password_reset_made: [409, "INCIDENT_MONITOR_PASSWORD_RESET_MADE"],
    },
    run: async ({ ctx, params }) => {
      const made = await makePasswordReset(ctx, params.user_id ?? "");
      return { body: madePasswordResetToWire(made, currentProcess().publicUrl) };
    },
  }),
  route({
    method: "post",
    path: `${access}/password-resets/find`,
    summary: "For the holder of a reset's link: whose password it sets",
    auth: { kind: "link" },
    body: findPasswordResetSchema,
    response: foundPasswordResetSchema,
    errors: linkErrors,
    run: async ({ body, request, requestId }) => {
      const found = await findPasswordReset(currentProcess(), visitOf(request, requestId, body.token));
      const { email, expiresAtMs } = requireFound(found).reset;
      return { body: { email, expires_at_ms: expiresAtMs } };
    },
  }),
  route({
    method: "post",
    path: `${access}/password-resets/use`,
    summary:
      "For the holder of a reset's link: set the password, which ends every session of the person. Signs nobody in, and takes no token.",
    auth: { kind: "link" },
    body: usePasswordResetSchema,
    response: usedPasswordResetSchema,
    errors: {
      ...linkErrors,
      password_reset_needs_a_person: [400, "INCIDENT_MONITOR_PASSWORD_RESET_NEEDS_A_PERSON"],
      password_too_short: [400, "INCIDENT_MONITOR_PASSWORD_TOO_SHORT"],
      password_too_long: [400, "INCIDENT_MONITOR_PASSWORD_TOO_LONG"],
      password_personal: [400, "INCIDENT_MONITOR_PASSWORD_PERSONAL"],
      password_repetitive: [400, "INCIDENT_MONITOR_PASSWORD_REPETITIVE"],
      password_common: [400, "INCIDENT_MONITOR_PASSWORD_COMMON"],
    },
    run: async ({ body: { token, password }, request, requestId }) => {
      const visit = visitOf(request, requestId, token);
      requireFound(await findPasswordReset(currentProcess(), visit));
      refuseTokens(request.headers);
      const set = await endingCredentials(resetPassword(currentProcess(), { ...visit, password }));
      const { email, endedIds } = requireFound(set);
      return { body: { email, ended: endedIds.length } };
    },
  }),
];

/** @throws AppError invalid `password_reset_needs_a_person`: a token is a program's, and no program has a password */
function refuseTokens(headers: Headers): void {
  if (!rawTokenOf(headers)) return;
  const message = "A password is set by its person: open the link in a browser, without a token.";
  throw new AppError("invalid", "password_reset_needs_a_person", message);
}

function visitOf(request: Request, requestId: string, rawToken: string) {
  const { publicUrl } = currentProcess();
  const address = clientAddress((name) => request.headers.get(name) ?? undefined, publicUrl);
  return { rawToken, address, requestId };
}

/** @throws AppError unauthenticated `password_reset_unknown`, limited `too_many_attempts`, invalid */
function requireFound<Outcome extends FindResetOutcome | UseResetOutcome>(outcome: Outcome) {
  if (outcome.ok) return outcome as Extract<Outcome, { ok: true }>;
  switch (outcome.reason) {
    case "unknown": {
      const message =
        "This link is not good: it was used or replaced, or it has expired. Ask an administrator for a new one.";
      throw new AppError("unauthenticated", "password_reset_unknown", message);
    }
    case "throttled": {
      const message = "Too many wrong links; wait a quarter of an hour";
      const context = { retryable: true, retry_after_seconds: 900 };
      throw new AppError("limited", "too_many_attempts", message, context);
    }
    case "password": {
      const { code, message } = outcome.because;
      throw new AppError("invalid", code, `password: ${message}`, { field: "password" });
    }
  }
}
