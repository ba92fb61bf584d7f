import { findHeldRoles } from "@/lib/db/author-store";
import type { Transaction } from "@/lib/db/transaction";
import { type Actor, type ActorRef, actorRef } from "@/lib/domain/actor";
import { decidePermission } from "@/lib/domain/permission";
import type { Context } from "../context";

/**
 * Which of those who approved may still decide, by the roles they hold now: who was demoted or disabled since counts no
 * more. Whoever acts now has just been authorized, and a token was when it said so.
 */
export async function entitledAmong(
  tx: Transaction,
  ctx: Context,
  approvals: readonly { actor: ActorRef }[],
  projectId: string | null,
): Promise<(actor: ActorRef) => boolean> {
  const me = actorRef(ctx.actor);
  const people = approvals.flatMap(({ actor }) =>
    actor.kind === "user" && actor.id !== me.id ? actor.id : [],
  );
  const held = people.length > 0 ? await findHeldRoles(tx, people) : new Map();
  return (actor) => {
    if (actor.kind !== "user" || (me.kind === "user" && actor.id === me.id)) return true;
    const roles = held.get(actor.id);
    return roles !== undefined && decidePermission(asUser(actor, roles), "decide", projectId).allowed;
  };
}

function asUser(
  { id, name }: ActorRef,
  roles: Pick<Extract<Actor, { kind: "user" }>, "role" | "projectRoles">,
): Actor {
  return { kind: "user", userId: id, name, email: "", sessionId: "", stepUpAtMs: null, ...roles };
}
