"use server";

import { z } from "zod";
import { endingCredentials } from "@/lib/auth/credential-cache";
import { currentProcess } from "@/lib/auth/process";
import {
  type CreateApiTokenWire,
  createApiTokenSchema,
  type InviteUserWire,
  inviteUserSchema,
  type RotateApiTokenWire,
  rotateApiTokenSchema,
  type UpdateUserWire,
  updateUserSchema,
} from "@/lib/contracts/access";
import { createToken as makeToken } from "@/lib/pipeline/access/create-token";
import { disableToken as endToken } from "@/lib/pipeline/access/disable-token";
import { disableUser } from "@/lib/pipeline/access/disable-user";
import { enableUser } from "@/lib/pipeline/access/enable-user";
import { inviteUser as invite } from "@/lib/pipeline/access/invite-user";
import { makePasswordReset as makeReset } from "@/lib/pipeline/access/make-password-reset";
import { removeUser as remove } from "@/lib/pipeline/access/remove-user";
import { renewInvitation as renew } from "@/lib/pipeline/access/renew-invitation";
import { revokeInvitation as takeBack } from "@/lib/pipeline/access/revoke-invitation";
import { revokeSession as endSession } from "@/lib/pipeline/access/revoke-session";
import { revokeUserSessions as endSessions } from "@/lib/pipeline/access/revoke-user-sessions";
import { rotateToken as succeed } from "@/lib/pipeline/access/rotate-token";
import { updateUser as update } from "@/lib/pipeline/access/update-user";
import {
  apiTokenToWire,
  createTokenFromWire,
  invitationToWire,
  inviteUserFromWire,
  madeInvitationToWire,
  madePasswordResetToWire,
  madeTokenToWire,
  rotatedTokenToWire,
  rotateTokenFromWire,
  updateUserFromWire,
  userToWire,
} from "@/lib/wire/access";
import { defineAction } from "./define-action";

const permission = "manageAccess";
const id = z.string().min(1).max(200);
const userId = z.object({ user_id: id });
const invitationId = z.object({ invitation_id: id });

const inviteAction = defineAction({
  permission,
  schema: inviteUserSchema,
  verb: async (ctx, input) =>
    madeInvitationToWire(await invite(ctx, inviteUserFromWire(input)), currentProcess().publicUrl, ctx.nowMs),
});
const renewAction = defineAction({
  permission,
  schema: invitationId,
  verb: async (ctx, input) =>
    madeInvitationToWire(await renew(ctx, input.invitation_id), currentProcess().publicUrl, ctx.nowMs),
});
const takeBackAction = defineAction({
  permission,
  schema: invitationId,
  verb: async (ctx, input) => ({
    invitation: invitationToWire(await takeBack(ctx, input.invitation_id), ctx.nowMs),
  }),
});
const updateAction = defineAction({
  permission,
  schema: updateUserSchema.extend(userId.shape),
  verb: async (ctx, { user_id, ...body }) => {
    const input = { userId: user_id, ...updateUserFromWire(body) };
    return { user: userToWire(await endingCredentials(update(ctx, input))) };
  },
});
const standingAction = defineAction({
  permission,
  schema: userId.extend({ disabled: z.boolean() }),
  verb: async (ctx, { user_id, disabled }) => {
    const work = disabled ? disableUser(ctx, user_id) : enableUser(ctx, user_id);
    return { user: userToWire(await endingCredentials(work)) };
  },
});
const removeAction = defineAction({
  permission,
  schema: userId,
  verb: async (ctx, input) => endingCredentials(remove(ctx, input.user_id)),
});
const endSessionAction = defineAction({
  permission,
  schema: z.object({ session_id: id }),
  verb: async (ctx, input) => {
    const { sessionId } = await endingCredentials(endSession(ctx, input.session_id));
    return { session_id: sessionId };
  },
});
const endSessionsAction = defineAction({
  permission,
  schema: userId,
  verb: async (ctx, input) => endingCredentials(endSessions(ctx, input.user_id)),
});
const makeResetAction = defineAction({
  permission,
  schema: userId,
  verb: async (ctx, input) =>
    madePasswordResetToWire(await makeReset(ctx, input.user_id), currentProcess().publicUrl),
});
const createTokenAction = defineAction({
  permission,
  schema: createApiTokenSchema,
  verb: async (ctx, input) => madeTokenToWire(await makeToken(ctx, createTokenFromWire(input))),
});
const rotateTokenAction = defineAction({
  permission,
  schema: rotateApiTokenSchema.extend({ token_id: id }),
  verb: async (ctx, { token_id, ...body }) =>
    rotatedTokenToWire(await endingCredentials(succeed(ctx, rotateTokenFromWire(token_id, body)))),
});
const disableTokenAction = defineAction({
  permission,
  schema: z.object({ token_id: id }),
  verb: async (ctx, input) => ({
    token: apiTokenToWire(await endingCredentials(endToken(ctx, input.token_id))),
  }),
});

/** The link is in this answer and nowhere else. */
export async function inviteUser(input: InviteUserWire) {
  return inviteAction(input);
}

/** A new link, in this answer and nowhere else; the one before opens nothing any more. */
export async function renewInvitation(input: { invitation_id: string }) {
  return renewAction(input);
}

export async function revokeInvitation(input: { invitation_id: string }) {
  return takeBackAction(input);
}

/** 409 when the user has changed since `version`. */
export async function updateUser(input: { user_id: string } & UpdateUserWire) {
  return updateAction(input);
}

/** Disabling ends every session of theirs at once. */
export async function setUserDisabled(input: { user_id: string; disabled: boolean }) {
  return standingAction(input);
}

export async function removeUser(input: { user_id: string }) {
  return removeAction(input);
}

/** Also one's own: what it needs besides, the verb says. */
export async function revokeSession(input: { session_id: string }) {
  return endSessionAction(input);
}

/** Of one's own all but this one. */
export async function revokeUserSessions(input: { user_id: string }) {
  return endSessionsAction(input);
}

/** The link is in this answer and nowhere else; the one before opens nothing any more. */
export async function makePasswordReset(input: { user_id: string }) {
  return makeResetAction(input);
}

/** The value is in this answer and nowhere else. */
export async function createToken(input: CreateApiTokenWire) {
  return createTokenAction(input);
}

/** Makes a successor; the old token ends after the overlap. */
export async function rotateToken(input: { token_id: string } & RotateApiTokenWire) {
  return rotateTokenAction(input);
}

export async function disableToken(input: { token_id: string }) {
  return disableTokenAction(input);
}
