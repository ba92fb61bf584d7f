"use client";

import { useMemo, useRef, useState } from "react";
import { focusFirstField, returnFocus } from "@/components/drafts/dialog-focus";
import { DialogHead } from "@/components/drafts/dialog-head";
import { counted } from "@/components/drafts/draft-words";
import { notifyBeside } from "@/components/drafts/notify-beside";
import { useAnnounce } from "@/components/layout/announcer";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import type { DraftReviewWire } from "@/lib/contracts/review";
import type { TriageSummaryWire } from "@/lib/contracts/triage";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { useSaveTriageSummary } from "@/lib/queries/triage";
import { OriginMark } from "./origin-mark";
import { SummaryField } from "./summary-field";
import { summaryGroups } from "./summary-fields";
import { changesOf, formOf, inputOf, problemsOf } from "./summary-form";
import { SummaryReview } from "./summary-review";
import { isLive } from "./triage-words";

type SummaryDialogProps = {
  triage: TriageReviewWire;
  review: DraftReviewWire;
  opener: Element | null;
  onClose: () => void;
};

/** The summary as a form; what would change is shown before it is saved. What arrives meanwhile overwrites no word of it. */
export default function SummaryDialog({ triage, review, opener, onClose }: SummaryDialogProps) {
  const summary = triage.triage_summary ?? blankSummary(review);
  const [base] = useState(() => formOf(summary));
  const [form, setForm] = useState(base);
  const [step, setStep] = useState<"write" | "review">("write");
  const [leaving, setLeaving] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();
  const save = useSaveTriageSummary(review.draft.draft_id);
  const changes = changesOf(base, form);
  const problems = problemsOf(form);
  const problemCount = Object.keys(problems).length;
  const meanwhile = useMemo(() => changesOf(base, formOf(summary)), [base, summary]);

  function close() {
    if (changes.length > 0 && !save.isPending) setLeaving(true);
    else onClose();
  }
  function go(to: "write" | "review") {
    setStep(to);
    body.current?.scrollTo({ top: 0 });
  }
  function submit() {
    save.mutate(inputOf(base, form), {
      onSuccess: ({ passed }) => {
        const words = passed
          ? "The issue draft was made again."
          : "It is kept; no issue can be proposed from it yet.";
        notifyBeside(passed ? "ready" : "issueBlocked", "Summary saved", words);
        announce(`Summary saved. ${words}`);
        onClose();
      },
    });
  }
  const many = counted(changes.length, "change");
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent size="xl" onOpenAutoFocus={focusFirstField} onCloseAutoFocus={returnFocus(opener)}>
        <DialogHead
          draft={review.draft}
          title={step === "write" ? "Edit the summary" : `Review ${many}`}
          description={
            step === "write"
              ? "The issue is made from this. What you leave alone stays as it was found; what you change is yours."
              : "Nothing is saved yet. Each edit is kept with your name and what was there before."
          }
        />
        <DialogBody
          ref={body}
          className="flex flex-col gap-5"
          tabIndex={step === "review" ? 0 : undefined}
          aria-label={step === "review" ? "Changes" : undefined}
        >
          {step === "review" ? (
            <SummaryReview
              changes={changes}
              meanwhile={meanwhile}
              approved={review.draft.facets.approval === "granted"}
              live={isLive(triage.run?.state)}
              error={save.error}
            />
          ) : (
            summaryGroups.map((group) => (
              <section key={group.title} aria-label={group.title} className="flex min-w-0 flex-col gap-4">
                <h3 className="section-head border-b border-border pb-1">{group.title}</h3>
                {group.fields.map((field) => (
                  <SummaryField
                    key={field.name}
                    field={field}
                    value={form[field.name]}
                    base={base[field.name]}
                    note={<OriginMark summary={summary} field={field.name} />}
                    error={problems[field.name]}
                    onChange={(value) => setForm((now) => ({ ...now, [field.name]: value }))}
                  />
                ))}
              </section>
            ))
          )}
        </DialogBody>
        <DialogFooter>
          <DialogFootnote role="status">
            {problemCount > 0
              ? counted(problemCount, "thing") + " to put right"
              : changes.length > 0
                ? many
                : "No changes"}
          </DialogFootnote>
          {step === "write" ? (
            <>
              <Button onClick={close}>Cancel</Button>
              <Button
                variant="default"
                disabled={changes.length === 0 || problemCount > 0}
                onClick={() => go("review")}
              >
                Review {changes.length > 0 ? many : "changes"}
              </Button>
            </>
          ) : (
            <>
              <Button onClick={() => go("write")}>Back</Button>
              <Button variant="default" pending={save.isPending} onClick={submit}>
                Save {many}
              </Button>
            </>
          )}
        </DialogFooter>
        <ConfirmDialog
          open={leaving}
          onOpenChange={setLeaving}
          title={`Discard ${many}?`}
          confirm="Discard"
          cancel="Go on editing"
          onConfirm={onClose}
        >
          <p>What you wrote is saved nowhere.</p>
        </ConfirmDialog>
      </DialogContent>
    </Dialog>
  );
}

/** A run that left none yet: what somebody writes now stands alone. */
function blankSummary({ draft }: DraftReviewWire): TriageSummaryWire {
  const none = { stage: "proposal_to_coder_ready", status: "blocked", passed: false, gates: [], missing: [] };
  return {
    ...{
      draft_id: draft.draft_id,
      repo: draft.repo,
      triage_run_id: draft.triage_run_id ?? "",
      created_at_ms: 0,
    },
    ...{ suggested_title: draft.title ?? draft.event_type, what_happened: draft.title ?? draft.event_type },
    ...{
      why_it_likely_happened: null,
      root_cause_confidence: "low",
      failure_type: "unknown",
      risk_level: "medium",
    },
    ...{ affected_components: [], likely_files_to_edit: [], expected_behavior: "", steps_to_reproduce: [] },
    ...{ environment: [], logs: [], related_existing_issues: [], related_failure_patterns: [] },
    ...{ research_sources: [], file_references: [], fix_points: [], recommended_fix: null },
    ...{ acceptance_criteria: [], verification_steps: [], required_tool_scopes: [], missing_tool_scopes: [] },
    ...{ permissions_available: null, notes: null, coder_ready: false, origins: {}, model_text: [], cut: [] },
    coder_ready_gate: {
      ...none,
      passed_count: 0,
      total_count: 0,
      blocked_reason: null,
      requested_coder_ready: null,
    },
  } as TriageSummaryWire;
}
