import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { type Completion, completeDeliveries } from "@/lib/db/completion-store";
import { loadConfig } from "@/lib/db/config-store";
import {
  type ClaimedDelivery,
  claimDueDeliveries,
  nextDueAfterMs,
  releaseClaims,
} from "@/lib/db/delivery-store";
import { readDestinationHealth } from "@/lib/db/destination-health-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { logger } from "@/lib/logger";
import { countAttempt } from "@/lib/metrics";
import { deliver, retryLapsedKinds } from "@/lib/pipeline/publishing/deliver";
import { reserveRoom } from "@/lib/pipeline/publishing/reserve-room";
import { holdDeliveries } from "@/lib/pipeline/silences/hold-deliveries";
import { attemptSignal } from "./attempt-signal";
import type { Worker, WorkerContext } from "./worker";

/** Attempts under way at once, and of one destination: a dead one leaves room for the others. */
const inFlightMax = 96;
const perDestinationMax = 32;
/** The sweep that heals a missed nudge. */
const idleMs = 1_000;

/** Sends what is due: claims in batches, attempts concurrently, ends in batches. Nudged by the change feed. */
export function startDeliverDue(worker: WorkerContext): Worker {
  const name = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const inFlight = new Map<string, number>();
  const ended: Completion[] = [];
  const aborter = new AbortController();
  let running = 0;
  let stopping = false;
  let writing: Promise<void> | null = null;
  let wake: () => void = () => {};
  let nudged = false;

  const nudge = () => {
    nudged = true;
    wake();
  };

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      if (nudged) return resolve();
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Ends gathered while one write is under way share the next: many receipts, one commit. */
  const writeEnds = () => {
    writing ??= (async () => {
      while (ended.length > 0) {
        const batch = ended.splice(0, 256);
        try {
          await completeDeliveries(worker.db, batch, new Date(worker.clock.nowMs()));
        } catch (error) {
          // The effect happened and its end is not written: keep it and try again, or the lease runs out and it is
          // sent again under the same key.
          ended.unshift(...batch);
          logger.error({ err: error, count: batch.length }, "delivery ends could not be written");
          await new Promise((resolve) => setTimeout(resolve, 500));
          if (stopping) break;
        }
      }
    })().finally(() => {
      writing = null;
    });
    return writing;
  };

  /** What attempts are judged by: read after their claim, once for all that it took. */
  const readGrounds = async () => {
    const config = await loadConfig(worker.db);
    return { config, health: await worker.health(() => readDestinationHealth(worker.db)) };
  };

  const attempt = async (
    delivery: ClaimedDelivery,
    { config, health }: Awaited<ReturnType<typeof readGrounds>>,
  ) => {
    const { signal, release } = attemptSignal(aborter.signal, worker.deliveryLeaseMs);
    try {
      const ctx = worker.context("deliveries");
      const completion = await deliver(ctx, { delivery, worker: name, config, health, signal });
      countAttempt(delivery.kind, completion.attempt.outcome, completion.attempt.durationMs / 1000);
      ended.push(completion);
      void writeEnds();
    } catch (error) {
      logger.error({ err: error, deliveryId: delivery.deliveryId }, "delivery attempt could not be made");
    } finally {
      release();
      const left = (inFlight.get(delivery.destinationId) ?? 1) - 1;
      // Only room where there was none can let something leave that the last claim had to pass over.
      if (running >= inFlightMax || left + 1 >= perDestinationMax) nudge();
      running -= 1;
      if (left > 0) inFlight.set(delivery.destinationId, left);
      else inFlight.delete(delivery.destinationId);
    }
  };

  const giveBack = (deliveries: readonly ClaimedDelivery[]) =>
    releaseClaims(
      worker.db,
      name,
      new Date(worker.clock.nowMs()),
      deliveries.map((each) => each.deliveryId),
    );

  /** Less what a silence holds. Where that cannot be told nothing leaves, and nothing stays claimed. */
  const withoutHeld = async (deliveries: readonly ClaimedDelivery[]) => {
    try {
      return await holdDeliveries(worker.context("deliveries"), { deliveries, worker: name });
    } catch (error) {
      await giveBack(deliveries);
      throw error;
    }
  };

  /** Takes and starts what may leave now. Returns for how long there is nothing more to do; 0 when there may be. */
  const claim = async (): Promise<number> => {
    if (running >= inFlightMax) return idleMs;
    const config = await loadConfig(worker.db);
    // Paused means queued, not lost (D-15).
    if (!config.enabled || config.paused) return idleMs;
    const ctx = worker.context("deliveries");
    const health = await worker.health(() => readDestinationHealth(worker.db));
    const probeMs = worker.deliveryLeaseMs;
    const room = await reserveRoom(ctx, {
      config,
      health,
      inFlight,
      perDestination: perDestinationMax,
      probeMs,
    });
    const { nowMs } = ctx;
    const taken = await claimDueDeliveries(worker.db, {
      worker: name,
      limit: inFlightMax - running,
      perDestination: perDestinationMax,
      busyDestinations: room.busyDestinations,
      limits: room.limits,
      probes: room.probes,
      leaseMs: worker.deliveryLeaseMs,
      nowMs,
      retryLapsedKinds,
      heldProjects: heldProjects(config),
    });
    await room.settle(taken);
    if (taken.length === 0) return untilNextDue(worker, nowMs);
    const free = await withoutHeld(taken);
    const grounds = await readGrounds().catch(async (error: unknown) => {
      await giveBack(free);
      throw error;
    });
    // A pause between the look and the claim keeps what was claimed as much as what waits.
    const { leaving, kept } = splitByPause(free, grounds.config);
    if (kept.length > 0) await giveBack(kept);
    for (const delivery of leaving) {
      running += 1;
      inFlight.set(delivery.destinationId, (inFlight.get(delivery.destinationId) ?? 0) + 1);
      void attempt(delivery, grounds);
    }
    return 0;
  };

  const drained = async (patienceMs: number) => {
    const deadline = performance.now() + patienceMs;
    while (running > 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 25));
  };

  const loop = (async () => {
    while (!stopping) {
      nudged = false;
      try {
        const idleForMs = await claim();
        if (idleForMs > 0) await sleep(idleForMs);
      } catch (error) {
        logger.error({ err: error }, "deliveries could not be claimed");
        await sleep(idleMs);
      }
    }
  })();

  const unsubscribe = worker.onChange((change) => {
    if (change === "gap" || ["delivery", "config", "silence"].includes(change.topic)) nudge();
  });

  return {
    stop: async () => {
      stopping = true;
      unsubscribe();
      nudge();
      await loop;
      await drained(5_000);
      aborter.abort();
      // What was cut off has an end to write too: it may have had its effect.
      await drained(1_000);
      await writeEnds();
      await releaseClaims(worker.db, name, new Date(worker.clock.nowMs()));
    },
  };
}

/** Until a retry is due or a lease runs out, at most the sweep's pause. */
async function untilNextDue(worker: WorkerContext, claimedAtMs: number): Promise<number> {
  const next = await nextDueAfterMs(worker.db, claimedAtMs);
  if (next === null) return idleMs;
  return Math.min(idleMs, Math.max(1, next - worker.clock.nowMs()));
}

const heldProjects = (config: MonitorConfig): string[] =>
  config.monitoredProjects
    .filter((project) => !project.enabled || project.paused)
    .map((project) => project.projectId);

function splitByPause(deliveries: readonly ClaimedDelivery[], config: MonitorConfig) {
  const held = new Set(heldProjects(config));
  const isPaused = !config.enabled || config.paused;
  const isKept = ({ projectId }: ClaimedDelivery) => isPaused || (projectId !== null && held.has(projectId));
  return {
    leaving: deliveries.filter((each) => !isKept(each)),
    kept: deliveries.filter(isKept),
  };
}
