import { readSettings, type Settings } from "../scripts/settings.mjs";

/** The host's settings, checked and frozen. Read by `server.ts`, scripts, workers and auth, which pass values on. */
export type Env = Settings;

/** Throws a SettingError that names every variable at fault and how to fix it. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  return readSettings(source);
}
