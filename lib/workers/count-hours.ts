import { countHours } from "@/lib/pipeline/settings/count-hours";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Counts the hours that are over, so that charts over weeks read a few hundred rows instead of a million. */
export function startCountHours(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "hours",
    everyMs: 60_000,
    failure: "occurrences could not be counted by the hour",
    run: async () => countHours(worker.context("hours")),
  });
}
