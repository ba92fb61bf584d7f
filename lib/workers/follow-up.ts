import { followUpIssues, type LeftAlone } from "@/lib/pipeline/publishing/follow-up-issues";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Tells issues that their failure went on, and opens regressions of closed ones. */
export function startFollowUp(worker: WorkerContext): Worker {
  const stopping = new AbortController();
  const left: LeftAlone = new Map();
  const sweep = startSweep(worker, {
    name: "follow-ups",
    everyMs: 15_000,
    failure: "recurrences could not be told to their issues",
    run: async () => {
      await followUpIssues(worker.context("follow-ups"), left, stopping.signal);
    },
  });
  return {
    stop: async () => {
      stopping.abort();
      await sweep.stop();
    },
  };
}
