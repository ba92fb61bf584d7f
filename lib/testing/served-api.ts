import { getRequestListener } from "@hono/node-server";
import { createApi } from "@/lib/api/app";
import { openFrontDoor } from "@/server";
import { freePort } from "./free-port";

/** The API behind the server's own front door, on a port of its own: what a client meets, sockets and all. */
export async function serveApi(): Promise<{ url: string; close: () => Promise<void> }> {
  // The door answers by name and port, so the port has to be known before it opens.
  const port = await freePort();
  const servers = await openFrontDoor({
    api: getRequestListener(createApi().fetch, { overrideGlobalObjects: false }),
    panel: async (_request, response) => void response.writeHead(404).end(),
    publicUrl: "http://localhost:39731",
    host: "127.0.0.1",
    port,
    stopping: new AbortController().signal,
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
