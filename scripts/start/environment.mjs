import fs from "node:fs";
import path from "node:path";
import { secretFile, secretOnce } from "../secrets.mjs";

/**
 * Secrets the host did not give, made once and kept in the data folder, and the environment that the server, the
 * workers and Next read.
 */
export function prepareEnvironment(settings, env) {
  const { dataDir } = settings;
  const nextAuthSecret = settings.nextAuthSecret ?? secretOnce(dataDir, "nextauth-secret").value;
  const keyPepper = settings.keyPepper ?? secretOnce(dataDir, "key-pepper").value;
  if (settings.auditKey === undefined) secretOnce(dataDir, "audit-key"); // read where it is used: it may be rotated
  Object.assign(process.env, env, {
    NODE_ENV: env.NODE_ENV ?? "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(settings.port),
    INCIDENT_MONITOR_DATA_DIR: dataDir,
    INCIDENT_MONITOR_URL: settings.publicUrl,
    INCIDENT_MONITOR_KEY_PEPPER: keyPepper,
    NEXTAUTH_URL: settings.nextAuthUrl,
    NEXTAUTH_SECRET: nextAuthSecret,
  });
  // Empty means unset to us, and something else to others.
  for (const [name, value] of Object.entries(process.env)) {
    if (value === "" && /^(HOST|DATABASE_URL|INCIDENT_MONITOR_|TANDEM_)/.test(name)) delete process.env[name];
  }
}

/**
 * Creates the first admin and the token when the database has none, and says what somebody has to know about them:
 * once. Later starts only say where they are kept.
 */
export async function createFirstAccess(settings, databaseUrl, { bootstrap, readEnv }) {
  const { dataDir } = settings;
  const token = settings.token === undefined ? secretOnce(dataDir, "api-token") : null;
  const password = settings.adminPassword === undefined ? secretOnce(dataDir, "admin-password") : null;
  const { createdAdmin } = await bootstrap({
    databaseUrl,
    token: settings.token ?? token.value,
    adminEmail: settings.adminEmail,
    adminPassword: settings.adminPassword ?? password.value,
    env: readEnv ? readEnv(process.env) : settings,
  });
  // Made just now, and the admin was there already: it opens nothing, so it must not lie around as if it did.
  if (!createdAdmin && password?.created) fs.rmSync(password.file, { force: true });
  return accessLines(settings, { token, password, createdAdmin });
}

function accessLines({ adminEmail, dataDir }, { token, password, createdAdmin }) {
  const passwordFile = secretFile(dataDir, "admin-password");
  const lines = [`  sign in   ${adminEmail}`];
  if (createdAdmin && password)
    lines.push(`  password  ${password.value}   (shown once; kept in ${shorten(password.file)})`);
  else if (createdAdmin) lines.push("  password  as given by INCIDENT_MONITOR_ADMIN_PASSWORD");
  else if (fs.existsSync(passwordFile)) lines.push(`  password  first one kept in ${shorten(passwordFile)}`);
  if (token === null) lines.push("  token     as given by the environment");
  else if (token.created)
    lines.push(`  token     ${token.value}   (shown once; kept in ${shorten(token.file)})`);
  else lines.push(`  token     kept in ${shorten(token.file)}`);
  return lines;
}

function shorten(file) {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith("..") ? file : relative;
}
