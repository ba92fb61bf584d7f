import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { runCommand } from "../run-command.mjs";

/** Without a window first: a journey costs a quarter less processor in it than in the whole browser. */
export const systemBrowsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** The browser named or the system's; undefined leaves Playwright its own. */
export function findBrowser() {
  return process.env.CHROMIUM_PATH || systemBrowsers.find((path) => fs.existsSync(path));
}

/** Makes sure the journeys have a browser: the one named, the system's, Playwright's own, or one installed by apt. */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (fs.existsSync(named)) return;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist: correct or unset it.`);
  }
  if (fs.existsSync(systemBrowsers[0])) return;
  const another = findBrowser() !== undefined || fs.existsSync(await ownBrowser());
  const canInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!canInstall && another) return;
  if (!canInstall) {
    throw new Error(
      "the journeys need a browser and none is here: install chromium-headless-shell (Debian: apt-get install " +
        "chromium-headless-shell fonts-liberation), run `npx playwright install chromium`, or set CHROMIUM_PATH.",
    );
  }
  await install("chromium-headless-shell").catch(async (error) => {
    // An older release, or no way out: what is here serves, and the whole browser does where there is none.
    if (!another) await install("chromium");
    else console.log(`Going on with the browser that is here: ${error.message}`);
  });
}

async function install(browser) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update"], { env });
  await runCommand("apt-get", ["install", "-y", "--no-install-recommends", browser, "fonts-liberation"], {
    env,
  });
}

async function ownBrowser() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}
