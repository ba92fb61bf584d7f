import type { SessionWire } from "@/lib/contracts/status";
import { type Actor, actorRef } from "@/lib/domain/actor";
import { heldPermissions } from "@/lib/domain/permission";

/** Who is calling and what they may do. */
export function sessionToWire(actor: Actor): SessionWire {
  return {
    actor: { ...actorRef(actor), ...(actor.kind === "user" && { email: actor.email }) },
    ...(actor.kind === "user" && actor.role && { role: actor.role }),
    permissions: heldPermissions(actor),
  };
}
