// What JavaScript a page of the panel loads before anybody touches it: every script that the browser asked for, gzipped.
// The queue with an open draft is the largest; its dialogs come when they are asked for and are told beside it.
//
//   node bench/queue-script.mjs [--limit-kb 250]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { findBrowser } from "../scripts/test/chromium.mjs";
import { openApi } from "./support/api-client.mjs";
import { flag, printTable } from "./support/machine.mjs";
import { withOwnServer } from "./support/own-server.mjs";

const limitKb = Number(flag("limit-kb", 250));
const kb = (bytes) => (bytes / 1024).toFixed(1);

const email = "admin@localhost";

await withOwnServer([], async (server) => {
  const password = readFileSync(join(server.dataDir, "secrets", "admin-password"), "utf8").trim();
  const api = openApi(server, 1);
  const report = { title: "A draft to look at", detail: "Once.", event: "bench.script", risk_level: "high" };
  const { draft } = await api.call("POST", "/incident-monitor/report", { report });
  await api.close();
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}/sign-in`);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    const rows = [["page", "scripts", "gzipped KB", "goal"]];
    for (const [what, path] of [
      ["the queue", "/drafts"],
      ["the queue with a draft open", `/drafts/${draft.draft_id}`],
    ]) {
      const bytes = await scriptsOf(browser, page, `${server.url}${path}`);
      const total = [...bytes.values()].reduce((sum, each) => sum + each, 0);
      const isQueue = path === "/drafts";
      rows.push([what, String(bytes.size), kb(total), isQueue ? `< ${limitKb}` : ""]);
      if (isQueue && total > limitKb * 1024) process.exitCode = 1;
      if (process.argv.includes("--each")) {
        for (const [url, size] of [...bytes].sort((one, other) => other[1] - one[1])) {
          console.log(kb(size).padStart(8), url.replace(server.url, ""));
        }
      }
    }
    printTable(rows);
  } finally {
    await browser.close();
  }
});

/** The scripts of a page's first visit, by address; those that it only fetches in advance after it is idle count too. */
async function scriptsOf(browser, signedIn, url) {
  const context = await browser.newContext({ storageState: await signedIn.context().storageState() });
  const page = await context.newPage();
  const bytes = new Map();
  const reading = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    reading.push(
      response.body().then((body) => bytes.set(response.url(), gzipSync(body, { level: 9 }).length)),
    );
  });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => undefined);
  await Promise.all(reading);
  await context.close();
  return bytes;
}
