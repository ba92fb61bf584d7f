import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "./exit-codes.js";

export type Target = { url: string; token: string | undefined; intakeKey: string | undefined; from: string };

type Given = {
  url: string | undefined;
  tokenFile: string | undefined;
  dataDir: string | undefined;
  intakeKeyFile: string | undefined;
};

const defaultUrl = "http://localhost:39731";

/**
 * Where to and as whom. Flags before the environment; a data folder gives the token its server made and the address it
 * answers at. The `.data` of the current folder counts only when neither address nor token was given: what lies in a
 * folder must not choose where a token from elsewhere is sent.
 */
export function findTarget(given: Given, env: Record<string, string | undefined>, cwd: string): Target {
  const intakeKey = given.intakeKeyFile
    ? readSecretFile(resolve(cwd, given.intakeKeyFile), "--intake-key-file")
    : env.INCIDENT_MONITOR_INTAKE_KEY?.trim() || undefined;
  const url = given.url ?? (env.INCIDENT_MONITOR_URL?.trim() || undefined);
  const found = findToken(given, env, cwd, url !== undefined);
  const address = url ?? (found.dataDir ? runningAt(found.dataDir) : undefined) ?? defaultUrl;
  return { url: addressOf(address), token: found.token, intakeKey, from: found.from };
}

function findToken(given: Given, env: Record<string, string | undefined>, cwd: string, hasUrl: boolean) {
  if (given.tokenFile) {
    const token = readSecretFile(resolve(cwd, given.tokenFile), "--token-file");
    return { token, from: given.tokenFile, dataDir: given.dataDir && resolve(cwd, given.dataDir) };
  }
  if (given.dataDir) {
    const dataDir = resolve(cwd, given.dataDir);
    return { token: readSecretFile(tokenIn(dataDir), "--data-dir"), from: tokenIn(dataDir), dataDir };
  }
  const fromEnv = env.INCIDENT_MONITOR_TOKEN?.trim();
  if (fromEnv) return { token: fromEnv, from: "INCIDENT_MONITOR_TOKEN", dataDir: undefined };
  const named = env.INCIDENT_MONITOR_DATA_DIR?.trim();
  if (named) {
    const dataDir = resolve(cwd, named);
    const token = readSecretFile(tokenIn(dataDir), "INCIDENT_MONITOR_DATA_DIR");
    return { token, from: tokenIn(dataDir), dataDir };
  }
  const here = join(cwd, ".data");
  const token = hasUrl ? undefined : readIfThere(tokenIn(here));
  return token
    ? { token, from: tokenIn(here), dataDir: here }
    : { token: undefined, from: "nowhere", dataDir: undefined };
}

const tokenIn = (dataDir: string) => join(dataDir, "secrets", "api-token");

/** `npm start` leaves its address there; without one it does not run, and the default is as good a guess. */
function runningAt(dataDir: string): string | undefined {
  try {
    const { url } = JSON.parse(readFileSync(join(dataDir, "run.json"), "utf8")) as { url?: unknown };
    return typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}

function readSecretFile(file: string, flag: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${flag}: cannot read ${file} (${code ?? String(error)})`);
  }
  if (text === "") throw new UsageError(`${flag}: ${file} is empty`);
  return text;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}

function addressOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`"${text}" is not an http or https URL`);
  const { username, password } = new URL(text);
  if (username || password) throw new UsageError("the URL must not hold a user name or password");
  return text.replace(/\/+$/, "");
}
