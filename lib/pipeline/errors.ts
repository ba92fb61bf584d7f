import { withoutSecrets, withoutShownSecrets } from "./without-secrets";

export { isDatabaseAway } from "@/lib/db/availability";

/** The few ways a verb refuses. Edges translate them; nothing else a verb throws reaches a client. */
export type AppErrorKind =
  | "not_found"
  | "forbidden"
  | "unauthenticated"
  | "conflict"
  | "invalid"
  | "not_ready"
  | "limited"
  | "internal";

/** Often says back what it was given, so whatever looks like a secret is taken out here, once for every verb. */
export class AppError extends Error {
  readonly kind: AppErrorKind;
  /** A stable snake_case code for what exactly went wrong. */
  readonly reason: string;
  /** Facts for the response (ids, field names); never reported text that was not redacted. */
  readonly context: Readonly<Record<string, unknown>>;

  constructor(kind: AppErrorKind, reason: string, message: string, context: Record<string, unknown> = {}) {
    super(withoutSecrets(message));
    this.name = "AppError";
    this.kind = kind;
    this.reason = reason;
    this.context = withoutShownSecrets(context);
  }
}
