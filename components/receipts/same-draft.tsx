"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { Section } from "@/components/layout/section";
import { StateLabel } from "@/components/state/state-label";
import type { PostWire } from "@/lib/contracts/post";
import { receiptPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { draftPostsQuery } from "@/lib/queries/posts";
import { destinationName } from "./post-words";

/** How the same draft fared at its other destinations. */
export function SameDraft({ post }: { post: PostWire }) {
  const name = useNames();
  const { data } = useQuery(draftPostsQuery(post.draft_id));
  const others = (data?.posts ?? []).filter((each) => each.post_id !== post.post_id);
  if (others.length === 0) return null;
  return (
    <Section title="Same draft, other deliveries">
      <ul>
        {others.map((other) => (
          <li key={other.post_id} className="flex min-h-8 min-w-0 items-center gap-2">
            <DestinationKindIcon kind={other.destination_kind} />
            <Link
              href={receiptPath(other.post_id)}
              className="min-w-0 flex-1 truncate font-medium underline decoration-border-strong underline-offset-3 hover:decoration-current"
            >
              {destinationName(other, name)}
            </Link>
            <StateLabel facet="delivery" value={other.state} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
