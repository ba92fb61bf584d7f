"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
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
import type { ConfigIssue } from "@/lib/queries/config";
import { ChangeList } from "./change-list";
import type { Change } from "./described";
import { IssueNotes } from "./issue-notes";
import { SaveError } from "./save-error";
import { useReturnFocus } from "./use-return-focus";

type ReviewDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  changes: readonly Change[];
  changeWords: string;
  warnings: readonly ConfigIssue[];
  /** The same as a shell command. */
  apiCall: () => string;
  /** What the warnings are about. */
  section: object;
  error: Error | null;
  pending: boolean;
  onSave: () => void;
};

/** What saving would change, in words, before anything is written. */
export function ReviewDialog(props: ReviewDialogProps) {
  const { open, onOpenChange, changes, changeWords, warnings, section, apiCall, error, pending, onSave } =
    props;
  const returnFocus = useReturnFocus();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="lg" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>Review {changeWords}</DialogTitle>
          <DialogDescription>
            Nothing is saved yet. Approvals given under other rules are checked again before anything is sent.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-5" tabIndex={0} aria-label="Changes">
          {error ? <SaveError error={error} section={section} /> : null}
          <ChangeList changes={changes} />
          <IssueNotes
            tone="waiting"
            title="This saves, and does not work yet as it stands:"
            issues={warnings}
            section={section}
          />
        </DialogBody>
        <DialogFooter>
          <DialogFootnote className="flex-wrap">
            Recorded with your name.
            <CopyButton
              look="button"
              variant="ghost"
              size="xs"
              value={open ? apiCall() : ""}
              label="Copy as API call"
            />
          </DialogFootnote>
          <DialogClose asChild>
            <Button>Back</Button>
          </DialogClose>
          <Button variant="default" onClick={onSave} pending={pending}>
            Save {changeWords}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
