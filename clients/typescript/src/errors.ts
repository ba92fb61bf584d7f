/** The server answered and refused, or answered something that is no answer. */
export class IncidentMonitorError extends Error {
  override readonly name: string = "IncidentMonitorError";
  /** HTTP status. */
  readonly status: number;
  /** Stable, as the API documents it; `INVALID_RESPONSE` and `REDIRECTED` are ours. */
  readonly code: string | undefined;
  /** The field that is wrong, when there is one. */
  readonly field: string | undefined;
  /** Quote it when asking for help: it is in the server's log. */
  readonly requestId: string | undefined;
  /** From Retry-After: when asking again makes sense. */
  readonly retryAfterMs: number | undefined;
  /** The whole answer: parsed JSON, or text when it was none. */
  readonly body: unknown;

  constructor(message: string, parts: ErrorParts) {
    super(message);
    this.status = parts.status;
    this.code = parts.code;
    this.field = parts.field;
    this.requestId = parts.requestId;
    this.retryAfterMs = parts.retryAfterMs;
    this.body = parts.body;
  }
}

export type ErrorParts = {
  status: number;
  code?: string | undefined;
  field?: string | undefined;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  body?: unknown;
};

/** No whole answer within the time. Whether the server did what was asked is not known. */
export class TimeoutError extends Error {
  override readonly name: string = "TimeoutError";
  readonly timeoutMs: number;
  readonly path: string;

  constructor(timeoutMs: number, path: string) {
    super(`Request timed out after ${timeoutMs}ms: ${path}`);
    this.timeoutMs = timeoutMs;
    this.path = path;
  }
}

/** The server was not reached, or the connection ended before the answer did. `cause` is what the platform said. */
export class NetworkError extends Error {
  override readonly name: string = "NetworkError";
  readonly path: string;

  constructor(origin: string, path: string, cause: unknown) {
    super(`Could not reach ${origin}${path}: ${wordsOf(cause)}`, { cause });
    this.path = path;
  }
}

/** `fetch failed` says nothing; what is under it does. */
function wordsOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return String(inner);
  const code = "code" in inner && typeof inner.code === "string" ? inner.code : "";
  return [inner.message, code].find((each) => each !== "") ?? inner.name;
}

/** Message as the reference client words it; the raw body is cut there, and whole in `body`. */
export function errorOf(response: Response, text: string): IncidentMonitorError {
  const body = jsonOf(text);
  const record = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const shown = text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}...` : text;
  const status = `${response.status} ${response.statusText}`.trim();
  return new IncidentMonitorError(`Request failed (${status}): ${shown}`, {
    status: response.status,
    code: textOf(record.code),
    field: textOf(record.field),
    requestId: response.headers.get("x-request-id") ?? textOf(record.request_id),
    retryAfterMs: retryAfterMs(response.headers.get("retry-after"), Date.now()),
    body: body === undefined ? text : body,
  });
}

const shownLengthMax = 2_000;

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** Seconds or an HTTP date (RFC 9110, 10.2.3), as ms from now; undefined for what is neither. */
export function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
