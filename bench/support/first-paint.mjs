import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "../../scripts/test/chromium.mjs";

const times = 7;

/**
 * From asking for a screen to its first contentful paint, in a headless browser whose cache is warm, `times` each, sorted.
 * Signs in as the first admin.
 */
export async function measureFirstPaint(server, screens) {
  const password = readFileSync(join(server.dataDir, "secrets", "admin-password"), "utf8").trim();
  const executablePath = findBrowser();
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args: sandbox });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/sign-in`);
    await page.getByLabel("Email").fill("admin@localhost");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
    const found = [];
    for (const screen of screens) {
      const paints = [];
      for (let turn = 0; turn <= times; turn += 1) {
        await page.goto(server.url + screen, { waitUntil: "load" });
        const at = await page.evaluate(async () => {
          const known = performance.getEntriesByName("first-contentful-paint")[0];
          if (known) return known.startTime;
          return new Promise((resolve) => {
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries())
                if (entry.name === "first-contentful-paint") resolve(entry.startTime);
            }).observe({ type: "paint", buffered: true });
          });
        });
        // The first fills the cache.
        if (turn > 0) paints.push(at);
      }
      found.push([screen, paints.sort((one, other) => one - other)]);
    }
    return found;
  } finally {
    await browser.close();
  }
}
