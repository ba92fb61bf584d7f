import type { DraftReviewWire } from "@/lib/contracts/review";

export type ConflictParts = {
  remarks: string[];
  /** The payloads that read differently now. */
  payloads: { name: string; before: string; after: string }[];
};

/** What differs between the review that was shown and the one that holds now. */
export function conflictParts(shown: DraftReviewWire, current: DraftReviewWire): ConflictParts {
  const before = new Map(shown.destinations.map((each) => [each.destination_id, each]));
  const payloads: ConflictParts["payloads"] = [];
  const remarks: string[] = [];
  for (const now of current.destinations) {
    const was = before.get(now.destination_id);
    if (now.effective && !was?.effective) remarks.push(`${now.name} was added to the route.`);
    if (!now.effective && was?.effective) remarks.push(`${now.name} is no longer on the route.`);
    if (!was?.payload || !now.payload || was.payload.digest === now.payload.digest) continue;
    payloads.push({ name: now.name, before: was.payload.raw, after: now.payload.raw });
  }
  if (shown.policy_version !== current.policy_version) {
    remarks.push("The policy that decides this draft changed.");
  }
  if (remarks.length === 0 && payloads.length === 0) {
    remarks.push("A destination's settings or the draft's routing changed; the payloads read the same.");
  }
  return { remarks, payloads };
}
