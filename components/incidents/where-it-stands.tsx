"use client";

import { useQuery } from "@tanstack/react-query";
import { FilePenLine } from "lucide-react";
import Link from "next/link";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { shortId } from "@/components/drafts/draft-words";
import { Section } from "@/components/layout/section";
import { destinationName } from "@/components/receipts/post-words";
import { StateLabel } from "@/components/state/state-label";
import { Skeleton } from "@/components/ui/skeleton";
import type { DraftWire } from "@/lib/contracts/draft";
import { draftPath, receiptPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { draftPostsQuery } from "@/lib/queries/posts";
import { DraftStanding } from "./draft-standing";

/** The draft of this incident, and how far it got at each destination. */
export function WhereItStands({ draft, loading }: { draft: DraftWire | undefined; loading: boolean }) {
  const name = useNames();
  const posts = useQuery({ ...draftPostsQuery(draft?.draft_id ?? ""), enabled: draft !== undefined });
  if (!draft) {
    return (
      <Section title="Where it stands">
        {loading ? (
          <Skeleton className="h-9 w-full rounded-md" />
        ) : (
          <p className="text-muted-foreground">It has no draft, so there is nothing to approve or to send.</p>
        )}
      </Section>
    );
  }
  const deliveries = posts.data?.posts ?? [];
  return (
    <Section title="Where it stands">
      <ul className="-mt-1">
        <li className="flex min-h-9 min-w-0 items-center gap-2 border-b border-border">
          <FilePenLine aria-hidden className="size-3.5 text-muted-foreground" />
          <Link
            href={draftPath(draft.draft_id)}
            title={draft.draft_id}
            className="min-w-0 flex-1 truncate underline decoration-border-strong underline-offset-3 hover:decoration-current"
          >
            Draft {shortId(draft.draft_id)}
          </Link>
          <DraftStanding draft={draft} />
        </li>
        {deliveries.map((post) => (
          <li
            key={post.post_id}
            className="flex min-h-9 min-w-0 items-center gap-2 border-b border-border last:border-b-0"
          >
            <DestinationKindIcon kind={post.destination_kind} />
            <Link
              href={receiptPath(post.post_id)}
              className="min-w-0 flex-1 truncate underline decoration-border-strong underline-offset-3 hover:decoration-current"
            >
              {destinationName(post, name)}
            </Link>
            <StateLabel facet="delivery" value={post.state} />
          </li>
        ))}
      </ul>
      {deliveries.length === 0 && posts.isSuccess ? (
        <p className="text-12 text-muted-foreground">Nothing has left for any destination.</p>
      ) : null}
    </Section>
  );
}
