import type { Clock } from "@/lib/clock";
import type { Change } from "@/lib/db/change-feed";
import type { Database } from "@/lib/db/client";
import type { DestinationHealth } from "@/lib/db/destination-health-store";
import type { Context } from "@/lib/pipeline/context";

/** A loop that can be told to stop: it finishes or gives back what it holds, within seconds. */
export type Worker = { stop: () => Promise<void> };

export type WorkerContext = {
  db: Database;
  clock: Clock;
  /** After this long another worker takes over what this one claimed and did not end. */
  deliveryLeaseMs: number;
  /** A verb's context for the system actor of that name, at the present time. */
  context: (actorName: string) => Context;
  onChange: (hear: (change: Change | "gap") => void) => () => void;
  /** Destination health, read at most twice a second however many attempts ask. */
  health: (read: () => Promise<Map<string, DestinationHealth>>) => Promise<Map<string, DestinationHealth>>;
};
