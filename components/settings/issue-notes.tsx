import { Alert } from "@/components/ui/alert";
import type { ConfigIssue } from "@/lib/queries/config";
import { issuePlace } from "./issue-paths";

type IssueNotesProps = {
  issues: readonly ConfigIssue[];
  tone: "failed" | "waiting";
  title: string;
  /** The configuration the paths lead into, to name its rows. */
  section?: object;
};

/** Issues of the server that the reader should see together: what, and at which setting. */
export function IssueNotes({ issues, tone, title, section = {} }: IssueNotesProps) {
  if (issues.length === 0) return null;
  return (
    <Alert tone={tone} title={title}>
      <ul className="mt-1 flex flex-col gap-1">
        {issues.map((issue) => (
          <li key={`${issue.path} ${issue.code}`}>
            <b className="font-medium break-all">{issuePlace(issue.path, section)}.</b> {issue.message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
