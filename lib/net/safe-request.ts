import type { NetReason } from "./net-reason";
import type { UrlPolicy } from "./url-policy";

/** What this side shows of itself (mutual TLS), PEM. `ca` is trusted besides the public roots, for this request alone. */
export type ClientTls = { cert: string; key: string; ca?: string };

export type SafeRequest = {
  url: string;
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** What this caller may reach; checked on the URL and again on every address at connect time. */
  policy: UrlPolicy;
  /** For everything: waiting for a connection, DNS, connecting, TLS, sending, the whole reply. */
  timeoutMs: number;
  /** Reading stops here and the connection is destroyed; the result says `truncated`. */
  responseByteLimit: number;
  requestByteLimit?: number;
  tls?: ClientTls;
  signal?: AbortSignal;
  /** For a reply that is read while it still comes (an event stream). The result is the same without it. */
  watch?: ReplyWatch;
};

/** `onStart` once, with the status line; `onBytes` for what of the body lies within the limit. Neither may throw. */
export type ReplyWatch = {
  onStart: (reply: { status: number; headers: Record<string, string> }) => void;
  onBytes: (bytes: Uint8Array) => void;
};

/** Milliseconds. `dns`, `connect` and `tls` are there only when this request opened its connection. */
export type Timings = {
  dns?: number;
  connect?: number;
  tls?: number;
  firstByte?: number;
  total: number;
};

export type SafeResponse = {
  outcome: "response";
  status: number;
  /** Lower-case names, bounded in number and length. */
  headers: Record<string, string>;
  retryAfterMs?: number;
  /** The body's beginning as text; undecodable bytes become U+FFFD. */
  body: string;
  bodyBytes: number;
  /** The body went on past the limit, or ended early (`bodyError` says why). The status line is still certain. */
  truncated: boolean;
  bodyError?: NetReason;
  /** SHA-256 of the bytes read, hex. */
  digest: string;
  timings: Timings;
};

/**
 * What came of a request; a value, never a throw.
 * refused_by_policy: no connection was opened for it. connect_error: nothing of it was sent. lost_reply: it may have
 * arrived, no answer did. response: the other side answered.
 */
export type SafeResult =
  | { outcome: "refused_by_policy"; reason: NetReason }
  | { outcome: "connect_error"; reason: NetReason; timings: Timings }
  | { outcome: "lost_reply"; reason: NetReason; timings: Timings }
  | SafeResponse;

export type SafeFetch = (request: SafeRequest) => Promise<SafeResult>;

const headerCountMax = 64;
const headerBytesMax = 16_384;
const requestByteCeiling = 10 * 1_048_576;

/** Framing and routing belong to the client; a caller setting them could smuggle a second request. */
const forbiddenHeaders = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Why a request is not fit to send, or null. Messages never carry a header's value. */
export function checkRequest(request: SafeRequest): NetReason | null {
  const limit = Math.min(request.requestByteLimit ?? requestByteCeiling, requestByteCeiling);
  const bodyBytes = request.body === undefined ? 0 : Buffer.byteLength(request.body);
  if (bodyBytes > limit) {
    return {
      code: "request_too_large",
      message: `The request body is ${bodyBytes} bytes; the limit is ${limit}.`,
      fields: { bodyBytes, limit },
    };
  }
  const headers = Object.entries(request.headers ?? {});
  if (headers.length > headerCountMax) return invalid("too many headers");
  let headerBytes = 0;
  for (const [name, value] of headers) {
    headerBytes += name.length + value.length;
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)) return invalid("a header has a malformed name");
    if (forbiddenHeaders.has(name.toLowerCase())) return invalid(`the header ${name} may not be set`);
    if (!/^[\t\x20-\x7e]*$/.test(value)) return invalid(`the header ${name} has a malformed value`);
  }
  if (headerBytes > headerBytesMax) return invalid("the headers are too large");
  return null;
}

function invalid(words: string): NetReason {
  return { code: "request_invalid", message: `The request was not sent: ${words}.` };
}
