import { type Reason, reason } from "@/lib/domain/reason";
import type { SafeFetch, SafeRequest } from "@/lib/net/safe-fetch";
import { urlPolicyFor } from "@/lib/net/url-policy";

export type Reach = { fetch: SafeFetch; privateNetworks: readonly string[] };
export type JsonAnswer =
  | { ok: true; status: number; body: Record<string, unknown> }
  | { ok: false; reason: Reason };

/** Somebody waits in front of a blank page. */
const timeoutMs = 8_000;
const responseByteLimit = 256 * 1_024;

/** One request to the provider. Nothing of its answer gets into a reason: tokens may be in it. */
export async function askProvider(
  reach: Reach,
  request: Pick<SafeRequest, "url" | "method" | "headers" | "body">,
): Promise<JsonAnswer> {
  const policy = urlPolicyFor(request.url, reach.privateNetworks);
  const result = await reach.fetch({
    ...request,
    headers: { accept: "application/json", ...request.headers },
    ...{ policy, timeoutMs, responseByteLimit },
  });
  if (result.outcome !== "response") {
    const { code } = result.reason;
    return {
      ok: false,
      reason: reason("provider_unreachable", "The provider cannot be reached.", { cause: code }),
    };
  }
  const body = result.truncated ? null : objectOf(result.body);
  if (!body) return { ok: false, reason: invalid("The provider did not answer in JSON.", result.status) };
  return { ok: true, status: result.status, body };
}

export const invalid = (message: string, status?: number): Reason =>
  reason("provider_answer_invalid", message, status === undefined ? undefined : { status });

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
