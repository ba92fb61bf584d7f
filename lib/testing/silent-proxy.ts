import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type SilentProxy = {
  /** The same address by way of this proxy. */
  url: string;
  /** Connections made so far. */
  connections: number;
  /** From here on the connections that there are hear nothing more, in either direction, and are not closed. */
  dropSilently: () => void;
  /** Whether those to come are taken and left without a word as well. */
  isDeaf: boolean;
  close: () => Promise<void>;
};

/** Stands before a server as a firewall does, and may forget connections as firewalls do: no reset, no end, no byte. */
export async function openSilentProxy(target: string): Promise<SilentProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  const deaf = new Set<Socket>();
  const server = createServer((inner) => {
    proxy.connections += 1;
    inner.on("error", () => undefined);
    if (proxy.isDeaf) {
      deaf.add(inner.pause());
      return;
    }
    const outer = connect({ host: hostname, port: Number(port) });
    outer.on("error", () => undefined);
    const pair: [Socket, Socket] = [inner, outer];
    pairs.add(pair);
    inner.pipe(outer);
    outer.pipe(inner);
    const ended = () => {
      if (!pairs.delete(pair)) return;
      inner.destroy();
      outer.destroy();
    };
    inner.on("close", ended);
    outer.on("close", ended);
  });
  const proxy: SilentProxy = {
    ...{ url: "", connections: 0, isDeaf: false },
    dropSilently: () => {
      for (const [inner, outer] of pairs) {
        inner.unpipe(outer);
        outer.unpipe(inner);
        deaf.add(inner.pause()).add(outer.pause());
      }
      pairs.clear();
    },
    close: () => {
      for (const socket of [...deaf, ...[...pairs].flat()]) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  proxy.url = url.toString();
  return proxy;
}
