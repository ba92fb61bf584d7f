import { installProcess } from "@/lib/auth/process";
import { readEnv } from "@/lib/env";
import { closeChangeHub } from "@/lib/pipeline/settings/subscribe-changes";
import { buildProcess } from "@/lib/services";
import { runWorkers } from "./run-workers";

/** Entry of `npm run worker`: the loops alone, on the running server's database. */
export async function startWorker(): Promise<{ close(): Promise<void> }> {
  const env = readEnv();
  const built = buildProcess(env);
  installProcess(built);
  const workers = runWorkers(built.db, built.services, { deliveryLeaseMs: env.deliveryLeaseMs });
  return {
    close: async () => {
      await workers.stop();
      await closeChangeHub(built.db);
      await built.services.fetch.close();
      await built.db.close();
    },
  };
}
