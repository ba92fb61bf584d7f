import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { contextFor } from "@/lib/auth/context";
import { panelActor } from "@/lib/auth/panel-context";
import { currentProcess } from "@/lib/auth/process";
import type { ActionResult } from "@/lib/contracts/action";
import type { Permission } from "@/lib/domain/permission";
import { newId } from "@/lib/ids";
import { logger } from "@/lib/logger";
import type { Context } from "@/lib/pipeline/context";
import { AppError, type AppErrorKind } from "@/lib/pipeline/errors";
import { findUnsafe } from "@/lib/pipeline/unsafe-input";
import { withoutSecrets, withoutTypedSecrets } from "@/lib/pipeline/without-secrets";

type ActionDefinition<Input, Data> = {
  /** What the verb will ask for; the verb authorizes for itself. */
  permission: Permission;
  schema: z.ZodType<Input>;
  verb: (ctx: Context, input: Input) => Promise<Data>;
  /** The verb redacts or refuses secrets by itself; everywhere else they are taken out of the input before. */
  redacts?: "verb";
  /** The verb makes any text storable: what people paste from a log is not sent back to them for a character they cannot see. */
  takesAnyText?: true;
  /** Checks and tests change no page: drawing it again at every pause in typing would be waste. */
  readsOnly?: (input: Input) => boolean;
};

const statuses: Record<AppErrorKind, number> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  invalid: 400,
  not_ready: 409,
  limited: 429,
  internal: 500,
};

/** A server action: session, shape, verb, refresh. Answers refusals as values; the framework hides what is thrown. */
export function defineAction<Input, Data>(definition: ActionDefinition<Input, Data>) {
  return async (given: Input): Promise<ActionResult<Data>> => {
    const requestId = newId.request();
    const actor = await panelActor();
    if (!actor) return refusal(401, "AUTH_REQUIRED", "Your session has ended; sign in again", requestId);
    // As the API refuses it of a body: otherwise the database would, and nobody could say which field it was.
    const unsafe = definition.takesAnyText ? null : findUnsafe(given);
    if (unsafe) {
      const field = withoutSecrets(unsafe.path);
      return refusal(422, "VALIDATION_FAILED", `${field || "The form"} ${unsafe.fault}`, requestId, {
        field,
      });
    }
    const parsed = definition.schema.safeParse(given);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = withoutSecrets(issue?.path.join(".") ?? "");
      return refusal(
        422,
        "VALIDATION_FAILED",
        `${field || "The form"}: ${withoutSecrets(issue?.message ?? "not valid")}`,
        requestId,
        { field },
      );
    }
    try {
      const input = definition.redacts === "verb" ? parsed.data : withoutTypedSecrets(parsed.data);
      const data = await definition.verb(contextFor(currentProcess(), actor, requestId), input);
      if (!definition.readsOnly?.(parsed.data)) revalidatePath("/", "layout");
      return { ok: true, data };
    } catch (error) {
      if (error instanceof AppError) {
        const code = `INCIDENT_MONITOR_${error.reason.toUpperCase()}`;
        return refusal(statuses[error.kind], code, error.message, requestId, plain(error.context));
      }
      logger.error({ err: error, requestId }, "action failed");
      return refusal(500, "INTERNAL", "Something went wrong on our side; quote the request id", requestId);
    }
  };
}

function refusal(
  status: number,
  code: string,
  error: string,
  requestId: string,
  more: Record<string, unknown> = {},
): { ok: false } & Extract<ActionResult<never>, { ok: false }> {
  return { ok: false, status, problem: { ...more, error, code, request_id: requestId } };
}

/** What crosses to the browser is JSON: no class instances, no functions. */
const plain = (context: Readonly<Record<string, unknown>>) =>
  JSON.parse(JSON.stringify(context)) as Record<string, unknown>;
