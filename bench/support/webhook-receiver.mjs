import { fork } from "node:child_process";
import { join } from "node:path";

/**
 * A webhook receiver in a process of its own, so that it costs the measured ones no time of theirs. `take()` gives what
 * arrived since the last call: `arrivals` as { key, deliveryId, draftId, at }, and how many had a wrong signature.
 */
export async function startReceiver(secret) {
  const child = fork(join(import.meta.dirname, "webhook-receiver-process.mjs"), [], {
    env: { ...process.env, BENCH_WEBHOOK_SECRET: secret },
    serialization: "advanced",
  });
  const next = () => new Promise((resolve) => child.once("message", resolve));
  const { port } = await next();
  return {
    url: `http://127.0.0.1:${port}/hook`,
    count: async () => {
      child.send("count");
      return (await next()).count;
    },
    take: async () => {
      child.send("take");
      return next();
    },
    stop: () => {
      child.disconnect();
    },
  };
}
