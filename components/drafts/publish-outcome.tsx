"use client";

import { useEffect, useRef } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import type { PublishResponseWire } from "@/lib/contracts/publish";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { DialogHead } from "./dialog-head";
import { reasonSentences } from "./draft-words";
import { outcomeOf } from "./publish-outcome-words";
import { PublishResultRow } from "./publish-result-row";

type PublishOutcomeProps = {
  current: DraftReviewWire;
  destinationIds: readonly string[];
  result: PublishResponseWire | undefined;
  error: Error | null;
  pending: boolean;
  onClose: () => void;
};

/** What becomes of each destination, live: it may be closed at any time, the deliveries go on. */
export function PublishOutcome(props: PublishOutcomeProps) {
  const { current, destinationIds, result, error, pending, onClose } = props;
  const announce = useAnnounce();
  const close = useRef<HTMLButtonElement>(null);
  const stopped = result?.action === "approval_required";
  const rows = destinationIds.flatMap((id) => {
    const destination = current.destinations.find((each) => each.destination_id === id);
    const post = destination?.post ?? result?.deliveries.find((each) => each.destination_id === id);
    return destination ? [{ destination, post }] : [];
  });
  const words = outcomeOf(
    rows.map(({ post }) => post?.state),
    { pending, stopped, refused: error !== null },
  );
  useEffect(() => {
    announce(words.title);
  }, [announce, words.title]);
  useEffect(() => {
    if (!pending) close.current?.focus();
  }, [pending]);

  return (
    <>
      <DialogHead draft={current.draft} title={words.title} description={words.description} />
      <DialogBody className="flex flex-col gap-3 pt-2" aria-busy={pending}>
        {stopped ? (
          <Alert tone="needs" title="Policy stopped it before anything was sent.">
            {reasonSentences(result.reasons)} The draft waits for an approver again.
          </Alert>
        ) : null}
        {error ? <ActionFailure what="Nothing was published." error={error} /> : null}
        {stopped ? null : (
          <ul>
            {rows.map(({ destination, post }) => (
              <PublishResultRow
                key={destination.destination_id}
                destination={destination}
                post={post}
                pending={pending}
              />
            ))}
          </ul>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogFootnote>{pending ? "Closing this stops nothing." : words.footnote}</DialogFootnote>
        <Button ref={close} onClick={onClose} kbd="esc">
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
