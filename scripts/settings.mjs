// Every host setting: one table for the environment variable, the flag of `npm start`, its check and its help. Plain
// JavaScript without dependencies, because `npm start -- --help` must work before anything is installed.
import path from "node:path";
import {
  absoluteFolders,
  booleanWord,
  cidrBlocks,
  databaseUrl,
  emailAddress,
  endpointUrl,
  exactOrigins,
  folder,
  hostName,
  isLoopback,
  milliseconds,
  originUrl,
  portNumber,
  printable,
  secretEnvNames,
  secretReference,
  signingSeed,
  webUrl,
} from "./settings/checks.mjs";
import { firstBootSettings, readFirstBoot } from "./settings/first-boot.mjs";
import { mailSettings } from "./settings/mail.mjs";
import { mcpServersFile } from "./settings/mcp-file.mjs";
import { oidcConflicts, oidcSettings } from "./settings/oidc.mjs";

export class SettingError extends Error {
  name = "SettingError";
}

/**
 * @typedef {object} Setting
 * @property {string} name environment variable
 * @property {string[]} [also] other names, read when the first is unset
 * @property {string} flag
 * @property {string | null} value what follows the flag; null for a switch
 * @property {string} key field of the parsed settings
 * @property {(text: string) => unknown} parse throws an Error that says what is wrong and what would be right
 * @property {unknown} [fallback]
 * @property {string} help
 */

/** @type {Setting[]} */
export const settings = [
  {
    name: "PORT",
    flag: "--port",
    value: "PORT",
    key: "port",
    parse: portNumber,
    fallback: 39731,
    help: "port of the panel and the API (default 39731)",
  },
  {
    name: "HOST",
    flag: "--host",
    value: "ADDRESS",
    key: "host",
    parse: hostName,
    help: "address to listen on (default: loopback, IPv4 and IPv6)",
  },
  {
    name: "INCIDENT_MONITOR_URL",
    flag: "--url",
    value: "URL",
    key: "publicUrl",
    parse: originUrl,
    help: "address people and programs reach it by (default http://localhost:PORT)",
  },
  {
    name: "INCIDENT_MONITOR_DATA_DIR",
    flag: "--data-dir",
    value: "FOLDER",
    key: "dataDir",
    parse: folder,
    help: "where the database, secrets and logs are kept (default .data)",
  },
  {
    name: "DATABASE_URL",
    flag: "--database-url",
    value: "URL",
    key: "databaseUrl",
    parse: databaseUrl,
    help: "a PostgreSQL 15+ to use instead of the embedded one",
  },
  {
    name: "INCIDENT_MONITOR_TOKEN",
    also: ["TANDEM_ENGINE_TOKEN"],
    flag: "--token",
    value: "TOKEN",
    key: "token",
    parse: printable(8),
    help: "admin API token (default: made at the first start)",
  },
  {
    name: "INCIDENT_MONITOR_ADMIN_EMAIL",
    flag: "--admin-email",
    value: "EMAIL",
    key: "adminEmail",
    parse: emailAddress,
    fallback: "admin@localhost",
    help: "sign-in name of the first admin (default admin@localhost)",
  },
  {
    name: "INCIDENT_MONITOR_ADMIN_PASSWORD",
    flag: "--admin-password",
    value: "PASSWORD",
    key: "adminPassword",
    parse: printable(8),
    help: "password of the first admin (default: made at the first start)",
  },
  {
    name: "INCIDENT_MONITOR_ALLOWED_ROOTS",
    flag: "--allowed-roots",
    value: "FOLDERS",
    key: "allowedRoots",
    parse: absoluteFolders,
    fallback: ["/workspace/repos"],
    help: `folders that workspace roots must lie in, separated by "${path.delimiter}" (default /workspace/repos)`,
  },
  {
    name: "INCIDENT_MONITOR_SECRET_ENV",
    flag: "--secret-env",
    value: "NAMES",
    key: "secretEnvNames",
    parse: secretEnvNames,
    fallback: [],
    help: "more environment variables that secret references may name, separated by commas",
  },
  {
    name: "INCIDENT_MONITOR_PRIVATE_NETWORKS",
    flag: "--private-networks",
    value: "CIDRS",
    key: "privateNetworks",
    parse: cidrBlocks,
    fallback: [],
    help: "private networks that destinations which opt in, and MCP servers, may reach, by commas (default: any; for MCP none)",
  },
  {
    name: "INCIDENT_MONITOR_CORS_ORIGINS",
    flag: "--cors-origins",
    value: "ORIGINS",
    key: "corsOrigins",
    parse: exactOrigins,
    fallback: [],
    help: "other sites whose pages may call the API with a token of their own, separated by commas (default: none)",
  },
  {
    name: "INCIDENT_MONITOR_MCP_FILE",
    flag: "--mcp-file",
    value: "FILE",
    key: "mcpServers",
    parse: mcpServersFile,
    fallback: [],
    help: "file that declares the MCP servers of this host",
  },
  {
    name: "INCIDENT_MONITOR_MODEL_URL",
    flag: "--model-url",
    value: "URL",
    key: "modelUrl",
    parse: endpointUrl,
    help: "OpenAI-compatible endpoint that triage may ask, up to and without /chat/completions (default: none)",
  },
  {
    name: "INCIDENT_MONITOR_MODEL_KEY_REF",
    flag: "--model-key-ref",
    value: "REFERENCE",
    key: "modelKeyRef",
    parse: secretReference,
    help: "secret reference of that endpoint's key, like env:INCIDENT_MONITOR_SECRET_MODEL or file:model",
  },
  ...oidcSettings,
  {
    name: "INCIDENT_MONITOR_OTEL_LOGS_URL",
    flag: "--otel-logs-url",
    value: "URL",
    key: "otelLogsUrl",
    parse: webUrl,
    help: "OpenTelemetry collector that telemetry records are sent to, like http://localhost:4318/v1/logs (default: none)",
  },
  ...mailSettings,
  {
    name: "INCIDENT_MONITOR_KEY_PEPPER",
    flag: "--key-pepper",
    value: "SECRET",
    key: "keyPepper",
    parse: printable(32),
    help: "secret that intake keys are hashed with; the same for all processes on one database (default: made, kept)",
  },
  {
    name: "INCIDENT_MONITOR_AUDIT_KEY",
    flag: "--audit-key",
    value: "SECRET",
    key: "auditKey",
    parse: signingSeed,
    help: "seed that audit checkpoints are signed with; the same for all processes on one database (default: made, kept)",
  },
  {
    name: "NEXTAUTH_URL",
    flag: "--nextauth-url",
    value: "URL",
    key: "nextAuthUrl",
    parse: originUrl,
    help: "address sign-in uses (default: the public URL)",
  },
  {
    name: "NEXTAUTH_SECRET",
    flag: "--nextauth-secret",
    value: "SECRET",
    key: "nextAuthSecret",
    parse: printable(32),
    help: "secret that sessions are signed with; the same for all processes on one database (default: made, kept)",
  },
  {
    name: "INCIDENT_MONITOR_INSECURE",
    flag: "--insecure",
    value: null,
    key: "insecure",
    parse: booleanWord,
    fallback: false,
    help: "allow plain http beyond this machine: passwords and tokens travel readable",
  },
  {
    name: "INCIDENT_MONITOR_DELIVERY_LEASE_MS",
    flag: "--delivery-lease-ms",
    value: "MS",
    key: "deliveryLeaseMs",
    parse: milliseconds(1_000, 600_000),
    fallback: 45_000,
    help: "after how long the delivery of a worker that died is taken over (default 45000; an attempt may take 15000)",
  },
  {
    name: "INCIDENT_MONITOR_WORKERS",
    flag: "--workers",
    value: null,
    key: "workers",
    parse: booleanWord,
    fallback: true,
    help: "run the background workers in this process (--no-workers: only `npm run worker` does)",
  },
];

