import { Section } from "@/components/layout/section";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { DeliveryRow } from "./delivery-row";

/** What became of each destination's newest delivery, with its receipt. Absent while nothing was sent. */
export function DeliveriesSection({ review }: { review: DraftReviewWire }) {
  const sent = review.destinations.filter((each) => each.post);
  if (sent.length === 0) return null;
  return (
    <Section title="Deliveries" count={sent.length}>
      <ul className="-mt-1">
        {sent.map((each) => (
          <DeliveryRow key={each.destination_id} destination={each} />
        ))}
      </ul>
    </Section>
  );
}
