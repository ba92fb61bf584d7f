import { expireApprovals } from "@/lib/pipeline/drafts/expire-approvals";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Ends approvals whose time has run out, so that lists say so before anybody tries to publish. */
export function startExpireApprovals(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "approvals",
    everyMs: 15_000,
    failure: "approvals could not be expired",
    run: async () => expireApprovals(worker.context("approvals")),
  });
}
