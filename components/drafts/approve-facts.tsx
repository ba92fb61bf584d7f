import { Fact, Facts } from "@/components/layout/facts";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { limitWords } from "./draft-words";
import { PolicyReasons } from "./policy-reasons";
import { isShared, namedWords, quorumWords, shareWords } from "./quorum-words";
import { RouteReason } from "./route-sentence";

/** Why these destinations, which rule asks, and what happens after. */
export function ApproveFacts({ review, limitMs }: { review: DraftReviewWire; limitMs: number }) {
  const { approval, publish_on_approval: sendsAtOnce } = review;
  const { quorum } = approval;
  // With people named one more may not be enough, whoever gives it: the server says what stands in the way.
  const opens = quorum.missing === 1 && review.actions.break_glass.overrides.length === 0;
  const after = sendsAtOnce
    ? "It is sent at once to the destinations that are ready."
    : `Anyone who may publish can send it within ${limitWords(limitMs)}.`;
  return (
    <Facts className="[--term:72px]">
      <Fact term="Why these">
        <RouteReason route={review.route} />
      </Fact>
      <Fact term="Rule">
        <PolicyReasons reasons={[...approval.because, ...quorum.author_may_not]} />
      </Fact>
      {quorum.named.length > 0 ? (
        <Fact term="Named">{quorum.named.map((each) => namedWords(each, undefined)).join(". ")}</Fact>
      ) : null}
      {isShared(quorum) && quorum.needed > 1 ? (
        <Fact term="Approvals">
          <b className="font-semibold">{shareWords(quorum)}</b>, {quorumWords(quorum, undefined)}. Yours is{" "}
          {opens ? "the last one needed." : "one of them; it opens nothing by itself."}
        </Fact>
      ) : null}
      {review.step_up_due.approve ? (
        <Fact term="Proof">High risk: you are asked to prove that it is you.</Fact>
      ) : null}
      <Fact term="After">
        {after}
        {approval.high_risk && !sendsAtOnce ? " High risk: they type a phrase first." : ""}
      </Fact>
    </Facts>
  );
}
