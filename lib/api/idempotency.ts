import { sha256Hex } from "@/lib/digest";
import { type Actor, actorKey } from "@/lib/domain/actor";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { EdgeProblem } from "./problem";

/** The caller's Idempotency-Key with what it was used for; null without one. Keys of different callers never meet. */
export function idempotencyOf(request: Request, actor: Actor, body: unknown) {
  const key = request.headers.get("idempotency-key")?.trim();
  if (!key) return null;
  if (key.length > 255 || !/^[\x21-\x7e]+$/.test(key)) {
    throw new EdgeProblem(
      400,
      "VALIDATION_FAILED",
      "Idempotency-Key must be 1 to 255 visible ASCII characters",
      {
        field: "Idempotency-Key",
        retryable: false,
      },
    );
  }
  return { scope: actorKey(actor), key, requestHash: sha256Hex(canonicalJson(body)) };
}
