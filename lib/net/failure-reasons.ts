import { errors } from "undici";
import type { NetReason } from "./net-reason";
import { AddressRefusedError } from "./pinned-connector";

/** Only the error's code is read: messages of network errors carry addresses, paths and certificate text. */
function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

const lookupCodes = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "ENODATA", "ESERVFAIL", "EAI_NODATA"]);
const unreachableCodes = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EACCES"]);
const tlsCode =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_)/;

/** Why no connection came about. Nothing of the request left. */
export function connectFailure(error: unknown, host: string): NetReason {
  if (error instanceof AddressRefusedError) return error.reason;
  const code = errorCode(error);
  const say = (reasonCode: string, message: string): NetReason => ({
    code: reasonCode,
    message,
    fields: { host, cause: code || null },
  });
  if (code === "CONNECT_TIMEOUT")
    return say("connect_timeout", `No connection to ${host} came about in time.`);
  if (lookupCodes.has(code)) return say("dns_failed", `The host ${host} could not be resolved (${code}).`);
  if (code === "ECONNREFUSED") return say("connection_refused", `The host ${host} refused the connection.`);
  if (unreachableCodes.has(code)) return say("unreachable", `The host ${host} cannot be reached (${code}).`);
  if (tlsCode.test(code)) return say("tls_failed", `TLS with ${host} failed (${code}).`);
  return say("connect_failed", `The connection to ${host} failed${code ? ` (${code})` : ""}.`);
}

/** Why an answer is missing or unreadable after the request was written. */
export function replyFailure(error: unknown, host: string): NetReason {
  const code = errorCode(error);
  const fields = { host, cause: code || null };
  if (error instanceof errors.HTTPParserError || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return {
      code: "malformed_reply",
      message: `The host ${host} answered something that is not HTTP.`,
      fields,
    };
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return { code: "malformed_reply", message: `The host ${host} answered with oversized headers.`, fields };
  }
  const words = code ? ` (${code})` : "";
  return {
    code: "connection_lost",
    message: `The connection to ${host} broke before the answer${words}.`,
    fields,
  };
}

export function timeoutReason(host: string, timeoutMs: number, sent: boolean): NetReason {
  const words = sent ? "did not answer" : "could not be connected to";
  return {
    code: "timeout",
    message: `The host ${host} ${words} within ${timeoutMs} ms.`,
    fields: { host, timeoutMs },
  };
}

export function cancelledReason(host: string): NetReason {
  return { code: "cancelled", message: `The request to ${host} was cancelled.`, fields: { host } };
}
