import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ledgerFiles } from "./audit/ledger-files";
import type { Process } from "./auth/process";
import { sharedDatabase } from "./db/client";
import { createSecretResolver, type SecretResolution } from "./destinations/secret-reference";
import { keyedHash } from "./digest";
import { type TestReceiver, testReceiverPath } from "./domain/test-receiver";
import type { Env } from "./env";
import { createMailer } from "./mail/smtp-mailer";
import { hostFacts } from "./mcp/host-servers";
import { createMcpClient } from "./mcp/mcp-client";
import { ownAddress } from "./net/own-address";
import { type ClosableSafeFetch, createSafeFetch } from "./net/safe-fetch";
import { createOidcClient } from "./oidc/oidc-client";
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
  const pepper = required(env.keyPepper, "INCIDENT_MONITOR_KEY_PEPPER");
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
    pepper,
    testReceiver: testReceiverOf(env, pepper),
    ...(env.smtp && { mailer: mailerOf(env, env.smtp, resolveSecret) }),
    publicUrl: env.publicUrl,
    ledger: ledgerFiles(env.dataDir, env.auditKey),
    random: Math.random,
    stopping,
  };
}

/** The listener's own address, as this host reaches it; the secret is the same in every process of the deployment. */
function testReceiverOf({ host, port }: Pick<Env, "host" | "port">, pepper: string): TestReceiver {
  const { urlHost, network } = ownAddress(host);
  return {
    url: `http://${urlHost}:${port}${testReceiverPath}`,
    secret: keyedHash(pepper, "test receiver"),
    network,
  };
}

function mailerOf(
  env: Env,
  smtp: NonNullable<Env["smtp"]>,
  resolveSecret: (reference: string) => SecretResolution,
) {
  const from = env.smtpFrom ?? `incident-monitor@${new URL(env.publicUrl).hostname}`;
  return createMailer({ ...smtp, from, passwordRef: env.smtpPasswordRef ?? null, resolveSecret });
}

/** What `installProcess` is given. */
export function buildProcess(
  env: Env,
  stopping?: AbortSignal,
): Process & { services: { fetch: ClosableSafeFetch } } {
  const services = buildServices(env, stopping);
  return {
    db: sharedDatabase(required(env.databaseUrl, "DATABASE_URL")),
    services,
    oidc: buildOidc(env, services),
    authSecret: required(env.nextAuthSecret, "NEXTAUTH_SECRET"),
    publicUrl: env.publicUrl,
    corsOrigins: env.corsOrigins,
  };
}

function buildOidc(env: Env, { fetch, resolveSecret, privateNetworks }: Services): Process["oidc"] {
  const { oidcIssuer: issuer, oidcClientId: clientId } = env;
  if (!issuer || !clientId) return undefined;
  const settings = {
    ...{ issuer, clientId, name: env.oidcName },
    clientSecretRef: env.oidcClientSecretRef ?? null,
    newUserRole: env.oidcNewUserRole ?? null,
  };
  return createOidcClient({ settings, fetch, resolveSecret, privateNetworks });
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
