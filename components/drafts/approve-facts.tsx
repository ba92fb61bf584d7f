import { Fact, Facts } from "@/components/layout/facts";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { limitWords, reasonWords } from "./draft-words";
import { RouteReason } from "./route-sentence";

/** Why these destinations, which rule asks, and what happens after. */
export function ApproveFacts({ review, limitMs }: { review: DraftReviewWire; limitMs: number }) {
  const { approval, publish_on_approval: sendsAtOnce } = review;
  const after = sendsAtOnce
    ? "It is sent at once to the destinations that are ready."
    : `Anyone who may publish can send it within ${limitWords(limitMs)}.`;
  return (
    <Facts className="[--term:72px]">
      <Fact term="Why these">
        <RouteReason route={review.route} />
      </Fact>
      <Fact term="Rule">Approval is required: {reasonWords(approval.because)}.</Fact>
      <Fact term="After">
        {after}
        {approval.high_risk && !sendsAtOnce ? " High risk: they type a phrase first." : ""}
      </Fact>
    </Facts>
  );
}
