import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type SlowLink = {
  port: number;
  /** Each way, from now on. */
  setDelay: (ms: number) => void;
  close: () => Promise<void>;
};

/** A TCP relay on this machine: all that passes arrives whole and in order, `delay` later. */
export async function openSlowLink(targetPort: number): Promise<SlowLink> {
  const sockets = new Set<Socket>();
  let delayMs = 0;
  const relay = (from: Socket, to: Socket) => {
    // Whichever timer fires first, what came first goes first, also when the delay has just become shorter.
    const waiting: Array<() => void> = [];
    const later = (work: () => void) => {
      waiting.push(work);
      setTimeout(() => waiting.shift()?.(), delayMs);
    };
    from.on("data", (chunk) => later(() => to.writable && to.write(chunk)));
    from.on("end", () => later(() => to.end()));
    from.on("close", () => later(() => to.destroy()));
    from.on("error", () => {});
    sockets.add(from);
    from.once("close", () => sockets.delete(from));
  };
  const server = createServer((near) => {
    const far = connect(targetPort, "127.0.0.1");
    relay(near, far);
    relay(far, near);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    setDelay: (ms) => {
      delayMs = ms;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
