"use client";

import Link from "next/link";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { ReportResponseWire } from "@/lib/contracts/report";
import { draftPath, incidentPath } from "@/lib/paths";

type ReportOutcomeProps = { answer: ReportResponseWire; onAgain: () => void };

/** What became of the report: a new incident or a repeat, and where its draft stands. */
export function ReportOutcome({ answer, onAgain }: ReportOutcomeProps) {
  const { draft, outcome } = answer;
  const count = draft.occurrence_count.toLocaleString("en-GB");
  return (
    <>
      <DialogHeader>
        <DialogTitle>{outcome === "new" ? "A new incident" : "A repeat of a known incident"}</DialogTitle>
        <DialogDescription>
          {outcome === "new"
            ? "Nothing like it was open. It has a draft now; nothing has left."
            : `It is counted: seen ${count} times now.`}
        </DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-3">
        <p className="text-14 font-medium break-words">
          <RedactedText text={draft.title ?? "Untitled"} />
        </p>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-muted-foreground">
          {draft.held ? (
            <StateLabel state="held" />
          ) : (
            <StateLabel facet="approval" value={draft.facets.approval} />
          )}
          <StateLabel facet="triage" value={draft.facets.triage} />
        </p>
        {answer.held ? (
          <p className="text-muted-foreground">
            The monitor is paused, so triage and delivery wait. The draft can be reviewed meanwhile.
          </p>
        ) : null}
        {answer.suppressed ? (
          <p className="text-muted-foreground">
            This failure was approved already, so no second draft was opened.
          </p>
        ) : null}
      </DialogBody>
      <DialogFooter>
        <Button variant="ghost" onClick={onAgain} className="sm:mr-auto">
          Report another
        </Button>
        <Button asChild>
          <Link href={incidentPath(answer.incident_id)}>Open incident</Link>
        </Button>
        <Button asChild variant="default">
          <Link href={draftPath(draft.draft_id)}>Open draft</Link>
        </Button>
      </DialogFooter>
    </>
  );
}
