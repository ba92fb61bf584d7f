import { isSteppedUp, stepUpLifetimeMs } from "@/lib/domain/step-up";
import type { Context } from "./context";
import { AppError } from "./errors";

/**
 * For what is dangerous: the person has proven lately, by password or one-time code, that they are still there. Ask after
 * `authorize`, before anything is loaded or changed. `what` completes "to ...": "approve a high-risk draft".
 *
 * @throws AppError forbidden `person_required` for whatever is no signed-in person (no token can make up for it);
 * `step_up_required` with `{ step_up: true }`, which the panel answers by asking and then repeating the call.
 */
export function requireStepUp(ctx: Context, what: string): void {
  const { actor } = ctx;
  if (actor.kind !== "user") throw personRequired(what);
  if (isSteppedUp(actor.stepUpAtMs, ctx.nowMs)) return;
  throw new AppError(
    "forbidden",
    "step_up_required",
    `Prove that it is you to ${what}: give your password or a one-time code (POST /incident-monitor/account/step-up), ` +
      `then repeat this within ${stepUpLifetimeMs / 60_000} minutes.`,
    { step_up: true },
  );
}

/** A token, key or agent was given where a person has to stand. */
export function personRequired(what: string): AppError {
  const message = `Only a signed-in person may ${what}; no token can stand in for one.`;
  return new AppError("forbidden", "person_required", message);
}
