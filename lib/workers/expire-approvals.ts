import { findLapsedGrants } from "@/lib/db/approval-store";
import { expireApproval } from "@/lib/pipeline/drafts/expire-approval";
import { countFaults } from "./count-faults";
import type { Worker, WorkerContext } from "./worker";

const sweepMs = 15_000;

/** Ends approvals whose time has run out, so that lists say so before anybody tries to publish. */
export function startExpireApprovals(worker: WorkerContext): Worker {
  const faults = countFaults(worker, "approvals");
  let busy: Promise<void> = Promise.resolve();
  const sweep = async () => {
    try {
      for (const lapsed of await findLapsedGrants(worker.db, new Date(worker.clock.nowMs()))) {
        await expireApproval(worker.context("approvals"), lapsed.draftId);
      }
      faults.passed();
    } catch (error) {
      await faults.failed(error, "approvals could not be expired");
    }
  };
  const timer = setInterval(() => {
    busy = busy.then(sweep);
  }, sweepMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await busy;
    },
  };
}
