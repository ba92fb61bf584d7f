import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Puts a secret where the server can read it by reference; the name is its own, whatever else there is. */
export function keepSecret(dataDir: string, name: string, value: string): string {
  const own = `${name}-${randomBytes(4).toString("hex")}`;
  writeFileSync(join(dataDir, "secrets", own), `${value}\n`, { mode: 0o600 });
  return `file:${own}`;
}
