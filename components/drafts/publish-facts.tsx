"use client";

import { Check } from "lucide-react";
import { Fact, Facts } from "@/components/layout/facts";
import { Alert } from "@/components/ui/alert";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { limitWords, reasonSentences, reasonWords, shortDigest } from "./draft-words";
import { useClock } from "./use-clock";

type PublishFactsProps = { review: DraftReviewWire; myId: string | undefined };

/** Who opened the gate, that the payloads are the same, and what to expect. */
export function PublishFacts({ review, myId }: PublishFactsProps) {
  const clock = useClock();
  const { active, changes, because } = review.approval;
  if (!active && review.approval.required) {
    return (
      <Alert tone="waiting" title="Approval is required by now:">
        {reasonWords(because)}. Asking puts the draft before an approver.
      </Alert>
    );
  }
  if (changes.length > 0) {
    return (
      <Alert tone="waiting" title="It changed since it was approved.">
        {reasonSentences(changes)} Asking voids the present approval and puts the draft before an approver.
      </Alert>
    );
  }
  return (
    <Facts className="[--term:88px]">
      {active ? (
        <>
          <Fact term="Approved">
            {active.actor.id === myId ? "You" : active.actor.name}, {clock(active.created_at_ms)}
            {active.expires_at_ms === undefined
              ? ""
              : `, for ${limitWords(active.expires_at_ms - active.created_at_ms)}`}
          </Fact>
          <Fact term="Digest">
            <code title={active.digest}>sha256 {shortDigest(active.digest)}</code>{" "}
            <Check aria-hidden className="inline size-3.5 align-[-2px] text-state-passed" /> same as approved
          </Fact>
        </>
      ) : (
        <Fact term="Approval">Not needed: {reasonWords(because)}</Fact>
      )}
      <Fact term="Takes">Up to 10 s here, then it continues in the background</Fact>
    </Facts>
  );
}
