import { sha256Hex } from "@/lib/digest";
import { type Actor, actorKey } from "@/lib/domain/actor";
import { canonicalJson } from "@/lib/domain/canonical-json";

/** An Idempotency-Key with whose it is and what it was used for; keys of different callers never meet. */
export function idempotencyFromWire(key: string, actor: Actor, body: unknown) {
  return { scope: actorKey(actor), key, requestHash: sha256Hex(canonicalJson(body)) };
}
