import Link from "next/link";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { receiptPath } from "@/lib/paths";

/** One delivery: where, how it stands, which attempt, why not, and the link to its receipt. */
export function DeliveryRow({ destination }: { destination: DestinationReviewWire }) {
  const { post, name, kind } = destination;
  if (!post) return null;
  const waits = post.state === "retrying" || post.state === "due";
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2 border-b border-border py-2 last:border-b-0">
      <span className="flex h-5 items-center">
        <DestinationKindIcon kind={kind} />
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <b className="truncate font-medium">{name}</b>
        <StateLabel facet="delivery" value={post.state} />
      </span>
      <Link href={receiptPath(post.post_id)} className="link text-12 leading-5">
        Receipt<span className="sr-only"> of {name}</span>
      </Link>
      <span className="col-start-2 col-end-4 text-12 text-muted-foreground">
        {post.attempt_count === 0
          ? "Not tried yet"
          : `Attempt ${post.attempt_count} of ${post.attempt_count_max}`}
        {waits && post.next_attempt_at_ms !== undefined ? (
          <>
            , next <RelativeTime value={post.next_attempt_at_ms} />
          </>
        ) : (
          <>
            , <RelativeTime value={post.updated_at_ms} format="clock" />
          </>
        )}
        {post.error ? (
          <span className="block break-words">
            <RedactedText text={post.error} />
          </span>
        ) : null}
      </span>
    </li>
  );
}
