import Link from "next/link";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import type { PostWire } from "@/lib/contracts/post";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { receiptPath } from "@/lib/paths";

type PublishResultRowProps = {
  destination: DestinationReviewWire;
  post: PostWire | undefined;
  pending: boolean;
};

/** One destination of a publish under way, with its receipt as soon as there is one. */
export function PublishResultRow({ destination, post, pending }: PublishResultRowProps) {
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2.5 border-b border-border py-2.5 last:border-b-0">
      <span className="flex h-5 items-center">
        <DestinationKindIcon kind={destination.kind} />
      </span>
      <span className="min-w-0">
        <b className="font-medium">{destination.name}</b>
        <span className="block text-12 break-words text-muted-foreground">
          {post?.error ? (
            <RedactedText text={post.error} />
          ) : post ? (
            attempts(post)
          ) : pending ? (
            "Being queued."
          ) : (
            "No delivery was made."
          )}
        </span>
      </span>
      <span className="flex flex-col items-end gap-0.5">
        {post ? (
          <>
            <StateLabel facet="delivery" value={post.state} />
            <Link href={receiptPath(post.post_id)} className="link text-12">
              Receipt<span className="sr-only"> of {destination.name}</span>
            </Link>
          </>
        ) : pending ? (
          <StateLabel state="due" />
        ) : (
          <StateLabel state="blocked" word="Not sent" />
        )}
      </span>
    </li>
  );
}

function attempts(post: PostWire): string {
  if (post.attempt_count === 0) return "On its way.";
  return `Attempt ${post.attempt_count} of ${post.attempt_count_max}${post.external_id ? `, known there as ${post.external_id}` : ""}.`;
}
