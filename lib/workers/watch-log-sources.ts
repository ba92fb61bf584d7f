import { keyOfSource } from "@/lib/db/log-tail-rows";
import { logger } from "@/lib/logger";
import { countFaults } from "./count-faults";
import { HeldSources } from "./hold-sources";
import { createWindowRecorder } from "./record-windows";
import { repeat } from "./repeat";
import { claimShare, nameWatcher, releaseShare, renewShare, sourceLeaseMs } from "./share-log-sources";
import type { Worker, WorkerContext } from "./worker";

/** Often enough that a lease never runs out while its process lives. */
const renewEveryMs = 3_000;

/**
 * Reads the log sources of the configuration, each by one process at a time: as soon as the system tells of a change, and
 * by looking where it does not. Sources take turns, so neither a busy nor a broken one keeps the others waiting.
 */
export function startWatchLogSources(worker: WorkerContext): Worker {
  const watcher = nameWatcher();
  const recorder = createWindowRecorder(worker, { watcher, leaseMs: sourceLeaseMs });
  const sources = new HeldSources(worker, watcher, recorder);

  const balance = async () => {
    const share = await renewShare(worker, watcher);
    await sources.followMoves(share);
    const released = await sources.letGo(share);
    await releaseShare(worker, watcher, released);
    for (const each of released) share.held.delete(each.key);
    await sources.reopenChanged(share);
    for (const state of await claimShare(worker, watcher, share, sources.avoided())) {
      const watched = share.wanted.get(keyOfSource(state));
      if (watched) sources.open(watched, state);
    }
  };

  const shareFaults = countFaults(worker, "log-source-shares");
  const balancing = repeat(renewEveryMs, async () => {
    try {
      await balance();
      shareFaults.passed();
    } catch (error) {
      await shareFaults.failed(error, "log sources could not be shared out");
    }
  });
  const unsubscribe = worker.onChange((change) => {
    if (change === "gap" || change.topic === "config" || change.topic === "log_source") balancing.soon();
  });
  balancing.soon();

  return {
    stop: async () => {
      unsubscribe();
      await balancing.stop();
      await sources.stop();
      try {
        await releaseShare(worker, watcher);
      } catch (error) {
        logger.error({ err: error }, "log sources could not be given back: others wait for the lease");
      }
    },
  };
}
