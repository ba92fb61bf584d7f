#!/usr/bin/env node
// The command line is bundled into dist; this file is what stays in place before it is built.
import { existsSync } from "node:fs";

const program = new URL("../dist/cli.mjs", import.meta.url);

if (existsSync(program)) {
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(
    "incident-monitor is not built yet. Run `npm run build` (or `npm start`, which builds) in the project's folder, then try again.",
  );
  process.exitCode = 1;
}
