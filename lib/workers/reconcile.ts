import { reconcileDeliveries } from "@/lib/pipeline/publishing/reconcile-deliveries";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Asks destinations about deliveries whose end nobody knows. */
export function startReconcile(worker: WorkerContext): Worker {
  const stopping = new AbortController();
  const sweep = startSweep(worker, {
    name: "reconcile",
    everyMs: 1_000,
    failure: "deliveries without an answer could not be looked up",
    run: async () => {
      while ((await reconcileDeliveries(worker.context("reconcile"), stopping.signal)) > 0) {
        if (stopping.signal.aborted) return;
      }
    },
  });
  return {
    stop: async () => {
      stopping.abort();
      await sweep.stop();
    },
  };
}
