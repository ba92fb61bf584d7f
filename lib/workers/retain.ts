import { enforceRetention } from "@/lib/pipeline/retention/enforce-retention";
import { forgetSpentAccess } from "@/lib/pipeline/retention/forget-spent-access";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Enforces what the retention settings say, and forgets sign-ins, links and invitations that are long over. */
export function startRetain(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "retention",
    everyMs: 30_000,
    failure: "retention could not be enforced",
    run: async () => {
      const outcomes = await Promise.allSettled([
        enforceRetention(worker.context("retention")),
        forgetSpentAccess(worker.context("retention")),
      ]);
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    },
  });
}
