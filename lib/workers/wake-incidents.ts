import { wakeIncidents } from "@/lib/pipeline/incidents/wake-incidents";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Ends snoozes and mutes that are over, and marks regressions. */
export function startWakeIncidents(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "quiet",
    everyMs: 5_000,
    failure: "incidents that are due to wake could not be woken",
    run: async () => {
      await wakeIncidents(worker.context("quiet"));
    },
  });
}
