"use client";

import { useState } from "react";
import { CodeBlock } from "@/components/layout/code-block";
import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import { Segmented } from "@/components/ui/segmented";
import { IssueRendered } from "./issue-rendered";

type IssueViewProps = { title: string; body: string; className?: string };

/** An issue's title and body: as a tracker draws it, or as the Markdown that is sent. */
export function IssueView({ title, body, className }: IssueViewProps) {
  const [form, setForm] = useState<"rendered" | "markdown">("rendered");
  return (
    <>
      <h3 className="text-14 font-semibold text-balance break-words">
        <RedactedText text={title} />
      </h3>
      <CodeBlock
        label="the issue"
        className="[&>div:first-child]:h-9 touch:[&>div:first-child]:h-13"
        title={
          <Segmented
            label="Form of the issue"
            value={form}
            onValueChange={setForm}
            options={[
              { value: "rendered", label: "Rendered" },
              { value: "markdown", label: "Markdown" },
            ]}
          />
        }
        copy={`${title}\n\n${body}`}
      >
        <section
          tabIndex={0}
          aria-label="Body of the issue"
          className={cn("relative max-h-120 overflow-y-auto focus-visible:-outline-offset-2", className)}
        >
          {form === "rendered" ? (
            <IssueRendered body={body} />
          ) : (
            <pre className="px-2.5 py-1 text-12 leading-[18px] break-words whitespace-pre-wrap">
              <RedactedText text={body} />
            </pre>
          )}
        </section>
      </CodeBlock>
    </>
  );
}
