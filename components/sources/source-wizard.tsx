"use client";

import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { type SourceWizardInput, useSourceWizard } from "./use-source-wizard";
import { WizardBody } from "./wizard-body";
import { WizardProgress } from "./wizard-progress";

type SourceWizardProps = SourceWizardInput & { onClose: () => void };

/** From a file on this host to a log source, seeing at each step what the watcher would see. */
export function SourceWizard({ onClose, ...input }: SourceWizardProps) {
  const { projects, fixed } = input;
  const run = useSourceWizard(input);
  const returnFocus = useReturnFocus();
  const { state, path, previous } = run;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        {...returnFocus}
        // One height for all steps: a list that fills must not move the buttons.
        className="max-sm:h-dvh sm:h-[min(780px,calc(100dvh-64px))] sm:w-[min(1120px,calc(100vw-48px))]"
        // A click that misses would lose every step.
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DialogHeader>
          <DialogTitle>
            {fixed ? `Watch a log file of ${fixed.name || fixed.project_id}` : "Watch a log file"}
          </DialogTitle>
          <DialogDescription className={path ? "truncate font-mono" : undefined}>
            {path ?? "Nothing has to run beside the system: its log is read from this host."}
          </DialogDescription>
          <WizardProgress step={state.step} canGo={run.canGo} onGo={run.go} />
        </DialogHeader>
        <WizardBody run={run} projects={projects} fixed={fixed} />
        <DialogFooter>
          <DialogFootnote>Nothing is saved before you review it.</DialogFootnote>
          {previous ? (
            <Button onClick={() => run.go(previous)}>Back</Button>
          ) : (
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
          )}
          <Button variant="default" disabled={!run.mayGoOn} onClick={run.goOn}>
            {run.next ? "Next" : "Add and review"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
