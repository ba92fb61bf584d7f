import { reportFailedDeliveries, reportFailedTriage } from "@/lib/pipeline/intake/report-own-failures";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** The first sweep looks back over what a stopped product may have left unreported. */
const firstLookBackMs = 7 * 86_400_000;
/** Later ones start a little before the last: ends are stamped by the clocks of several processes. */
const overlapMs = 10 * 60_000;

/** Makes incidents of deliveries that failed for good and of triage that was given up. The rows are swept, so nothing is lost in a crash. */
export function startReportOwnFailures(worker: WorkerContext): Worker {
  let sinceMs = worker.clock.nowMs() - firstLookBackMs;
  return startSweep(worker, {
    name: "own-failures",
    everyMs: 5_000,
    failure: "own failures could not be reported",
    run: async () => {
      const startedMs = worker.clock.nowMs();
      await reportFailedDeliveries(worker.context("own-failures"), sinceMs);
      await reportFailedTriage(worker.context("own-failures"), sinceMs);
      sinceMs = startedMs - overlapMs;
    },
  });
}
