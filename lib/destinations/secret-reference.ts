import { join } from "node:path";
import { type Reason, reason } from "@/lib/domain/reason";

export type SecretReference = { from: "env"; name: string } | { from: "file"; name: string };

/** The live values of a reference, newest first. Reasons name the reference, never a value. */
export type SecretResolution = { ok: true; values: string[] } | { ok: false; reason: Reason };

export type SecretResolverOptions = {
  env: Readonly<Record<string, string | undefined>>;
  /** Names beyond the prefixes, from INCIDENT_MONITOR_SECRET_ENV; set on the host, never by the panel. */
  allowedNames: readonly string[];
  secretsDir: string;
  readFile: (path: string) => string | null;
};

const envForms = [
  /^env:\/\/([A-Z0-9_]{1,128})$/,
  /^env:([A-Z0-9_]{1,128})$/,
  /^\$\{env:([A-Z0-9_]{1,128})\}$/,
];
const bareForm = /^([A-Z0-9_]{1,128})$/;
const fileForm = /^file:([A-Za-z0-9_-][A-Za-z0-9._-]{0,127})$/;

/**
 * The forms of D-33, or why it is none. A malformed reference is not repeated in the reason: people paste the secret
 * itself into this field.
 */
export function parseSecretReference(
  reference: string,
): { ok: true; reference: SecretReference } | { ok: false; reason: Reason } {
  const text = reference.trim();
  for (const form of [...envForms, bareForm]) {
    const name = form.exec(text)?.[1];
    if (name) return { ok: true, reference: { from: "env", name } };
  }
  const fileName = fileForm.exec(text)?.[1];
  if (fileName) return { ok: true, reference: { from: "file", name: fileName } };
  return {
    ok: false,
    reason: reason(
      "secret_ref_malformed",
      "The secret reference must be env:NAME (capitals, digits, underscores) or file:NAME.",
    ),
  };
}

const allowedPrefixes = ["TANDEM_", "INCIDENT_MONITOR_SECRET_"];
const openPrefix = "INCIDENT_MONITOR_SECRET_";

/** The product's own settings and tokens. A destination could otherwise sign with, and so probe, our own keys. */
const deniedNames = new Set(["TANDEM_ENGINE_TOKEN", "DATABASE_URL", "PORT", "HOST", `${openPrefix}ENV`]);
const deniedPrefixes = ["NEXTAUTH_", "PRISMA_"];
/** Names a first start reads (reference 0.3). Others with this prefix are a person's own and may hold secrets. */
const firstBootSettings = new Set(
  [
    "ENABLED",
    "PAUSED",
    "WORKSPACE_ROOT",
    "REPO",
    "MCP_SERVER",
    "PROVIDER_PREFERENCE",
    "PROVIDER_ID",
    "MODEL_ID",
    "AUTO_CREATE_NEW_ISSUES",
    "REQUIRE_APPROVAL_FOR_NEW_ISSUES",
    "AUTO_COMMENT_ON_MATCHED_OPEN_ISSUES",
    "TRIAGE_TIMEOUT_MS",
  ].map((name) => `TANDEM_INCIDENT_MONITOR_${name}`),
);

/** The product's own files in the secrets folder. */
const deniedFiles = new Set([
  "api-token",
  "nextauth-secret",
  "key-pepper",
  "audit-key",
  "audit-key-next",
  "admin-password",
  "postgres-password",
  "postgres-admin-password",
]);
const secretLengthMax = 4_096;

export function isOwnSetting(name: string): boolean {
  if (deniedNames.has(name) || firstBootSettings.has(name)) return true;
  if (name.startsWith("INCIDENT_MONITOR_")) return !name.startsWith(openPrefix);
  return deniedPrefixes.some((prefix) => name.startsWith(prefix));
}

export function createSecretResolver(
  options: SecretResolverOptions,
): (reference: string) => SecretResolution {
  return (reference) => {
    const parsed = parseSecretReference(reference);
    if (!parsed.ok) return parsed;
    return parsed.reference.from === "env"
      ? resolveFromEnvironment(parsed.reference.name, options)
      : resolveFromFile(parsed.reference.name, options);
  };
}

/** `NAME`, then `NAME_PREVIOUS` while a rotation is under way. */
function resolveFromEnvironment(name: string, options: SecretResolverOptions): SecretResolution {
  const { env, allowedNames } = options;
  const isOpen = allowedPrefixes.some((prefix) => name.startsWith(prefix)) || allowedNames.includes(name);
  if (isOwnSetting(name)) {
    return refuse("secret_not_allowed", "The secret reference names one of the product's own settings.");
  }
  if (!isOpen) {
    return refuse(
      "secret_not_allowed",
      "The secret reference names a variable this host does not open: use a name that begins TANDEM_ or " +
        "INCIDENT_MONITOR_SECRET_, or list it in INCIDENT_MONITOR_SECRET_ENV.",
    );
  }
  const previousName = `${name}_PREVIOUS`;
  const previous = isOwnSetting(previousName) ? undefined : env[previousName];
  return resolution(`env:${name}`, env[name], previous);
}

function resolveFromFile(name: string, options: SecretResolverOptions): SecretResolution {
  // Case folded because some file systems are; a dot-only or dot-first name cannot get past the pattern.
  if (deniedFiles.has(name.toLowerCase())) {
    return refuse("secret_not_allowed", "The secret reference names one of the product's own files.");
  }
  const read = (fileName: string) =>
    options.readFile(join(options.secretsDir, fileName))?.replace(/\r?\n$/, "");
  return resolution(`file:${name}`, read(name), read(`${name}_PREVIOUS`));
}

function resolution(
  shown: string,
  current: string | undefined,
  previous: string | undefined,
): SecretResolution {
  if (current === undefined || current.trim() === "") {
    return refuse("secret_unset", `The secret ${shown} is not set on this host.`);
  }
  if (current.length > secretLengthMax) {
    return refuse("secret_malformed", `The secret ${shown} is longer than ${secretLengthMax} characters.`);
  }
  const hasPrevious = previous !== undefined && previous.trim() !== "" && previous !== current;
  const isUsable = hasPrevious && previous.length <= secretLengthMax;
  return { ok: true, values: isUsable ? [current, previous] : [current] };
}

function refuse(code: string, message: string): { ok: false; reason: Reason } {
  return { ok: false, reason: reason(code, message) };
}
