"use client";

import { Siren } from "lucide-react";
import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useBreakGlass } from "@/lib/queries/approvals";
import { returnFocus } from "./dialog-focus";
import { DialogHead } from "./dialog-head";
import type { DecisionDialogProps } from "./draft-dialogs";
import { defaultChoice, standingOf } from "./draft-standing";
import { counted, shortId } from "./draft-words";
import { notifyBeside } from "./notify-beside";
import { PolicyReasons } from "./policy-reasons";
import { PublishPhrase } from "./publish-phrase";
import { ReviewConflict } from "./review-conflict";
import { SubmitKeys, submitOnModEnter, submitWith } from "./submit-keys";

const reasonMin = 10;

/** One admin approves alone. Said plainly what that goes around, who hears of it, and that somebody else judges it. */
export function BreakGlassDialog(props: DecisionDialogProps) {
  const { shown, current, myId, draftReason, onReason, onReload, onClose, opener } = props;
  const wanted = shortId(shown.draft.draft_id);
  const [phrase, setPhrase] = useState("");
  const [tried, setTried] = useState(false);
  const broken = useBreakGlass(shown.draft.draft_id);
  const announce = useAnnounce();
  const payloads = defaultChoice(shown);
  const moved = !broken.isSuccess && (current.digest !== shown.digest || standingOf(current) !== "waiting");
  const reason = draftReason.trim();
  const short = reason.length < reasonMin;
  const wrong = phrase.trim() !== wanted;

  function submit() {
    setTried(true);
    if (short || wrong || moved || broken.isPending) return;
    const destination_ids = payloads.map((each) => each.destination_id);
    broken.mutate(
      { reason, digest: shown.digest, destination_ids },
      {
        onSuccess: () => {
          notifyBeside(
            "approved",
            "Glass broken",
            "The gate is open. Somebody else must review this in 72 h.",
          );
          announce(
            "You broke the glass. The gate is open, and somebody else must review this within 72 hours.",
          );
          onClose();
        },
      },
    );
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent onCloseAutoFocus={returnFocus(opener)}>
        <DialogHead
          draft={shown.draft}
          title="Break the glass"
          description={`You approve ${counted(payloads.length, "payload")} alone, around the rules below. A denial, readiness and redaction stay as they are.`}
        />
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={submitWith(submit)}
          onKeyDown={submitOnModEnter}
          noValidate
        >
          <DialogBody className="flex flex-col gap-3">
            {moved ? (
              <ReviewConflict {...{ shown, current, myId, onReload, onClose }} />
            ) : (
              <Alert
                tone="failed"
                icon={<Siren aria-hidden className="size-4" />}
                title="This is for emergencies."
              >
                Every admin sees it until somebody else has judged it, within 72 h. It is on the audit log as
                its own kind of entry.
              </Alert>
            )}
            {broken.isError && !moved ? <ActionFailure what="Not approved." error={broken.error} /> : null}
            <div>
              <h3 className="section-head mb-1">It goes around</h3>
              <PolicyReasons reasons={shown.actions.break_glass.overrides} />
            </div>
            <Field
              label="Why it cannot wait"
              note="(on the record)"
              required
              error={tried && short ? `Say why, in ${reasonMin} characters or more.` : undefined}
            >
              <Textarea
                autoFocus
                rows={3}
                maxLength={4_000}
                value={draftReason}
                placeholder="What is at stake, and whom you tried to reach"
                onChange={(event) => onReason(event.target.value)}
              />
            </Field>
            <PublishPhrase
              wanted={wanted}
              value={phrase}
              wrong={tried && wrong}
              onChange={setPhrase}
              label="Type this draft's id to break the glass:"
            />
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>You may be asked to prove that it is you.</DialogFootnote>
            <Button onClick={onClose} kbd="esc">
              Cancel
            </Button>
            <Button type="submit" variant="destructive-fill" disabled={moved} pending={broken.isPending}>
              <Siren aria-hidden />
              Break the glass
              <SubmitKeys />
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
