import { exportTelemetry } from "@/lib/pipeline/publishing/export-telemetry";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Hands telemetry on to files and to the host's collector. */
export function startExportTelemetry(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "telemetry",
    everyMs: 5_000,
    failure: "telemetry could not be handed on",
    run: async () => {
      await exportTelemetry(worker.context("telemetry"));
    },
  });
}
