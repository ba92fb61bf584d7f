import { type SweptSilences, sweepHolds } from "@/lib/pipeline/silences/sweep-holds";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Keeps the record of what silences hold and have let go. */
export function startHoldSilenced(worker: WorkerContext): Worker {
  let swept: SweptSilences = new Map();
  return startSweep(worker, {
    name: "silences",
    everyMs: 5_000,
    failure: "what silences hold could not be recorded",
    run: async () => {
      swept = await sweepHolds(worker.context("silences"), swept);
    },
  });
}
