"use client";

import { type FormEvent, useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import type { BreakGlassUseWire } from "@/lib/contracts/break-glass";
import { useReviewBreakGlass } from "@/lib/queries/approvals";

/** Somebody else's verdict on one use, with what they found. */
export function ReviewDialog({ use, onClose }: { use: BreakGlassUseWire; onClose: () => void }) {
  const [verdict, setVerdict] = useState<"justified" | "not_justified" | "">("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const returnFocus = useReturnFocus();
  const review = useReviewBreakGlass(use.break_glass_id);
  const announce = useAnnounce();
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (verdict === "" || note.trim() === "" || review.isPending) return;
    review.mutate(
      { verdict, note: note.trim() },
      {
        onSuccess: () => {
          announce("The review is on the record.");
          onClose();
        },
      },
    );
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent {...returnFocus}>
        <DialogHeader>
          <DialogTitle>Review this use</DialogTitle>
          <DialogDescription>
            {use.actor.name} approved alone: “<RedactedText text={use.reason} />”
          </DialogDescription>
        </DialogHeader>
        <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="flex flex-col gap-4">
            {review.isError ? <ActionFailure what="Not reviewed." error={review.error} /> : null}
            <FieldSet legend="Verdict">
              <RadioGroup
                aria-label="Verdict"
                value={verdict}
                onValueChange={(value) => setVerdict(value === "justified" ? value : "not_justified")}
              >
                <Choice label="Justified" help="It could not wait, and nobody else could be reached.">
                  <RadioGroupItem value="justified" />
                </Choice>
                <Choice label="Not justified" help="The rules would have done, or it should not have left.">
                  <RadioGroupItem value="not_justified" />
                </Choice>
              </RadioGroup>
              {tried && verdict === "" ? (
                <p role="alert" className="text-12 text-destructive">
                  Say whether it was justified.
                </p>
              ) : null}
            </FieldSet>
            <Field
              label="What you found"
              note="(on the record)"
              required
              error={tried && note.trim() === "" ? "Say what you found." : undefined}
            >
              <Textarea
                rows={3}
                maxLength={4_000}
                value={note}
                placeholder="What was sent, what came of it, what should change"
                onChange={(event) => setNote(event.target.value)}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>The verdict undoes nothing that was sent.</DialogFootnote>
            <Button onClick={onClose} kbd="esc">
              Cancel
            </Button>
            <Button type="submit" variant="default" pending={review.isPending}>
              Record the review
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
