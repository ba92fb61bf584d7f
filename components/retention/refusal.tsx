import { ErrorState } from "@/components/layout/error-state";
import { ApiError } from "@/lib/queries/api-error";

/** The field that a refusal names, with what is wrong with it. */
export function fieldError(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ApiError) || error.problem.field !== field) return undefined;
  return error.problem.error;
}

/** A refusal that is about no field of the form. */
export function Refusal({ error, what }: { error: Error | null; what: string }) {
  if (!error || (error instanceof ApiError && error.problem.field)) return null;
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <ErrorState
      what={what}
      why={problem ? `${problem.error}.`.replace(/\.\.$/, ".") : "Something went wrong in this page."}
      requestId={problem?.request_id}
    />
  );
}
