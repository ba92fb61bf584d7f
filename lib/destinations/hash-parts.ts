import { createHash } from "node:crypto";

/** H(p1..pn) of the reference (0.1): SHA-256 over each part followed by a zero byte, hex. */
export function hashParts(...parts: string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part, "utf8").update("\0");
  return hash.digest("hex");
}
