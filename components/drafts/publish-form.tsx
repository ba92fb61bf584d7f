"use client";

import { useState } from "react";
import { GateGlyph } from "@/components/state/gate-glyph";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import type { DraftReviewWire } from "@/lib/contracts/review";
import type { PublishWish } from "@/lib/queries/drafts";
import { ClaimWarning } from "./claim-warning";
import { publishable, publishObstacle } from "./decisions";
import { DestinationChoice } from "./destination-choice";
import { standingOf } from "./draft-standing";
import { shortId } from "./draft-words";
import { GraceChoice } from "./grace-choice";
import { PublishFacts } from "./publish-facts";
import { publishHelp } from "./publish-help";
import { PublishPhrase } from "./publish-phrase";
import { onModEnter, SubmitKeys, submitWith } from "./submit-keys";
import { usePublishGrace } from "./use-publish-grace";

type PublishFormProps = {
  review: DraftReviewWire;
  myId: string | undefined;
  pending: boolean;
  onPublish: (wish: PublishWish, thenNext: boolean) => void;
  onClose: () => void;
};

/** The destinations, the proof that it is what was approved, and for high risk a phrase that is typed. */
export function PublishForm({ review, myId, pending, onPublish, onClose }: PublishFormProps) {
  const possible = publishable(review);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [phrase, setPhrase] = useState("");
  const [wrong, setWrong] = useState(false);
  const [graceMs, setGraceMs] = usePublishGrace();
  const outdated = standingOf(review) === "outdated";
  const wanted = shortId(review.draft.draft_id);
  const asksPhrase = review.approval.high_risk && !outdated;
  const chosen = possible.filter((each) => !left.has(each.destination_id));

  function submit(thenNext = false) {
    if (chosen.length === 0 || pending) return;
    if (asksPhrase && phrase.trim().toLowerCase() !== wanted.toLowerCase()) {
      setWrong(true);
      return;
    }
    const destinationIds = chosen.map((each) => each.destination_id);
    onPublish({ destinationIds, graceMs: outdated ? 0 : graceMs }, thenNext);
  }
  function choose(id: string, on: boolean) {
    const next = new Set(left);
    if (on) next.delete(id);
    else next.add(id);
    setLeft(next);
  }

  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={submitWith(() => submit())}
      onKeyDown={onModEnter(() => submit(true))}
      noValidate
    >
      <DialogBody className="flex flex-col gap-3.5 pt-2">
        <fieldset className="min-w-0">
          <legend className="sr-only">Destinations</legend>
          <ul>
            {review.destinations
              .filter((each) => each.effective)
              .map((each) => {
                const obstacle = publishObstacle(review, each);
                return (
                  <DestinationChoice
                    key={each.destination_id}
                    destination={each}
                    checked={obstacle === null && !left.has(each.destination_id)}
                    disabled={obstacle !== null}
                    onCheckedChange={(on) => choose(each.destination_id, on)}
                    help={obstacle ?? publishHelp(each)}
                  />
                );
              })}
          </ul>
        </fieldset>
        <PublishFacts review={review} myId={myId} />
        <ClaimWarning draft={review.draft} myId={myId} />
        {outdated ? null : <GraceChoice value={graceMs} onChange={setGraceMs} />}
        {asksPhrase ? (
          <PublishPhrase
            wanted={wanted}
            value={phrase}
            wrong={wrong}
            onChange={(next) => {
              setPhrase(next);
              setWrong(false);
            }}
          />
        ) : null}
      </DialogBody>
      <DialogFooter>
        <DialogFootnote>
          {outdated
            ? "Nothing is sent."
            : graceMs > 0
              ? "It can be undone until it leaves."
              : "What is sent cannot be unsent."}
        </DialogFootnote>
        <Button onClick={onClose} kbd="esc">
          Cancel
        </Button>
        <Button type="submit" variant="default" disabled={chosen.length === 0} pending={pending}>
          <GateGlyph name={outdated ? "required" : "open"} />
          {outdated ? "Ask for approval" : `Publish to ${chosen.length}`}
          <SubmitKeys />
        </Button>
      </DialogFooter>
    </form>
  );
}
