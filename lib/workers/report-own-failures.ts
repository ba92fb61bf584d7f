import { reportFailedDeliveries } from "@/lib/pipeline/intake/report-own-failures";
import { countFaults } from "./count-faults";
import type { Worker, WorkerContext } from "./worker";

const sweepMs = 5_000;
/** The first sweep looks back over what a stopped product may have left unreported. */
const firstLookBackMs = 7 * 86_400_000;
/** Later ones start a little before the last: ends are stamped by the clocks of several processes. */
const overlapMs = 10 * 60_000;

/** Makes incidents of deliveries that failed for good. The rows are swept, so nothing is lost in a crash. */
export function startReportOwnFailures(worker: WorkerContext): Worker {
  const faults = countFaults(worker, "own-failures");
  let sinceMs = worker.clock.nowMs() - firstLookBackMs;
  let busy: Promise<void> = Promise.resolve();
  const sweep = async () => {
    const startedMs = worker.clock.nowMs();
    try {
      await reportFailedDeliveries(worker.context("own-failures"), sinceMs);
      sinceMs = startedMs - overlapMs;
      faults.passed();
    } catch (error) {
      await faults.failed(error, "own failures could not be reported");
    }
  };
  const timer = setInterval(() => {
    busy = busy.then(sweep);
  }, sweepMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await busy;
    },
  };
}
