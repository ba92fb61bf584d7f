import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { receiptPath } from "@/lib/paths";
import { Disclosure } from "./disclosure";
import { counted } from "./draft-words";
import { TextChanges } from "./text-changes";

/** What this destination was last sent about the same failure, and what would read differently now. */
export function SentBefore({ sent }: { sent: NonNullable<DestinationReviewWire["sent_before"]> }) {
  const receipt = (
    <Link href={receiptPath(sent.post_id)} className="underline underline-offset-2">
      Sent before
    </Link>
  );
  return (
    <div className="rounded-md bg-muted px-2.5 py-2 text-12">
      <p>
        {receipt}, <RelativeTime value={sent.sent_at_ms} />.{" "}
        {sent.changes.length === 0
          ? "This reads the same."
          : `${counted(sent.changes.length, "part")} would read differently.`}
      </p>
      {sent.changes.length > 0 ? (
        <Disclosure summary="Compare with what was sent">
          <TextChanges changes={sent.changes} />
        </Disclosure>
      ) : null}
    </div>
  );
}
