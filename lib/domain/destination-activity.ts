/** What deliveries to a destination came to over a span of time, in equal steps. */
export type ActivityBucket = {
  fromMs: number;
  attempts: number;
  published: number;
  /** Milliseconds an attempt took; null where none was made. */
  medianMs: number | null;
  p95Ms: number | null;
};

export type DestinationActivity = {
  destinationId: string;
  fromMs: number;
  bucketMs: number;
  buckets: ActivityBucket[];
  attempts: number;
  published: number;
  /** Deliveries that ended in the span, and those that wait now, by state. */
  ended: { published: number; failed: number; blocked: number; cancelled: number };
  waiting: { due: number; retrying: number; sending: number; ambiguous: number };
  medianMs: number | null;
  p95Ms: number | null;
  circuit: "closed" | "open" | "half_open";
  circuitOpenedAtMs: number | null;
  /** When the circuit lets one delivery try again, or the pause it asked for ends. */
  nextTryAtMs: number | null;
  disabledReason: string | null;
  lastSuccessAtMs: number | null;
  lastFailureAtMs: number | null;
  lastFailureReason: string | null;
};

export const activityHours = [1, 24, 168] as const;
export type ActivityHours = (typeof activityHours)[number];

/** The step of a span: about thirty of them. */
export const activityBucketMs = (hours: ActivityHours): number =>
  hours === 1 ? 120_000 : hours === 24 ? 3_600_000 : 6 * 3_600_000;
