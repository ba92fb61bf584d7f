import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** What the build is made from. Not tsconfig.json: Next edits it while it builds. */
const sourcePaths = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "scripts",
  "server.ts",
  "proxy.ts",
  "instrumentation.ts",
  "package-lock.json",
  "package.json",
  "next.config.ts",
  "postcss.config.mjs",
  "prisma.config.ts",
];

/** Tests do not end up in the build, and generated code follows from the schema. */
const ignored = (relative) =>
  /\.test\.[a-z]+$/.test(relative) ||
  relative.startsWith("lib/testing/") ||
  relative.startsWith("lib/db/generated");

/** One hash over names and contents: independent of times, so a checkout or a copy does not make a build stale. */
export function hashSources(root, paths = sourcePaths) {
  const hash = createHash("sha256");
  for (const relative of paths.flatMap((entry) => listFiles(root, entry)).sort()) {
    hash.update(`${relative}\0`);
    hash.update(
      createHash("sha256")
        .update(fs.readFileSync(path.join(root, relative)))
        .digest(),
    );
  }
  return hash.digest("hex");
}

export const hashSchema = (root) => hashSources(root, ["prisma/schema", "package-lock.json"]);

function listFiles(root, relative) {
  const stat = fs.statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (stat === undefined || ignored(relative)) return [];
  if (stat.isFile()) return [relative];
  if (!stat.isDirectory()) return [];
  return fs.readdirSync(path.join(root, relative)).flatMap((name) => listFiles(root, `${relative}/${name}`));
}
