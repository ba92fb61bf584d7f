import { Fact, Facts } from "@/components/layout/facts";
import { Section } from "@/components/layout/section";
import { countRedactions } from "@/components/state/parse-redactions";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { coverable } from "./draft-standing";
import { counted, shortDigest } from "./draft-words";
import { PayloadTabs } from "./payload-tabs";

type ApprovePayloadsProps = {
  review: DraftReviewWire;
  value: string | undefined;
  onValueChange: (destinationId: string) => void;
};

/** The right half: the payloads themselves, and the digest and policy they stand under. */
export function ApprovePayloads({ review, value, onValueChange }: ApprovePayloadsProps) {
  const payloads = coverable(review);
  const at = payloads.find((each) => each.destination_id === value);
  const redactions = countRedactions(at?.payload?.raw ?? "");
  return (
    <div
      id="approve-payloads"
      className="relative flex flex-col gap-4 border-border bg-card px-4 py-4 max-md:border-t sm:px-5 md:min-h-0 md:overflow-y-auto"
    >
      <Section
        title="Exactly what leaves"
        level={3}
        aside={redactions === 0 ? "no redactions here" : `${counted(redactions, "redaction")} here`}
      >
        <PayloadTabs destinations={payloads} form="rendered" value={value} onValueChange={onValueChange} />
      </Section>
      <Facts className="mt-auto border-t border-border pt-2.5 [--term:72px]">
        <Fact term="Digest" mono>
          <span title={review.digest}>sha256 {shortDigest(review.digest)}</span>
        </Fact>
        <Fact term="Policy" mono>
          <span title={review.policy_version}>{review.policy_version.slice(0, 8)}</span>
        </Fact>
      </Facts>
    </div>
  );
}
