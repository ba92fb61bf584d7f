import { ErrorState } from "@/components/layout/error-state";
import { ApiError } from "@/lib/queries/api-error";

/** A refusal that is about no field. */
export function SilenceError({ error }: { error: Error }) {
  if (!(error instanceof ApiError)) {
    return <ErrorState what="Nothing was saved." why="Something went wrong in this page. Your text stays." />;
  }
  return (
    <ErrorState
      what="Nothing was saved."
      why={`${error.problem.error}.`.replace(/\.\.$/, ".")}
      next={
        error.status === 409
          ? "Somebody changed it first. Close this and open it again to see their version."
          : "Your text stays here; saving again may work."
      }
      requestId={error.problem.request_id}
    />
  );
}
