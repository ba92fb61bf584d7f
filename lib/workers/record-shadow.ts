import { sweepShadow } from "@/lib/pipeline/routing/sweep-shadow";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Records what shadow routes would have sent of new drafts. */
export function startRecordShadow(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "shadow",
    everyMs: 5_000,
    failure: "shadow decisions could not be recorded",
    run: async () => sweepShadow(worker.context("shadow")),
  });
}
