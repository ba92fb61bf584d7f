import { sweepReassessments } from "@/lib/pipeline/governance/sweep-reassessments";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Assesses what is due and what changed. Causes of one quarter of an hour make one record, whatever this turn's interval. */
export function startReassess(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "reassessment",
    everyMs: 60_000,
    failure: "governance could not be reassessed",
    run: async () => {
      await sweepReassessments(worker.context("reassessment"));
    },
  });
}
