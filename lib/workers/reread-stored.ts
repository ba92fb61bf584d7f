import { rereadStored } from "@/lib/pipeline/redaction/reread-stored";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Reads what is stored again, after somebody asked for it or when the rules of redaction find more than they did. */
export function startRereadStored(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "redaction",
    everyMs: 3_000,
    failure: "stored texts could not be read again",
    run: async () => {
      await rereadStored(worker.context("redaction"));
    },
  });
}
