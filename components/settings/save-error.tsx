import { ErrorState } from "@/components/layout/error-state";
import { ApiError } from "@/lib/queries/api-error";
import { issuesOf } from "@/lib/queries/config";
import { IssueNotes } from "./issue-notes";

/** Why a save was refused, in the words of the server, with what can be done. */
export function SaveError({ error, section }: { error: Error; section?: object }) {
  if (!(error instanceof ApiError)) {
    return (
      <ErrorState what="Nothing was saved." why="Something went wrong in this page. Your changes stay." />
    );
  }
  const issues = issuesOf(error);
  if (issues)
    return <IssueNotes tone="failed" title="Nothing was saved." issues={issues.errors} section={section} />;
  return (
    <ErrorState
      what="Nothing was saved."
      why={`${error.problem.error}.`.replace(/\.\.$/, ".")}
      next={nextStep(error.status)}
      requestId={error.problem.request_id}
    />
  );
}

function nextStep(status: number): string {
  if (status === 0) return "Your changes stay here. Look at the connection and save again.";
  if (status === 401) return "Sign in again in another tab, then save here.";
  if (status === 403) return "An admin can make this change.";
  return "Your changes stay here; saving again may work.";
}
