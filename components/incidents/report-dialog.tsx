"use client";

import type { RefObject } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useAnnounce } from "@/components/layout/announcer";
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
import { ApiError } from "@/lib/queries/api-error";
import type { useSubmitReport } from "@/lib/queries/reports";
import { ReportFields } from "./report-fields";
import { emptyReport, formFieldFor, type ReportForm, submissionOf } from "./report-form";
import { ReportOutcome } from "./report-outcome";
import { ReportRefusal } from "./report-refusal";

type ReportDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  form: UseFormReturn<ReportForm>;
  submit: ReturnType<typeof useSubmitReport>;
  onFiled: (() => void) | undefined;
  /** The button, also when the key opened the dialog. */
  returnFocusTo: RefObject<HTMLElement | null>;
};

/** The form, then its outcome in the same place. Closing keeps what was typed; only filing it clears the form. */
export function ReportDialog(props: ReportDialogProps) {
  const { open, onOpenChange, form, submit, onFiled, returnFocusTo } = props;
  const announce = useAnnounce();
  const file = form.handleSubmit((values) =>
    submit.mutate(submissionOf(values), {
      onSuccess: ({ outcome }) => {
        announce(outcome === "new" ? "Reported: a new incident" : "Reported: counted as a repeat");
        form.reset(emptyReport);
        onFiled?.();
      },
      onError: (error) => {
        const problem = error instanceof ApiError ? error.problem : undefined;
        const field = formFieldFor(problem?.field);
        if (problem && field)
          form.setError(field, { message: problem.detail ?? problem.error }, { shouldFocus: true });
      },
    }),
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        size="lg"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocusTo.current?.focus();
        }}
      >
        {submit.data ? (
          <ReportOutcome answer={submit.data} onAgain={submit.reset} />
        ) : (
          <form
            noValidate
            onSubmit={(event) => void file(event)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void file(event);
            }}
            className="flex min-h-0 flex-col"
          >
            <DialogHeader>
              <DialogTitle>New report</DialogTitle>
              <DialogDescription>Makes or counts an incident. Nothing leaves by it.</DialogDescription>
            </DialogHeader>
            <DialogBody className="flex flex-col gap-4">
              {submit.error ? <ReportRefusal error={submit.error} /> : null}
              <ReportFields control={form.control} />
            </DialogBody>
            <DialogFooter>
              <DialogFootnote>Closing keeps what you typed.</DialogFootnote>
              <DialogClose asChild>
                <Button kbd="esc">Cancel</Button>
              </DialogClose>
              <Button type="submit" variant="default" pending={submit.isPending}>
                File report
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
