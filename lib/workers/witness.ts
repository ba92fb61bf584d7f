import { postCheckpoint } from "@/lib/pipeline/governance/post-checkpoint";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Posts checkpoints to the witness, where one is configured. */
export function startWitness(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "audit-witness",
    everyMs: 5_000,
    failure: "the audit checkpoint could not be posted",
    run: async () => {
      await postCheckpoint(worker.context("audit-witness"));
    },
  });
}
