"use client";

import { Disclosure } from "@/components/drafts/disclosure";
import { Section } from "@/components/layout/section";
import { StateLabel } from "@/components/state/state-label";
import { Alert } from "@/components/ui/alert";
import { FieldChecks } from "@/components/ui/field-checks";
import type { DraftReviewWire } from "@/lib/contracts/review";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { issueTextOf } from "./issue-text";
import { IssueView } from "./issue-view";
import { templateWords, triageGateAdvice } from "./triage-words";

type IssueDraftSectionProps = { triage: TriageReviewWire; review: DraftReviewWire };

/** The issue exactly as it would be filed, or what keeps it from being proposed and what would pass. */
export function IssueDraftSection({ triage, review }: IssueDraftSectionProps) {
  const { proposal_quality_gate: gate, issue_draft: draft } = triage;
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
          <IssueView title={issue.title} body={issue.body} />
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
