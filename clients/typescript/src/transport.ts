import { errorOf, IncidentMonitorError, jsonOf, NetworkError, TimeoutError } from "./errors.js";
import { isTransient, pause, waitMs } from "./retry.js";

export interface TandemClientOptions {
  /** `http://localhost:39731`; a path is kept, trailing slashes are not. */
  baseUrl: string;
  /** A full, service or agent token. Needed by all but `health` and the calls with a scoped key. */
  token?: string;
  /** A scoped intake key, for `reportWithKey` and `reportBatch` of one project. */
  intakeKey?: string;
  /** A call with all its retries takes no longer; 20 000 when absent. */
  timeoutMs?: number;
  /** More tries of calls that may be repeated: GET, and reports (with an Idempotency-Key). 2 when absent, 0 for none. */
  retries?: number;
  /** The platform's when absent. */
  fetch?: typeof fetch;
}

/** The last argument of every method. */
export interface CallOptions {
  /** Ends the call with the signal's reason. */
  signal?: AbortSignal;
  timeoutMs?: number;
  retries?: number;
}

export interface DeleteOptions extends CallOptions {
  /** Why, for the record. */
  reason?: string;
}

export type Request = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, unknown> | undefined;
  /** Sent as JSON; undefined sends none. */
  body?: unknown;
  /** Sent as it is, with its own type. */
  text?: { type: string; value: string };
  headers?: Record<string, string | undefined>;
  credential?: "token" | "none" | { intakeKey: string };
  /** Whether asking twice is the same as asking once. GET is. */
  repeatable?: boolean;
};

type Sent = { response: Response; text: string };

/** One call: shaped, sent, read, repeated where that is safe. Nothing of an answer is renamed or checked. */
export class Transport {
  readonly baseUrl: string;
  readonly intakeKey: string | undefined;
  readonly retries: number;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  readonly #token: string | undefined;
  /** Replaced by tests, which do not wait. */
  pause = pause;
  random: () => number = Math.random;

  constructor(options: TandemClientOptions) {
    this.baseUrl = baseUrlOf(options.baseUrl);
    this.#token = options.token?.trim() || undefined;
    this.intakeKey = options.intakeKey?.trim() || undefined;
    this.timeoutMs = positive(options.timeoutMs ?? 20_000, "timeoutMs");
    this.retries = whole(options.retries ?? 2, "retries");
    const given = options.fetch;
    this.fetch = given ?? ((...args) => globalThis.fetch(...args));
  }

  /** The body as parsed JSON. @throws IncidentMonitorError, TimeoutError, NetworkError, or the signal's reason */
  async json<T>(request: Request, options: CallOptions = {}): Promise<T> {
    return (await this.answer<T>(request, options)).body;
  }

  /** The same with the headers, for what they hold. */
  async answer<T>(request: Request, options: CallOptions = {}): Promise<{ body: T; headers: Headers }> {
    const timeoutMs = positive(options.timeoutMs ?? this.timeoutMs, "timeoutMs");
    const retries = whole(options.retries ?? this.retries, "retries");
    const repeatable = request.repeatable ?? request.method === "GET";
    const deadline = Date.now() + timeoutMs;
    for (let attempt = 0; ; attempt++) {
      try {
        const { response, text } = await this.#send(request, options.signal, timeoutMs, deadline);
        return { body: bodyOf<T>(response, text), headers: response.headers };
      } catch (error) {
        if (!repeatable || attempt >= retries || !isTransient(error)) throw error;
        const wait = waitMs(error, attempt, this.random);
        // Waiting past the deadline would only turn this answer into a worse one.
        if (Date.now() + wait >= deadline) throw error;
        await this.pause(wait, options.signal);
      }
    }
  }

  async #send(request: Request, signal: AbortSignal | undefined, timeoutMs: number, deadline: number) {
    signal?.throwIfAborted();
    const ended = new AbortController();
    const onAbort = () => ended.abort();
    let timedOut = false;
    const timer = setTimeout(
      () => {
        timedOut = true;
        ended.abort();
      },
      Math.max(1, deadline - Date.now()),
    );
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const response = await this.open(request, ended.signal);
      const sent: Sent = { response, text: await response.text() };
      if (!response.ok) throw errorOf(response, sent.text);
      return sent;
    } catch (error) {
      if (error instanceof IncidentMonitorError) throw error;
      if (signal?.aborted) throw signal.reason;
      if (timedOut) throw new TimeoutError(timeoutMs, request.path);
      throw new NetworkError(this.baseUrl, request.path, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** The response with its body unread. Redirects are refused: they would carry the credential elsewhere. */
  async open(request: Request, signal: AbortSignal): Promise<Response> {
    const { body, text } = request;
    const payload = text ? text.value : body === undefined ? undefined : JSON.stringify(body);
    const response = await this.fetch(`${this.baseUrl}${request.path}${searchOf(request.query)}`, {
      method: request.method,
      headers: this.#headersOf(request),
      redirect: "manual",
      signal,
      ...(payload !== undefined && { body: payload }),
    });
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
      const location = response.headers.get("location");
      throw new IncidentMonitorError(
        `${this.baseUrl}${request.path} redirects${location ? ` to ${location}` : ""}: set baseUrl to where the API is`,
        { status: response.status, code: "REDIRECTED" },
      );
    }
    return response;
  }

  #headersOf({ credential = "token", headers = {}, text }: Request): Record<string, string> {
    const all: Record<string, string> = { "content-type": text?.type ?? "application/json" };
    if (credential === "token" && this.#token) all.authorization = `Bearer ${this.#token}`;
    if (typeof credential === "object") all["x-tandem-incident-monitor-intake-key"] = credential.intakeKey;
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) all[name] = value;
    return all;
  }
}

function bodyOf<T>(response: Response, text: string): T {
  if (response.status === 204) return undefined as T;
  const body = jsonOf(text);
  if (body === undefined) {
    throw new IncidentMonitorError(`The answer is no JSON: ${text.slice(0, 200)}`, {
      status: response.status,
      code: "INVALID_RESPONSE",
      requestId: response.headers.get("x-request-id") ?? undefined,
      body: text,
    });
  }
  return body as T;
}

/** Unset and blank values are left out; lists are joined with commas. */
function searchOf(query: Record<string, unknown> | undefined): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text !== undefined && text !== null && text !== "") search.set(name, String(text));
  }
  const encoded = search.toString();
  return encoded ? `?${encoded}` : "";
}

/** One segment of a path. `.` and `..` would name another path once the URL is resolved. */
export function segment(id: string, name: string): string {
  const text = typeof id === "string" ? id.trim() : "";
  if (text === "" || text === "." || text === "..") throw new TypeError(`${name} must be an id`);
  return encodeURIComponent(text);
}

function baseUrlOf(given: string): string {
  const text = typeof given === "string" ? given.trim() : "";
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new TypeError("baseUrl must be an http or https URL");
  }
  const { username, password } = new URL(text);
  if (username || password) throw new TypeError("baseUrl must not hold a user name or password");
  return text.replace(/\/+$/, "");
}

function positive(value: number, name: string): number {
  // setTimeout fires at once beyond 32 bits.
  if (!(value > 0) || value > 2_147_483_647) throw new RangeError(`${name} must be between 1 and 2147483647`);
  return value;
}

function whole(value: number, name: string): number {
  if (!Number.isInteger(value) || value < 0 || value > 100) throw new RangeError(`${name} must be 0 to 100`);
  return value;
}
