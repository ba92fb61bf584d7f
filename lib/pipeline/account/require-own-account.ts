import { type AccountRecord, findAccount } from "@/lib/db/account-store";
import type { UserActor } from "@/lib/domain/actor";
import type { AuditSubject } from "@/lib/domain/audit";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { personRequired } from "../step-up";

export type OwnAccount = { person: UserActor; account: AccountRecord; subject: AuditSubject };

/**
 * The caller's own account. Every verb of it begins here.
 *
 * @throws AppError forbidden `person_required` for anything but a signed-in person, unauthenticated when they are gone
 */
export async function requireOwnAccount(ctx: Context): Promise<OwnAccount> {
  const { actor } = ctx;
  const subject = { kind: "user", id: actor.kind === "user" ? actor.userId : "none" };
  await authorize(ctx, "ownAccount", subject);
  if (actor.kind !== "user") throw personRequired("have an account");
  const account = await findAccount(ctx.db, actor.userId);
  if (!account) throw new AppError("unauthenticated", "account_gone", "This account is no longer there.");
  return { person: actor, account, subject };
}
