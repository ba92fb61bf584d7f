"use client";

import { useState } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { useTimeZone } from "@/components/layout/time-zone";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { SourceId } from "@/lib/queries/log-sources";
import { BackfillFields } from "./backfill-fields";
import { BackfillPlan } from "./backfill-plan";
import { rangeOf, readRange } from "./backfill-range";
import { changesSomething } from "./backfill-total";
import { useBackfillRun } from "./use-backfill-run";

type BackfillDialogProps = { id: SourceId; path: string; onClose: () => void };

/** Reads a span of the past from a log and its rotated files: first what it would do, then does it. */
export function BackfillDialog({ id, path, onClose }: BackfillDialogProps) {
  const timeZone = useTimeZone();
  const [range, setRange] = useState(() => rangeOf(24 * 3_600_000, Date.now(), timeZone));
  const [tried, setTried] = useState(false);
  const run = useBackfillRun(id);
  const returnFocus = useReturnFocus();
  const reading = readRange(range, timeZone);
  const { step } = run;
  const busy = step === "planning" || step === "reading";

  function look() {
    setTried(true);
    if (reading.ok) run.plan({ from_ms: reading.from_ms, to_ms: reading.to_ms });
  }
  return (
    <Dialog open onOpenChange={(open) => open || busy || onClose()}>
      <DialogContent size="md" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>Backfill {id.source_id}</DialogTitle>
          <DialogDescription>
            Reads what happened in a span of time from <code>{path}</code> and its rotated files. The place of
            the watcher stays as it is.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-4">
          {run.error ? (
            <ErrorState
              what={run.total.bytes > 0 ? "It stopped on the way." : "Nothing was read."}
              why={run.error.why}
              next={
                run.total.bytes > 0
                  ? "What was read is counted; reading again counts nothing twice."
                  : undefined
              }
              requestId={run.error.requestId}
            />
          ) : null}
          <BackfillFields
            range={range}
            timeZone={timeZone}
            fault={tried && !reading.ok ? reading : null}
            disabled={busy || step === "done"}
            onChange={(next) => {
              setRange(next);
              run.forget();
            }}
          />
          <div aria-live="polite" className="flex flex-col gap-3">
            {step === "planning" ? <p className="text-muted-foreground">Looking through the files…</p> : null}
            {step === "planned" || step === "reading" || step === "done" ? (
              <BackfillPlan total={run.total} step={step} partial={run.more} />
            ) : null}
            {step === "done" ? (
              <Alert tone="passed" title="Done.">
                What was new is on the Incidents page.
              </Alert>
            ) : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <DialogFootnote>{step === "done" ? "" : "Recorded with your name."}</DialogFootnote>
          <DialogClose asChild>
            <Button disabled={busy}>{step === "done" ? "Close" : "Cancel"}</Button>
          </DialogClose>
          {step === "planned" || step === "reading" ? (
            <Button
              variant="default"
              pending={step === "reading"}
              disabled={!changesSomething(run.total) && !run.more}
              onClick={run.read}
            >
              Read it
            </Button>
          ) : step === "done" ? null : (
            <Button variant="default" pending={step === "planning"} onClick={look}>
              See what it would do
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
