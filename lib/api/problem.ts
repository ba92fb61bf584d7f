import type { ProblemWire } from "@/lib/contracts/problem";
import { AppError, type AppErrorKind, isDatabaseAway } from "@/lib/pipeline/errors";

export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 422 | 429 | 500 | 503;

/** The only status table. A route may answer a kind, or one of its reasons, differently (`errors`). */
const defaults: Record<AppErrorKind, ErrorStatus> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  invalid: 400,
  not_ready: 409,
  limited: 429,
  internal: 500,
};

/** Per route: a kind or a reason of AppError -> the contract's own status and code. */
export type RouteErrors = Partial<Record<string, [ErrorStatus, string]>>;

/** Errors of a route with the contract's own code for whoever may not call it. */
export const adminErrors = (code: string): RouteErrors => ({ forbidden: [403, code] });

/** A refusal made at the edge, before any verb. */
export class EdgeProblem extends Error {
  readonly status: ErrorStatus;
  readonly body: Omit<ProblemWire, "error">;
  readonly headers: Record<string, string>;

  constructor(
    status: ErrorStatus,
    code: string,
    message: string,
    more: Record<string, unknown> = {},
    headers = {},
  ) {
    super(message);
    this.status = status;
    this.body = { code, ...more };
    this.headers = headers;
  }
}

export type RenderedProblem = {
  status: ErrorStatus;
  body: ProblemWire;
  headers: Record<string, string>;
  unknown?: unknown;
};

/** Too many is too many, at the gate or later: one code for both (contract 1.2). */
const ownCode = ({ kind, reason }: AppError) =>
  kind === "limited" ? "RATE_LIMITED" : `INCIDENT_MONITOR_${reason.toUpperCase()}`;

/** Words, code and context of a known refusal; of anything else its request's id, and whether the database is away. */
export function renderProblem(error: unknown, requestId: string, errors: RouteErrors = {}): RenderedProblem {
  if (error instanceof EdgeProblem) {
    return {
      status: error.status,
      headers: error.headers,
      body: { error: error.message, ...error.body, code: String(error.body.code), request_id: requestId },
    };
  }
  if (error instanceof AppError) {
    const [status, code] = errors[error.reason] ??
      errors[error.kind] ?? [defaults[error.kind], ownCode(error)];
    const retryAfter = error.context.retry_after_seconds;
    return {
      status,
      headers: typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {},
      body: {
        error: error.message,
        detail: error.message,
        reason: error.reason,
        ...error.context,
        code,
        request_id: requestId,
      },
    };
  }
  if (isDatabaseAway(error)) {
    return {
      status: 503,
      headers: { "retry-after": "2" },
      unknown: error,
      body: {
        error: "The database cannot be reached; try again, with the same Idempotency-Key if you sent one",
        code: "DATABASE_UNAVAILABLE",
        retryable: true,
        request_id: requestId,
      },
    };
  }
  return {
    status: 500,
    headers: {},
    unknown: error,
    body: {
      error: "Something went wrong on our side; quote the request id",
      code: "INTERNAL",
      retryable: true,
      request_id: requestId,
    },
  };
}
