"use client";

import { PayloadTabs } from "@/components/drafts/payload-tabs";
import { MoreSettings } from "@/components/settings/more-settings";
import { plural } from "@/components/settings/words";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import type { RoutePreviewWire } from "@/lib/contracts/route-preview";

/** What would leave, destination by destination, redactions marked: the same bytes that a draft's review shows. */
export function PreviewPayloads({ preview }: { preview: RoutePreviewWire }) {
  const rows = preview.payloads.flatMap((row) => reviewed(row, preview));
  if (rows.length === 0) return null;
  return (
    <MoreSettings title="What would leave" summary={plural(rows.length, "payload")}>
      <PayloadTabs destinations={rows} form="rendered" />
    </MoreSettings>
  );
}

function reviewed(
  { destination_id, payload, render_error }: RoutePreviewWire["payloads"][number],
  { destinations, readiness }: RoutePreviewWire,
): DestinationReviewWire[] {
  const destination = destinations.find((each) => each.destination_id === destination_id);
  if (!destination) return [];
  const ready = readiness.find((each) => each.destination_id === destination_id)?.publish_ready ?? false;
  const { name, kind } = destination;
  const standing = { effective: true, allowed: true, ready, missing: [], covered: false };
  return [
    {
      destination_id,
      name,
      kind,
      ...standing,
      ...(payload && { payload }),
      ...(render_error && { render_error }),
    },
  ];
}
