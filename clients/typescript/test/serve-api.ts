import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createApi } from "@/lib/api/app";
import { clearCredentialCaches } from "@/lib/auth/credential-cache";
import { hearChanges } from "@/lib/pipeline/settings/subscribe-changes";
import { runWorkers } from "@/lib/workers/run-workers";

export type ServedApi = { url: string; close: () => Promise<void> };

/** The product's own API on a real port, over the database of the test, with the workers that deliver. */
export async function serveApi(...[db, services]: Parameters<typeof runWorkers>): Promise<ServedApi> {
  const workers = runWorkers(db, services);
  // As the server does: what is revoked is not remembered.
  const unhear = hearChanges(db, (change) => {
    if (change === "gap" || change.topic === "key" || change.topic === "access") clearCredentialCaches();
  });
  const api = createApi();
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: api.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(listening));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      unhear();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await Promise.all([workers.stop(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}
