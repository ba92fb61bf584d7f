import Link from "next/link";
import { EmptyState } from "@/components/layout/empty-state";
import { Button } from "@/components/ui/button";
import type { OverviewWire } from "@/lib/contracts/status";
import { draftsPath } from "@/lib/paths";

/** Good news, plainly; on a first run, what comes first. */
export function NothingWaits({ overview, others }: { overview: OverviewWire; others: number }) {
  const { counts } = overview;
  if (counts.incidents === 0) {
    return (
      <EmptyState title="No report has come in yet">
        When a source reports a failure, it becomes an incident, then a draft, and waits here for a person.
        Nothing leaves before that. File one with New report to see it travel to the gate.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing waits for you"
      glyph="open"
      tone="passed"
      actions={
        <Button asChild size="sm">
          <Link href={draftsPath()}>See the drafts</Link>
        </Button>
      }
    >
      {others > 0
        ? "What waits is for others to decide or to put right."
        : counts.drafts_open === 0
          ? "Every draft is decided and every delivery has ended."
          : `${counts.drafts_open.toLocaleString("en-GB")} open ${counts.drafts_open === 1 ? "draft is" : "drafts are"} not at the gate yet or need no approval.`}
    </EmptyState>
  );
}
