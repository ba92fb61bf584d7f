"use client";

import { useAnnounce } from "@/components/layout/announcer";
import { LockedAction } from "@/components/layout/locked-action";
import { RelativeTime } from "@/components/layout/relative-time";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { CardMetadataResponseWire, DeploymentCardWire } from "@/lib/contracts/deployment-card";
import { useReviewCard } from "@/lib/queries/cards";
import { usePermission } from "@/lib/queries/session";
import { ReviewDue } from "./card-standing";

type CardReviewProps = { card: DeploymentCardWire; stored: CardMetadataResponseWire };

/** When it is due, and the word that somebody looked today. */
export function CardReview({ card, stored }: CardReviewProps) {
  const review = useReviewCard();
  const announce = useAnnounce();
  const may = usePermission("configure");
  const unlocks =
    may.known && !may.allowed
      ? "Admins record reviews."
      : stored.metadata === null
        ? "A review unlocks once something is saved below."
        : null;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-muted-foreground">Next review:</span> <ReviewDue review={card.review} />
          {stored.last_reviewed_at_ms === null ? null : (
            <span className="text-12 text-muted-foreground">
              last <RelativeTime value={stored.last_reviewed_at_ms} />
            </span>
          )}
        </span>
        {unlocks ? (
          <LockedAction size="sm" className="touch:h-11" unlocks={unlocks}>
            Reviewed today
          </LockedAction>
        ) : (
          <Button
            size="sm"
            className="touch:h-11"
            pending={review.isPending}
            onClick={() =>
              review.mutate(
                { card_id: stored.card_id, version: stored.version },
                { onSuccess: () => announce("The review was recorded.") },
              )
            }
          >
            Reviewed today
          </Button>
        )}
      </div>
      {review.isError ? (
        <Alert tone="failed" title="The review was not recorded.">
          {review.error.message}
        </Alert>
      ) : null}
    </div>
  );
}
