import { IdText } from "@/components/layout/id-text";
import { Alert } from "@/components/ui/alert";
import { ApiError } from "@/lib/queries/api-error";

type ActionErrorProps = {
  /** What did not happen: "Not approved." */
  what: string;
  error: Error;
};

/** A refusal inside a dialog: what did not happen, why, and the request to quote. */
export function ActionError({ what, error }: ActionErrorProps) {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const why = (problem?.error ?? error.message).replaceAll("`", "").replace(/[.]$/, "");
  const next = problem?.retryable || (error instanceof ApiError && error.status === 0);
  return (
    <Alert tone="failed" title={what}>
      {why}.{next ? " Nothing was changed; try again." : ""}
      {problem?.request_id ? (
        <span className="mt-1 block">
          <IdText id={problem.request_id} kind="request id" />
        </span>
      ) : null}
    </Alert>
  );
}
