import type { Metadata } from "next";
import Link from "next/link";
import { EmptyState } from "@/components/layout/empty-state";
import { Button } from "@/components/ui/button";
import { draftsPath, inboxPath } from "@/lib/paths";

export const metadata: Metadata = { title: "Nothing here" };

/** An address that leads nowhere: says so, and where to go from here. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <EmptyState
        title="There is nothing at this address"
        heading="h1"
        actions={
          <>
            <Button asChild>
              <Link href={inboxPath()}>Go to the inbox</Link>
            </Button>
            <Button asChild variant="outline">
              <Link href={draftsPath()}>All drafts</Link>
            </Button>
          </>
        }
      >
        The record may have been deleted, or the link was cut short.
      </EmptyState>
    </main>
  );
}
