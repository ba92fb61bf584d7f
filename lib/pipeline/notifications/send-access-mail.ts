import { findInvitationByHash } from "@/lib/db/invitation-store";
import { findPasswordResetByHash } from "@/lib/db/password-reset-store";
import { keyedHash } from "@/lib/digest";
import { type AccessMessage, accessSubject, accessText } from "@/lib/domain/access-message";
import type { Mailer, SendOutcome } from "@/lib/domain/notification";
import { reason } from "@/lib/domain/reason";
import { invitationPath, linkTo, passwordResetPath } from "@/lib/paths";
import type { Context } from "../context";
import { accessToken } from "./link-token";

type Addressed = { mailer: Mailer; messageId: string; to: string };

/** The link is made again for each attempt. One that was used, replaced or taken back meanwhile is sent to nobody. */
export async function sendAccessMail(
  ctx: Context,
  message: AccessMessage,
  { mailer, messageId, to }: Addressed,
): Promise<SendOutcome> {
  const { pepper, publicUrl } = ctx.services;
  const isInvitation = message.about === "invitation";
  const token = accessToken(pepper, message.about, message.linkId);
  const find = isInvitation ? findInvitationByHash : findPasswordResetByHash;
  if (!(await find(ctx.db, keyedHash(pepper, token), ctx.nowMs))) {
    const words = "The link was used, replaced or taken back before it could be sent.";
    return { outcome: "rejected", reason: reason("link_ended", words) };
  }
  const link = linkTo(publicUrl ?? "", isInvitation ? invitationPath() : passwordResetPath(), token);
  const text = accessText(message, link);
  return mailer.send({ messageId, to, subject: accessSubject(message), text });
}
