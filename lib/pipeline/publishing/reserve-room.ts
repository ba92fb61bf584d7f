import { destinationsDue } from "@/lib/db/delivery-store";
import { type DestinationHealth, openProbes } from "@/lib/db/destination-health-store";
import { returnSends, takeSends } from "@/lib/db/destination-pace-store";
import { effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import { isPaced, paceOf } from "@/lib/domain/delivery-pace";
import { authorize } from "../authorize";
import type { Context } from "../context";

export type RoomInput = {
  config: MonitorConfig;
  health: ReadonlyMap<string, DestinationHealth>;
  /** What this process is sending now, by destination. */
  inFlight: ReadonlyMap<string, number>;
  /** The most that one process sends to one destination at once. */
  perDestination: number;
  /** After this long a probe that never ended is given up. */
  probeMs: number;
};

/** What may be claimed now of whom, and how to give back what was reserved and not claimed. */
export type Room = {
  busyDestinations: string[];
  limits: Record<string, number>;
  probes: string[];
  settle: (claimed: ReadonlyArray<{ destinationId: string }>) => Promise<void>;
};

/**
 * Room for the next claim: by what is under way, by each destination's pace (reserved from the account that all processes
 * share), and one try for a destination whose circuit has waited long enough. Destinations without a pace cost nothing here.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function reserveRoom(ctx: Context, input: RoomInput): Promise<Room> {
  await authorize(ctx, "work", { kind: "delivery", id: "room", projectId: null });
  const { config, inFlight, perDestination } = input;
  const limits: Record<string, number> = {};
  const busyDestinations: string[] = [];
  const paced: Array<{ destinationId: string; free: number; pace: ReturnType<typeof paceOf> }> = [];
  for (const destination of effectiveDestinations(config)) {
    const { destinationId } = destination;
    const pace = paceOf(destination);
    const free = Math.min(perDestination, pace.concurrencyMax) - (inFlight.get(destinationId) ?? 0);
    if (free <= 0) busyDestinations.push(destinationId);
    else if (isPaced(pace)) paced.push({ destinationId, free, pace });
    else if (free < perDestination) limits[destinationId] = free;
  }
  // A destination that is configured no more is bounded all the same until its queue has ended as blocked.
  for (const [id, count] of inFlight) {
    if (count >= perDestination && !busyDestinations.includes(id)) busyDestinations.push(id);
  }
  const reserved = new Map<string, number>();
  const due = await destinationsDue(
    ctx.db,
    paced.map((each) => each.destinationId),
    ctx.nowMs,
  );
  for (const { destinationId, free, pace } of paced) {
    // One that becomes due after this look has no room reserved and waits for the next claim.
    const isDue = due.includes(destinationId);
    const granted = isDue ? await takeSends(ctx.db, destinationId, pace, free, ctx.nowMs) : 0;
    if (isDue) reserved.set(destinationId, granted);
    if (granted > 0) limits[destinationId] = granted;
    else busyDestinations.push(destinationId);
  }
  const probes = mayProbe(input, ctx.nowMs) ? await openProbes(ctx.db, ctx.nowMs, input.probeMs) : [];
  for (const id of probes) limits[id] = 1;
  return {
    busyDestinations,
    limits,
    probes,
    settle: async (claimed) => {
      for (const [id, granted] of reserved) {
        const used = claimed.filter((each) => each.destinationId === id).length;
        await returnSends(ctx.db, id, granted - used);
      }
    },
  };
}

/** By what was known of health a moment ago: only a circuit that is not closed has anything to try. */
const mayProbe = ({ health }: RoomInput, nowMs: number): boolean =>
  [...health.values()].some((each) => each.circuit !== "closed" && (each.retryAfterMs ?? 0) <= nowMs);
