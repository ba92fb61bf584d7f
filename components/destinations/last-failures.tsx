"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { destinationName } from "@/components/receipts/post-words";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { receiptPath, receiptsPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { postListQuery } from "@/lib/queries/posts";

const shown = 3;

/** The newest deliveries that failed, with the way to each receipt. Nothing at all while none did. */
export function LastFailures() {
  const name = useNames();
  const failures = useInfiniteQuery(postListQuery({ status: "failed" }));
  const posts = failures.data?.pages[0]?.posts.slice(0, shown) ?? [];
  if (posts.length === 0) return null;
  return (
    <Section
      title="Last failures"
      className="px-4 pt-5 pb-6"
      aside={
        <Link href={receiptsPath({ status: "failed" })} className="link">
          All failed deliveries
        </Link>
      }
    >
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>When</TableHead>
            <TableHead>Destination</TableHead>
            <TableHead>Reason</TableHead>
            <TableHead align="right">Now</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {posts.map((post) => (
            <TableRow key={post.post_id}>
              <TableCell className="text-muted-foreground">
                <RelativeTime value={post.updated_at_ms} format="short" />
              </TableCell>
              <TableCell>
                <Link href={receiptPath(post.post_id)} className="font-medium hover:underline">
                  {destinationName(post, name)}
                </Link>
              </TableCell>
              <TableCell className="w-full max-w-0 truncate">
                <RedactedText text={post.error ?? "No reason was given"} />
              </TableCell>
              <TableCell align="right">
                <StateLabel facet="delivery" value={post.state} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
