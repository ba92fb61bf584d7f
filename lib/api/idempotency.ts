import type { Actor } from "@/lib/domain/actor";
import { idempotencyFromWire } from "@/lib/wire/idempotency";
import { EdgeProblem } from "./problem";

/** The caller's Idempotency-Key, null without one. @throws EdgeProblem 400 for one that is no key */
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
  return idempotencyFromWire(key, actor, body);
}
