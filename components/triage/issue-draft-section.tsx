"use client";

import { useState } from "react";
import { Disclosure } from "@/components/drafts/disclosure";
import { CodeBlock } from "@/components/layout/code-block";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import { Alert } from "@/components/ui/alert";
import { FieldChecks } from "@/components/ui/field-checks";
import { Segmented } from "@/components/ui/segmented";
import type { DraftReviewWire } from "@/lib/contracts/review";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { IssueRendered } from "./issue-rendered";
import { issueTextOf } from "./issue-text";
import { triageGateAdvice } from "./triage-words";

type IssueDraftSectionProps = { triage: TriageReviewWire; review: DraftReviewWire };

/** The issue exactly as it would be filed, or what keeps it from being proposed and what would pass. */
export function IssueDraftSection({ triage, review }: IssueDraftSectionProps) {
  const { proposal_quality_gate: gate, issue_draft: draft } = triage;
  const [form, setForm] = useState<"rendered" | "markdown">("rendered");
  const issue = issueTextOf(triage, review);
  if (!gate) return null;
  return (
    <Section
      title="Issue draft"
      count={`gate ${gate.passed_count} of ${gate.total_count}`}
      aside={<StateLabel facet="issue" value={gate.passed ? "ready" : "blocked"} />}
    >
      {gate.passed ? (
        <GateFold title={`All ${gate.total_count} checks passed`} gate={gate} />
      ) : (
        <>
          <Alert tone="waiting" title="No issue can be proposed yet.">
            What was only put together from the report is not enough; a person may write what is missing into
            the summary.
          </Alert>
          <Gates gate={gate} />
        </>
      )}
      {issue && draft ? (
        <>
          <p className="text-12 text-muted-foreground">
            {issue.destination ? (
              <>
                Exactly what <b className="font-medium text-foreground">{issue.destination.name}</b> would
                get; the same text as under “Exactly what leaves”.
              </>
            ) : (
              "No tracker is on this draft's route. This is what one would get."
            )}{" "}
            {templateWords(draft.template_source)}
          </p>
          <h3 className="text-14 font-semibold text-balance break-words">
            <RedactedText text={issue.title} />
          </h3>
          <CodeBlock
            label="the issue"
            className="[&>div:first-child]:h-9"
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
            copy={`${issue.title}\n\n${issue.body}`}
          >
            <section
              tabIndex={0}
              aria-label="Body of the issue"
              className="max-h-120 overflow-y-auto focus-visible:-outline-offset-2"
            >
              {form === "rendered" ? (
                <IssueRendered body={issue.body} />
              ) : (
                <pre className="px-2.5 py-1 text-12 leading-[18px] break-words whitespace-pre-wrap">
                  <RedactedText text={issue.body} />
                </pre>
              )}
            </section>
          </CodeBlock>
          {draft.proposed_labels.length > 0 ? (
            <p className="text-12 text-muted-foreground">
              Labels that the form asks for: {draft.proposed_labels.join(", ")}. They are shown, not applied.
            </p>
          ) : null}
          <GateFold
            title={draft.coder_ready ? "Ready for a coding agent" : "Not ready for a coding agent"}
            gate={draft.coder_ready_gate}
          />
        </>
      ) : null}
    </Section>
  );
}

type Gate = NonNullable<TriageReviewWire["proposal_quality_gate"]>;

function GateFold({ title, gate }: { title: string; gate: Gate }) {
  return (
    <Disclosure summary={title}>
      <div className="pt-1 pl-4.5">
        <Gates gate={gate} />
      </div>
    </Disclosure>
  );
}

/** Check by check, what failed first, with what would pass it. */
function Gates({ gate }: { gate: Gate }) {
  const gates = [...gate.gates].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <FieldChecks
      checks={gates.map((each) => ({
        key: each.key,
        result: each.passed ? ("pass" as const) : ("fail" as const),
        what: each.passed ? each.label : `${each.label}: no.`,
        detail: each.passed ? each.detail : (triageGateAdvice(each.key) ?? each.detail),
      }))}
    />
  );
}

function templateWords(source: string | null): string {
  if (source === null) return "It follows the standard form.";
  if (source === "project") return "It follows the project's own form.";
  return `It follows the repository's form, ${source}.`;
}
