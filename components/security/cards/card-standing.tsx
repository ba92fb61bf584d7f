import { RelativeTime } from "@/components/layout/relative-time";
import { plural } from "@/components/settings/words";
import { StateLabel } from "@/components/state/state-label";
import type { DeploymentCardWire } from "@/lib/contracts/deployment-card";

/** What is missing of a card, as a state. */
export function CardStanding({ card }: { card: DeploymentCardWire }) {
  const missing = card.missing_fields.length;
  if (missing > 0) return <StateLabel state="approvalDue" word={`${plural(missing, "field")} missing`} />;
  return <StateLabel state="approved" word="Complete" />;
}

/** When it is to be looked at again. */
export function ReviewDue({ review }: { review: DeploymentCardWire["review"] }) {
  if (review.due_at_ms === null) return <span className="text-muted-foreground">no day set</span>;
  if (!review.overdue) return <RelativeTime value={review.due_at_ms} format="left" />;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <StateLabel state="reviewOverdue" />
      <span className="text-12 text-muted-foreground">
        since <RelativeTime value={review.due_at_ms} />
      </span>
    </span>
  );
}
