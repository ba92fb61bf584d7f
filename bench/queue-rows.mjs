// The queue with thousands of rows in the browser: from pressing j to the neighbour standing as the chosen row, on the list
// alone (the focus moves) and beside an open draft (the row is marked at once, its draft follows), to the next frame that
// shows it. Rows in the page are counted, and a scroll through all of it is timed by its frames.
//
//   node bench/queue-rows.mjs [--rows 5000] [--presses 200]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "../scripts/test/chromium.mjs";
import { openApi } from "./support/api-client.mjs";
import { openBenchDatabase } from "./support/bench-database.mjs";
import { percentile } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { fillWithIncidents } from "./support/many-incidents.mjs";
import { withOwnServer } from "./support/own-server.mjs";

const wanted = Number(flag("rows", 5_000));
const presses = Number(flag("presses", 200));
const goalMs = 100;

await withOwnServer([], async (server) => {
  const api = openApi(server, 1);
  const db = openBenchDatabase(server.databaseUrl);
  await fillWithIncidents(api, db, { incidents: wanted, occurrences: wanted });
  await db.end();
  await api.close();
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await signIn(page, server);
    const rows = [["what", "rows loaded", "rows in the page", "median / p95 / worst", "goal"]];
    for (const [what, width] of [
      ["j on the list alone: focus on the next row", 1_100],
      ["j beside a draft: the next row marked", 1_440],
    ]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${server.url}/drafts`);
      const loaded = await loadRows(page);
      const times = await walk(page, width >= 1_280);
      const inPage = await page.locator("[data-draft-row]").count();
      rows.push([what, String(loaded), String(inPage), ...told(times)]);
    }
    const frames = await scrollThrough(page);
    rows.push(["a frame while scrolling through all", "", "", ...told(frames)]);
    console.log(describeMachine());
    printTable(rows);
  } finally {
    await browser.close();
  }
});

async function signIn(page, server) {
  const password = readFileSync(join(server.dataDir, "secrets", "admin-password"), "utf8").trim();
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("Email").fill("admin@localhost");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
}

/** Pages the list until it is all there; the foot says how many rows stand in it. */
async function loadRows(page) {
  const queue = page.getByRole("region", { name: "Queue of drafts" });
  const shown = queue.getByText(/\d+ shown$/);
  const more = queue.getByRole("button", { name: "Show more" });
  await shown.waitFor();
  // What the server sent looks finished before it hears a click; the time beside the live mark is the running page's.
  const live = page.locator("[data-slot=live-indicator]").filter({ visible: true, hasText: /\d\d:\d\d/ });
  await live.first().waitFor();
  for (;;) {
    const words = (await shown.textContent()) ?? "";
    const count = Number(/^(?:All )?(\d+)/.exec(words)?.[1]);
    if (words.startsWith("All") || count >= wanted) return count;
    await more.click();
    await page.waitForFunction(
      ([before]) =>
        ![...document.querySelectorAll("[role=status]")].some((each) => each.textContent === before),
      [words],
    );
  }
}

/** One press after another, each awaited until the frame that shows it. */
async function walk(page, beside) {
  await page.evaluate((isBeside) => {
    const at = () =>
      isBeside
        ? document.querySelector("[data-draft-row][aria-current=true]")
        : document.activeElement?.closest("[data-draft-row]");
    const idOf = () => at()?.getAttribute("data-draft-row") ?? null;
    window.pressed = [];
    document.addEventListener(
      "keydown",
      (event) => {
        const from = event.timeStamp;
        const before = idOf();
        const look = () => {
          if (idOf() !== before) window.pressed.push(performance.now() - from);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
  }, beside);
  for (let press = 1; press <= presses; press += 1) {
    await page.keyboard.press("j");
    await page.waitForFunction((count) => window.pressed.length >= count, press);
    // The next press comes when the draft of this one is there, as a reader's does.
    if (beside) await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  }
  return page.evaluate(() => window.pressed);
}

/** From the first row to the last, a screenful a frame. */
function scrollThrough(page) {
  return page.evaluate(async () => {
    const pane = document.querySelector("[aria-label='Queue of drafts'] [aria-busy]");
    const times = [];
    pane.scrollTop = 0;
    let last = await new Promise(requestAnimationFrame);
    while (pane.scrollTop + pane.clientHeight < pane.scrollHeight - 1) {
      pane.scrollTop += pane.clientHeight;
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
    }
    return times;
  });
}

function told(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const [median, p95, worst] = [percentile(sorted, 0.5), percentile(sorted, 0.95), sorted.at(-1)];
  if (p95 >= goalMs) process.exitCode = 1;
  const words = [median, p95, worst].map((each) => each.toFixed(0)).join(" / ");
  return [`${words} ms`, `p95 < ${goalMs} ms: ${p95 < goalMs ? "yes" : "no"}`];
}
