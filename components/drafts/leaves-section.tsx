"use client";

import { useState } from "react";
import { Section } from "@/components/layout/section";
import { Segmented } from "@/components/ui/segmented";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { standingOf } from "./draft-standing";
import { type PayloadForm, PayloadTabs } from "./payload-tabs";

/** Exactly what leaves, destination by destination. */
export function LeavesSection({ review }: { review: DraftReviewWire }) {
  const [form, setForm] = useState<PayloadForm>("rendered");
  return (
    <Section
      title={standingOf(review) === "denied" ? "What would have left" : "Exactly what leaves"}
      aside={
        <Segmented
          label="Form of the payload"
          value={form}
          onValueChange={setForm}
          options={[
            { value: "rendered", label: "Rendered" },
            { value: "raw", label: "Raw" },
          ]}
        />
      }
    >
      <PayloadTabs destinations={review.destinations.filter((each) => each.effective)} form={form} />
    </Section>
  );
}
