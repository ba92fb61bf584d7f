import { type AddressInfo, createServer, type Socket } from "node:net";

export type DeafReceiver = { port: number; connectionCount: () => number; close: () => Promise<void> };

/** Takes connections and reads nothing: a request that reached it had no effect. */
export async function openDeafReceiver(port = 0): Promise<DeafReceiver> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    count += 1;
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connectionCount: () => count,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
