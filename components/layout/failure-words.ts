import { ApiError } from "@/lib/queries/api-error";

export type FailureWords = { why: string; next?: string; requestId?: string };

/** Why an action was refused, what can be done, and the request to quote; each a whole sentence. */
export function failureWords(error: Error): FailureWords {
  if (!(error instanceof ApiError)) return { why: "Something went wrong in this page.", next: "Try again." };
  const { problem, status } = error;
  return {
    why: sentence(problem.error),
    next: nextStep(status, problem.retryable),
    requestId: problem.request_id,
  };
}

/** The same with the time and the page, to paste into a message. */
export function failureDetails(what: string, error: Error, at: { nowMs: number; href: string }): string {
  const { why, next, requestId } = failureWords(error);
  const request = requestId && `request ${requestId}`;
  const lines = [what, why, next, request, new Date(at.nowMs).toISOString(), at.href];
  return lines.filter(Boolean).join("\n");
}

function nextStep(status: number, retryable: boolean | undefined): string | undefined {
  if (status === 0) return "Nothing was changed. Look at the connection and try again.";
  if (status === 401) return "Sign in again in another tab, then try again here.";
  if (status === 403) return "An admin can change what your role may do.";
  if (status === 409) return "What is shown here was renewed; look at it and try again.";
  return retryable || status >= 500 ? "Nothing was changed; try again." : undefined;
}

function sentence(text: string): string {
  const plain = text.replaceAll("`", "");
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}
