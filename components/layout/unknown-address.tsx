import Link from "next/link";
import { Button } from "@/components/ui/button";
import { draftsPath, inboxPath } from "@/lib/paths";
import { EmptyState } from "./empty-state";

/** Says that an address leads nowhere, and where to go from here. `h1` where it is all there is of the page. */
export function UnknownAddress({ heading }: { heading?: "h1" | "h2" }) {
  return (
    <EmptyState
      title="There is nothing at this address"
      heading={heading}
      actions={
        <>
          <Button asChild variant="default">
            <Link href={inboxPath()}>Go to the inbox</Link>
          </Button>
          <Button asChild>
            <Link href={draftsPath()}>All drafts</Link>
          </Button>
        </>
      }
    >
      The record may have been deleted, or the link was cut short.
    </EmptyState>
  );
}
