import fs from "node:fs";
import { bundle, bundleFile, importBundle } from "../build/bundle.mjs";
import { ensureInstalled } from "../install.mjs";

const names = ["audit", "audit-store"];

/** The ledger's own code and statements, bundled when they are not there: as after a build, or on a machine that only verifies. */
export async function openAuditTool() {
  if (!names.every((name) => fs.existsSync(bundleFile(name)))) {
    await ensureInstalled();
    await bundle(names);
  }
  const [tool, store] = await Promise.all(names.map(importBundle));
  return { ...tool, ...store };
}
