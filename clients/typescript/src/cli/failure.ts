import { IncidentMonitorError, NetworkError, TimeoutError } from "../errors.js";
import { exitCodes, UsageError } from "./exit-codes.js";
import { isObject } from "./json-file.js";
import type { Target } from "./target.js";
import { json, plain } from "./text.js";

type Failure = { exitCode: number; text: string };

/** What went wrong in words, or as one JSON object, and the exit code that says which kind it is. */
export function failureOf(error: unknown, target: Target | undefined, asJson: boolean): Failure {
  const { exitCode, message, more } = describe(error, target);
  if (asJson) return { exitCode, text: json({ error: message, ...more }, 2) };
  return { exitCode, text: plain(message, { lines: true }) };
}

function describe(error: unknown, target: Target | undefined) {
  if (error instanceof UsageError) return { exitCode: exitCodes.usage, message: error.message, more: {} };
  if (error instanceof TimeoutError || error instanceof NetworkError)
    return { exitCode: exitCodes.unreachable, message: error.message, more: {} };
  if (error instanceof IncidentMonitorError) {
    const { status, code, field, requestId, retryAfterMs, body } = error;
    const notReady = status === 502 || status === 503 || status === 504;
    return {
      exitCode: notReady ? exitCodes.unreachable : exitCodes.failed,
      message: wordsOf(error, target),
      more: { status, code, field, request_id: requestId, retry_after_ms: retryAfterMs, body },
    };
  }
  if (error instanceof TypeError || error instanceof RangeError)
    return { exitCode: exitCodes.usage, message: error.message, more: {} };
  return { exitCode: exitCodes.failed, message: String((error as Error)?.message ?? error), more: {} };
}

/** The server's own words first, then all it listed, then what to quote. */
function wordsOf(error: IncidentMonitorError, target: Target | undefined): string {
  const body = isObject(error.body) ? error.body : {};
  const text = typeof body.error === "string" ? body.error : error.message;
  const detail = typeof body.detail === "string" && body.detail !== text ? [body.detail] : [];
  const issues = Array.isArray(body.issues) ? body.issues.filter(isObject) : [];
  const listed = issues.map(({ path, message }) => `  ${path || "(body)"}: ${message}`);
  const about = [`HTTP ${error.status}`, error.code, error.requestId && `request ${error.requestId}`];
  const asWhom =
    error.status === 401 && target ? [target.token ? `The token came from ${target.from}.` : noToken] : [];
  return [text, ...detail, ...listed, ...asWhom, `(${about.filter(Boolean).join(", ")})`].join("\n");
}

const noToken =
  "No token was given: set INCIDENT_MONITOR_TOKEN, or give --token-file FILE or --data-dir FOLDER.";
