import { ApiError } from "@/lib/queries/api-error";

/** Why a proof was not taken, in the words of the field it stands under. */
export function proofFailure(error: Error): string {
  if (!(error instanceof ApiError)) return "It could not be checked. Try again.";
  if (error.status === 0) return "The server does not answer. Nothing was sent; try again.";
  if (error.status !== 429) return error.problem.error;
  const seconds = Number(error.problem.retry_after_seconds);
  const minutes = Math.max(1, Math.ceil((Number.isFinite(seconds) ? seconds : 900) / 60));
  return `Too many attempts. Wait ${minutes === 1 ? "a minute" : `${minutes} minutes`}, then try once more.`;
}
