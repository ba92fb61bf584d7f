"use client";

import { useSearchParams } from "next/navigation";
import { Alert } from "@/components/ui/alert";
import type { DraftReviewWire } from "@/lib/contracts/review";

/** Whether the draft is what a message told of: its digest came with the link. */
export function ToldNote({ review }: { review: DraftReviewWire }) {
  const told = useSearchParams().get("told");
  if (!told || !/^[0-9a-f]{64}$/.test(told)) return null;
  if (told === review.digest) {
    return (
      <Alert variant="banner" title="As you were told.">
        What would leave is what it was when the message was sent.
      </Alert>
    );
  }
  return (
    <Alert variant="banner" tone="waiting" title="This has changed since you were told.">
      What would leave, where to, or by which rules is not what it was when the message was sent. Read it as
      it is now.
    </Alert>
  );
}
