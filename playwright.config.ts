import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { serverCount } from "./e2e/support/own-server";

const systemBrowser = "/usr/bin/chromium";
/** The browser named, the system's, or Playwright's own, as scripts/test/chromium.mjs looks for one. */
const executablePath = process.env.CHROMIUM_PATH || (existsSync(systemBrowser) ? systemBrowser : undefined);

/** Journeys in a real browser against the production server, which global-setup starts on a database of its own. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/support/global-setup.ts",
  outputDir: "test-results",
  // A server and a database for each worker: on one of them journeys follow one another.
  workers: serverCount,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? "test-results/journeys.json" }],
  ],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    locale: "en-GB",
    timezoneId: "UTC",
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        // Chromium's sandbox cannot be set up by root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
      ],
    },
  },
});
