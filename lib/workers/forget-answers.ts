import { deleteAnswersBefore } from "@/lib/db/intake-answer-store";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Drops answers of Idempotency-Keys whose time is over; until then a repeat is answered from them. */
export function startForgetAnswers(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "answers",
    everyMs: 60_000,
    failure: "answers of idempotency keys could not be dropped",
    run: async () => deleteAnswersBefore(worker.db, worker.clock.nowMs()),
  });
}
