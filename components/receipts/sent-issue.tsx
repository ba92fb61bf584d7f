import { CodeBlock } from "@/components/layout/code-block";
import { Fact, Facts } from "@/components/layout/facts";
import { RedactedText } from "@/components/state/redacted-text";
import type { SentIssueText } from "./sent-issue-text";

/** An issue or a comment as its author wrote it, Markdown and hidden markers included. */
export function SentIssue({ issue }: { issue: SentIssueText }) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {issue.written === "issue" ? (
        <>
          <h3 className="text-14 font-semibold text-balance break-words">
            <RedactedText text={issue.title} />
          </h3>
          <Facts className="[--term:80px]">
            <Fact term="Labels">{issue.labels.join(", ") || "none"}</Fact>
            {issue.assignees.length > 0 ? <Fact term="Assigned to">{issue.assignees.join(", ")}</Fact> : null}
          </Facts>
        </>
      ) : (
        <p>A comment on the issue that was there already.</p>
      )}
      <CodeBlock label="the text" title="Markdown" copy={issue.text}>
        <div className="px-2.5 py-1 break-words whitespace-pre-wrap">
          <RedactedText text={issue.text} />
        </div>
      </CodeBlock>
    </div>
  );
}
