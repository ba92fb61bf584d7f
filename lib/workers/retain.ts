import { enforceRetention } from "@/lib/pipeline/retention/enforce-retention";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Enforces what the retention settings say. */
export function startRetain(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "retention",
    everyMs: 30_000,
    failure: "retention could not be enforced",
    run: async () => {
      await enforceRetention(worker.context("retention"));
    },
  });
}
