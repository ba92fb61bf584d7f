import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { RelativeTime } from "@/components/layout/relative-time";
import { rowLink } from "@/components/layout/use-row-keys";
import { isWebLink } from "@/components/layout/web-link";
import { plainWords } from "@/components/state/parse-redactions";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import { TableCell, TableRow } from "@/components/ui/table";
import type { PostWire } from "@/lib/contracts/post";
import { receiptPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { destinationName, kindWords } from "./post-words";

/** One delivery. The row opens its receipt; what it made outside has its own link. */
export function ReceiptRow({ post }: { post: PostWire }) {
  const destination = destinationName(post, useNames());
  const external = post.external_url && isWebLink(post.external_url) ? post.external_url : undefined;
  return (
    <TableRow data-row="" className="relative hover:bg-muted focus-within:bg-accent">
      <TableCell className="max-md:hidden">
        <StateLabel facet="delivery" value={post.state} className="flex w-fit" />
      </TableCell>
      <TableCell className="max-w-0 min-w-0 max-md:w-full max-md:py-2">
        <Link
          href={receiptPath(post.post_id)}
          {...rowLink}
          title={plainWords(post.title)}
          className="block truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          <RedactedText text={post.title} />
        </Link>
        <span className="flex min-w-0 items-center gap-x-2 text-12 text-muted-foreground md:hidden">
          <StateLabel facet="delivery" value={post.state} />
          <span className="truncate">{destination}</span>
          <RelativeTime value={post.updated_at_ms} format="short" className="ml-auto flex-none" />
        </span>
      </TableCell>
      <TableCell className="max-w-0 max-md:hidden">
        <span className="flex min-w-0 items-center gap-2">
          <DestinationKindIcon kind={post.destination_kind} />
          <span className="truncate" title={destination}>
            {destination}
          </span>
        </span>
      </TableCell>
      <TableCell className="text-muted-foreground max-lg:hidden">
        {kindWords(post.destination_kind)}
      </TableCell>
      <TableCell align="right" className="pr-6 whitespace-nowrap text-muted-foreground max-md:hidden">
        {post.attempt_count} of {post.attempt_count_max}
      </TableCell>
      <TableCell className="text-muted-foreground max-md:hidden">
        <RelativeTime value={post.updated_at_ms} />
      </TableCell>
      <TableCell className="max-w-0 max-lg:hidden">
        {external ? (
          <a
            href={external}
            target="_blank"
            rel="noopener noreferrer"
            className="link relative flex min-w-0 items-center gap-1 py-1 text-12"
          >
            <span className="truncate">{post.external_title ?? post.external_id ?? "Open"}</span>
            <ExternalLink aria-hidden className="size-3 flex-none" />
            <span className="sr-only"> (opens in a new tab)</span>
          </a>
        ) : (
          <span className="block truncate font-mono text-12 text-muted-foreground">
            {post.external_id ?? "–"}
          </span>
        )}
      </TableCell>
    </TableRow>
  );
}
