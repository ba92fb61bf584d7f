"use client";

import { useRowKeys } from "@/components/layout/use-row-keys";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { PostWire } from "@/lib/contracts/post";
import { ReceiptRow } from "./receipt-row";

/** Deliveries by last change. On a phone one column remains and the heads are only read out. */
export function ReceiptTable({ posts }: { posts: readonly PostWire[] }) {
  const box = useRowKeys<HTMLDivElement>("Receipts");
  return (
    <div ref={box} className="px-4 md:px-6">
      <Table className="md:table-fixed">
        <caption className="sr-only">Deliveries, last changed first</caption>
        <TableHeader className="max-md:sr-only">
          <TableRow>
            <TableHead className="w-34 pt-3 max-md:hidden">Status</TableHead>
            <TableHead className="pt-3">Title</TableHead>
            <TableHead className="w-44 pt-3 max-md:hidden">Destination</TableHead>
            <TableHead className="w-24 pt-3 max-lg:hidden">Kind</TableHead>
            <TableHead align="right" className="w-24 pr-6 pt-3 max-md:hidden">
              Attempts
            </TableHead>
            <TableHead className="w-28 pt-3 max-md:hidden">When</TableHead>
            <TableHead className="w-44 pt-3 max-lg:hidden">At the destination</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {posts.map((post) => (
            <ReceiptRow key={post.post_id} post={post} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
