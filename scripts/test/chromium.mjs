import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { runCommand } from "../run-command.mjs";

const systemBrowser = "/usr/bin/chromium";

/** Makes sure the journeys have a browser: the one named, the system's, Playwright's own, or one installed by apt. */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (fs.existsSync(named)) return;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist: correct or unset it.`);
  }
  if (fs.existsSync(systemBrowser) || fs.existsSync(await ownBrowser())) return;
  const canInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!canInstall) {
    throw new Error(
      "the journeys need a browser and none is here: install chromium (Debian: apt-get install chromium fonts-liberation), " +
        "run `npx playwright install chromium`, or set CHROMIUM_PATH.",
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update"], { env });
  await runCommand("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"], {
    env,
  });
}

async function ownBrowser() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}