/**
 * Checks every setting and answers with the parsed, frozen values. All mistakes are named at once.
 * @param {Record<string, string | undefined>} source
 */
export function readSettings(source) {
  const errors = [];
  const values = {};
  for (const setting of settings) {
    const name = [setting.name, ...(setting.also ?? [])].find((candidate) => source[candidate]);
    if (name === undefined) {
      values[setting.key] = setting.fallback;
      continue;
    }
    try {
      values[setting.key] = setting.parse(source[name]);
    } catch (error) {
      errors.push(`${name} (${setting.flag}): ${error.message}`);
    }
  }
  values.dataDir ??= path.resolve(".data");
  values.firstBoot = readFirstBoot(source, errors);
  if (errors.length === 0) errors.push(...conflicts(values));
  if (errors.length > 0) throw new SettingError(`These settings need attention:\n  ${errors.join("\n  ")}`);

  values.publicUrl ??= values.nextAuthUrl ?? `http://localhost:${values.port}`;
  values.nextAuthUrl ??= values.publicUrl;
  return deepFreeze(values);
}

/** What is right alone and wrong together. */
function conflicts(values) {
  const found = [];
  const beyondThisMachine = values.host !== undefined && !isLoopback(values.host);
  if (beyondThisMachine && !values.publicUrl?.startsWith("https://") && !values.insecure) {
    found.push(
      `HOST (--host): ${values.host} can be reached from other machines, and INCIDENT_MONITOR_URL is not https. Put a TLS proxy ` +
        "in front and set INCIDENT_MONITOR_URL=https://..., or pass --insecure if the network is trusted.",
    );
  }
  if (values.publicUrl && values.nextAuthUrl && values.publicUrl !== values.nextAuthUrl) {
    found.push(
      `NEXTAUTH_URL (--nextauth-url): ${values.nextAuthUrl} differs from INCIDENT_MONITOR_URL ${values.publicUrl}. Set only INCIDENT_MONITOR_URL.`,
    );
  }
  found.push(...oidcConflicts(values));
  for (const root of values.allowedRoots) {
    if (isInside(root, values.dataDir)) {
      found.push(
        `INCIDENT_MONITOR_ALLOWED_ROOTS (--root): ${root} is in the data folder, which is never a workspace.`,
      );
    }
  }
  return found;
}

function isInside(inner, outer) {
  const relative = path.relative(outer, inner);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}

function deepFreeze(value) {
  if (value !== null && typeof value === "object") Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

export { firstBootSettings, isLoopback };
