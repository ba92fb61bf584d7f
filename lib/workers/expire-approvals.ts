import { findLapsedGrants } from "@/lib/db/approval-store";
import { expireApproval } from "@/lib/pipeline/drafts/expire-approval";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Ends approvals whose time has run out, so that lists say so before anybody tries to publish. */
export function startExpireApprovals(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "approvals",
    everyMs: 15_000,
    failure: "approvals could not be expired",
    run: async () => {
      for (const lapsed of await findLapsedGrants(worker.db, new Date(worker.clock.nowMs()))) {
        await expireApproval(worker.context("approvals"), lapsed.draftId);
      }
    },
  });
}
