import { announceServers, serverCount } from "./own-server";
import { type Server, startServer } from "./server";

/** Starts the servers the journeys run against; what they need to know of them travels in the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const servers: Server[] = [];
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  try {
    // One after another: the first one builds when nothing is built yet.
    while (servers.length < serverCount) servers.push(await startServer());
  } catch (error) {
    await stop();
    throw error;
  }
  announceServers(servers.map(({ stop: _, ...facts }) => facts));
  return stop;
}
