"use server";

import { z } from "zod";
import { forgetOwnSession } from "@/lib/auth/session-cookie";
import {
  type ChangePasswordWire,
  changePasswordSchema,
  confirmTotpSchema,
  type StepUpWire,
  stepUpSchema,
} from "@/lib/contracts/account";
import { beginTotp as begin } from "@/lib/pipeline/account/begin-totp";
import { changePassword as change } from "@/lib/pipeline/account/change-password";
import { confirmTotp as confirm } from "@/lib/pipeline/account/confirm-totp";
import { disableTotp as disable } from "@/lib/pipeline/account/disable-totp";
import { renewRecoveryCodes as renew } from "@/lib/pipeline/account/renew-recovery-codes";
import { revokeOtherSessions as revokeOthers } from "@/lib/pipeline/account/revoke-other-sessions";
import { revokeOwnSession as revoke } from "@/lib/pipeline/account/revoke-own-session";
import { stepUp as prove } from "@/lib/pipeline/account/step-up";
import { stepUpFromWire } from "@/lib/wire/account";
import { defineAction } from "./define-action";

/** The screen reads its account anew by itself; what is shown once must not be drawn away under the person. */
const keepsPage = { permission: "ownAccount", readsOnly: () => true } as const;

const stepUpAction = defineAction({
  ...keepsPage,
  schema: stepUpSchema,
  verb: async (ctx, input) => {
    const { stepUpUntilMs } = await prove(ctx, stepUpFromWire(input));
    forgetOwnSession(ctx);
    return { step_up_until_ms: stepUpUntilMs };
  },
});

const changePasswordAction = defineAction({
  ...keepsPage,
  schema: changePasswordSchema,
  verb: async (ctx, input) => {
    const { current_password: currentPassword, new_password: newPassword } = input;
    const { endedIds } = await change(ctx, { currentPassword, newPassword });
    forgetOwnSession(ctx, endedIds);
    return { revoked: endedIds.length };
  },
});

const beginTotpAction = defineAction({ ...keepsPage, schema: z.object({}), verb: (ctx) => begin(ctx) });

const confirmTotpAction = defineAction({
  ...keepsPage,
  schema: confirmTotpSchema,
  verb: async (ctx, input) => ({ recovery_codes: (await confirm(ctx, input)).recoveryCodes }),
});

const disableTotpAction = defineAction({
  ...keepsPage,
  schema: z.object({}),
  verb: async (ctx) => {
    await disable(ctx);
    return {};
  },
});

const renewRecoveryCodesAction = defineAction({
  ...keepsPage,
  schema: z.object({}),
  verb: async (ctx) => ({ recovery_codes: (await renew(ctx)).recoveryCodes }),
});

const revokeOwnSessionAction = defineAction({
  ...keepsPage,
  schema: z.object({ session_id: z.string().min(1).max(200) }),
  verb: async (ctx, { session_id: sessionId }) => {
    await revoke(ctx, { sessionId });
    forgetOwnSession(ctx, [sessionId]);
    return { revoked: 1 };
  },
});

const revokeOtherSessionsAction = defineAction({
  ...keepsPage,
  schema: z.object({}),
  verb: async (ctx) => {
    const { endedIds } = await revokeOthers(ctx);
    forgetOwnSession(ctx, endedIds);
    return { revoked: endedIds.length };
  },
});

/** Proves that the person of this session is there. `problem.field` names what was wrong. */
export async function stepUp(input: StepUpWire) {
  return stepUpAction(input);
}

/** Ends every other session of the person; `problem.field` names what was wrong. */
export async function changePassword(input: ChangePasswordWire) {
  return changePasswordAction(input);
}

/** A secret for an authenticator app; nothing is asked for until `confirmTotp`. */
export async function beginTotp() {
  return beginTotpAction({});
}

/** Switches one-time codes on. The recovery codes are in this answer alone. */
export async function confirmTotp(input: { code: string }) {
  return confirmTotpAction(input);
}

/** Switches one-time codes off. */
export async function disableTotp() {
  return disableTotpAction({});
}

/** Ten other recovery codes, in this answer alone. */
export async function renewRecoveryCodes() {
  return renewRecoveryCodesAction({});
}

/** Ends one of the person's sessions. */
export async function revokeOwnSession(input: { session_id: string }) {
  return revokeOwnSessionAction(input);
}

/** Ends every session of the person but this one. */
export async function revokeOtherSessions() {
  return revokeOtherSessionsAction({});
}
