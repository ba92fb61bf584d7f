import { queueMessages } from "@/lib/pipeline/notifications/queue-messages";
import { sendNotifications } from "@/lib/pipeline/notifications/send-notifications";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Tells people outside the panel what waits for them, where a channel is configured. */
export function startNotify(worker: WorkerContext): Worker {
  return startSweep(worker, {
    name: "notifications",
    everyMs: 5_000,
    failure: "notifications could not be sent",
    run: async () => {
      await queueMessages(worker.context("notifications"));
      await sendNotifications(worker.context("notifications"), () => worker.clock.nowMs());
    },
  });
}
