import { sealAudit } from "@/lib/pipeline/governance/seal-audit";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Batches of one turn: far more than a second's entries, and an old database is through in a few. */
const batchesMax = 40;

/** Seals what was committed, well within a second of it. */
export function startSealAudit(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "audit-ledger",
    everyMs: 400,
    failure: "the audit ledger could not be sealed",
    run: async () => {
      for (let batch = 0; batch < batchesMax; batch++) {
        const { more } = await sealAudit(worker.context("audit-ledger"));
        if (!more) return;
      }
    },
  });
}
