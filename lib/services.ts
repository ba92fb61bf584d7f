import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Process } from "./auth/process";
import { sharedDatabase } from "./db/client";
import { createSecretResolver } from "./destinations/secret-reference";
import type { Env } from "./env";
import { hostFacts } from "./mcp/host-servers";
import { createMcpClient } from "./mcp/mcp-client";
import { type ClosableSafeFetch, createSafeFetch } from "./net/safe-fetch";
import type { Services } from "./pipeline/context";

// The composition root: entries (server.ts, the worker, the bootstrap, Next's instrumentation) import it, nothing else.

const secretFileLengthMax = 16_384;

/** The verbs' collaborators, made from the host's settings. `fetch.close()` when the process ends. */
export function buildServices(env: Env, stopping?: AbortSignal): Services & { fetch: ClosableSafeFetch } {
  const resolveSecret = createSecretResolver({
    env: process.env,
    allowedNames: env.secretEnvNames,
    secretsDir: join(env.dataDir, "secrets"),
    readFile: readSecretFile,
  });
  const fetch = createSafeFetch();
  const { privateNetworks, mcpServers: hostServers } = env;
  return {
    resolveSecret,
    privateNetworks,
    allowedRoots: env.allowedRoots,
    refusedFolders: [env.dataDir],
    fetch,
    mcp: createMcpClient({ fetch, resolveSecret, privateNetworks, hostServers }),
    hostMcpServers: hostServers.map(hostFacts),
    ...(env.modelUrl && { model: { url: env.modelUrl, keyRef: env.modelKeyRef ?? null } }),
    telemetry: { folder: join(env.dataDir, "telemetry"), otelLogsUrl: env.otelLogsUrl },
    pepper: required(env.keyPepper, "INCIDENT_MONITOR_KEY_PEPPER"),
    random: Math.random,
    stopping,
  };
}

/** What `installProcess` is given. */
export function buildProcess(
  env: Env,
  stopping?: AbortSignal,
): Process & { services: { fetch: ClosableSafeFetch } } {
  return {
    db: sharedDatabase(required(env.databaseUrl, "DATABASE_URL")),
    services: buildServices(env, stopping),
    authSecret: required(env.nextAuthSecret, "NEXTAUTH_SECRET"),
    publicUrl: env.publicUrl,
    corsOrigins: env.corsOrigins,
  };
}

/** Small and local, so read on the spot; null when there is no such file. */
function readSecretFile(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > secretFileLengthMax) return null;
  return readFileSync(path, "utf8");
}

function required(value: string | undefined, name: string): string {
  if (value) return value;
  throw new Error(
    `${name} is not set. \`npm start\` and \`npm run dev\` set it; set it yourself to start without them.`,
  );
}
