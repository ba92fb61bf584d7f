"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { Button } from "@/components/ui/button";
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
import { Textarea } from "@/components/ui/textarea";
import type { BulkActionWire } from "@/lib/contracts/bulk";
import { bulkReviewQuery, useBulk } from "@/lib/queries/bulk";
import { BulkOutcomes } from "./bulk-outcomes";
import { BulkReviewRows } from "./bulk-review-rows";
import { bulkWords, outcomeSummary } from "./bulk-words";
import { returnFocus } from "./dialog-focus";
import { counted } from "./draft-words";
import { SubmitKeys, submitOnModEnter, submitWith } from "./submit-keys";
import { usePublishGrace } from "./use-publish-grace";

type BulkDialogProps = {
  action: BulkActionWire;
  ids: readonly string[];
  opener: Element | null;
  /** Reviews these anew: they changed meanwhile. */
  onAgain: (ids: string[]) => void;
  /** `settled`: those that stand as was asked. */
  onClose: (settled: ReadonlySet<string>) => void;
};

/** First what will become of each row and why it cannot of some; then, in the same place, what did. */
export default function BulkDialog({ action, ids, opener, onAgain, onClose }: BulkDialogProps) {
  const review = useQuery(bulkReviewQuery(action, ids));
  const bulk = useBulk();
  const announce = useAnnounce();
  const [graceMs] = usePublishGrace();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const words = bulkWords[action];
  const rows = review.data?.rows ?? [];
  const able = rows.filter((row) => row.allowed);
  const outcomes = bulk.data?.outcomes;
  const changed = outcomes?.filter((each) => each.outcome === "conflict").map((each) => each.draft_id) ?? [];
  const asksReason = action === "deny" || action === "approve";
  const noReason = action === "deny" && reason.trim() === "";

  function close() {
    const settled = (outcomes ?? []).filter(({ outcome }) => outcome === "done" || outcome === "unchanged");
    onClose(new Set(settled.map((each) => each.draft_id)));
  }
  function submit() {
    setMissing(noReason);
    if (noReason || able.length === 0 || bulk.isPending || outcomes) return;
    const items = able.map(({ draft_id, digest }) => ({ draft_id, digest }));
    bulk.mutate(
      { action, reason: reason.trim(), items, graceMs },
      { onSuccess: (answer) => announce(`${outcomeSummary(answer.outcomes)}.`) },
    );
  }

  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent size="lg" onCloseAutoFocus={returnFocus(opener)}>
        <DialogHeader>
          <DialogTitle>
            {outcomes
              ? outcomeSummary(outcomes)
              : review.data && able.length === 0
                ? `None of these can be ${words.done}`
                : `${words.verb} ${counted(review.data ? able.length : ids.length, "draft")}`}
          </DialogTitle>
          <DialogDescription>
            {outcomes ? "Each by itself: one that was refused stopped no other." : words.help}
          </DialogDescription>
        </DialogHeader>
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={submitWith(submit)}
          onKeyDown={submitOnModEnter}
          noValidate
        >
          <DialogBody
            className="flex flex-col gap-3"
            // It scrolls, and may hold nothing that takes the focus.
            tabIndex={0}
            aria-label={outcomes ? "What became of each" : "What will become of each"}
            aria-busy={bulk.isPending}
          >
            {bulk.isError ? <ActionFailure what="Nothing was done." error={bulk.error} /> : null}
            {outcomes ? (
              <BulkOutcomes outcomes={outcomes} rows={rows} onLeave={close} />
            ) : review.isPending ? (
              <LoadingRows what="what will become of each" count={Math.min(6, ids.length)} />
            ) : review.isError ? (
              <QueryFailure
                error={review.error}
                what="What will become of each"
                onRetry={() => void review.refetch()}
                retrying={review.isFetching}
              />
            ) : (
              <>
                {asksReason && able.length > 0 ? (
                  <Field
                    label="Reason"
                    note={action === "deny" ? "(on every record)" : "(on every record, may be left out)"}
                    required={action === "deny"}
                    error={missing && noReason ? "Say why: it is all the next reader will have." : undefined}
                  >
                    <Textarea
                      autoFocus
                      rows={2}
                      maxLength={4_000}
                      value={reason}
                      placeholder={
                        action === "deny" ? "Known noise, already filed by hand" : "What you checked"
                      }
                      onChange={(event) => setReason(event.target.value)}
                    />
                  </Field>
                ) : null}
                <BulkReviewRows action={action} rows={rows} />
              </>
            )}
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>
              {outcomes || review.isPending ? null : `${able.length} of ${rows.length} can be done`}
            </DialogFootnote>
            <Button onClick={close} kbd="esc" autoFocus={outcomes !== undefined && changed.length === 0}>
              {outcomes ? "Close" : "Cancel"}
            </Button>
            {outcomes ? (
              changed.length > 0 ? (
                <Button variant="default" autoFocus onClick={() => onAgain(changed)}>
                  Review the {counted(changed.length, "changed one")} again
                </Button>
              ) : null
            ) : (
              <Button
                type="submit"
                variant={action === "deny" ? "destructive-fill" : "default"}
                disabled={able.length === 0}
                pending={bulk.isPending}
              >
                {`${words.verb} ${able.length}`}
                <SubmitKeys />
              </Button>
            )}
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
