import { availableParallelism } from "node:os";
import type { Server } from "./server";

export type ServerFacts = Omit<Server, "stop">;

/** Journeys follow one another on a server; as many servers as there are cores, at most two. */
export const serverCount = Math.min(2, availableParallelism());

/** The secret that a server's `--model-key-ref` names; there is none before a journey writes it. */
export const modelKeyFile = "journeys-model";

const variable = "E2E_SERVERS";

export function announceServers(servers: readonly ServerFacts[]): void {
  process.env[variable] = JSON.stringify(servers);
}

/** The server of this worker: it and its database are nobody else's while the worker runs. */
export function ownServer(): ServerFacts {
  const announced = process.env[variable];
  if (!announced)
    throw new Error("no server: run the journeys by Playwright, whose global set-up starts them");
  const servers = JSON.parse(announced) as ServerFacts[];
  const server = servers[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
  if (!server) throw new Error("more workers than servers");
  return server;
}
