/** What a memory record may be about (reference 4.5); the first is the default. */
export const memoryCategories = ["failure_pattern", "recurrence", "policy_gap", "safety_risk"] as const;
export type MemoryCategory = (typeof memoryCategories)[number];

/** A category as people write it, or null for one there is not: `Policy-Gap` is `policy_gap`. */
export function memoryCategory(given: unknown): MemoryCategory | null {
  if (given === undefined || given === null) return memoryCategories[0];
  if (typeof given !== "string") return null;
  const name = given
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (name === "") return memoryCategories[0];
  return memoryCategories.find((each) => each === name) ?? null;
}

/** What the rows say about a failure when it is remembered: counts and times, nothing that anybody wrote (W-46). */
export type LearnedFacts = {
  /** Sightings of the incident, merged ones included. */
  recurrenceCount: number;
  firstSeenAtMs: number;
  lastSeenAtMs: number;
  /** Days on which it was seen. */
  activeDayCount: number;
  /** Incidents that were merged into it, and others of its project with the same message or exception. */
  mergedCount: number;
  similarIncidentCount: number;
  /** Drafts of it that were denied, and approvals that a change voided: where policy and practice disagree. */
  deniedCount: number;
  voidedApprovalCount: number;
  /** Deliveries of it that readiness stopped, or that failed for good. */
  blockedDeliveryCount: number;
  failedDeliveryCount: number;
  regressionCount: number;
};

/** The record's facts as they are stored and shown. */
export const learnedToFacts = (learned: LearnedFacts): Record<string, number> => ({
  recurrence_count: learned.recurrenceCount,
  first_seen_at_ms: learned.firstSeenAtMs,
  last_seen_at_ms: learned.lastSeenAtMs,
  active_day_count: learned.activeDayCount,
  merged_count: learned.mergedCount,
  similar_incident_count: learned.similarIncidentCount,
  denied_count: learned.deniedCount,
  voided_approval_count: learned.voidedApprovalCount,
  blocked_delivery_count: learned.blockedDeliveryCount,
  failed_delivery_count: learned.failedDeliveryCount,
  regression_count: learned.regressionCount,
});
