// A warm start: from `node scripts/start.mjs --no-build` to the first healthy answer of /global/health, on a data folder
// that has been started before. The median of five counts.
//
//   node bench/warm-start.mjs [--runs 5]
import { percentile } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { withOwnServer } from "./support/own-server.mjs";

const runs = Number(flag("runs", 5));

await withOwnServer([], async (server) => {
  const firstMs = server.readyMs;
  const warm = [];
  const pages = [];
  for (let run = 0; run < runs; run++) {
    await server.restart();
    warm.push(server.readyMs);
    const askedAt = performance.now();
    const page = await fetch(`${server.url}/sign-in`);
    if (!page.ok || !(await page.text()).includes("</html>"))
      throw new Error(`/sign-in answered ${page.status}`);
    pages.push(server.readyMs + performance.now() - askedAt);
  }
  const s = (ms) => `${(ms / 1_000).toFixed(2)} s`;
  const row = (what, all) => [what, s(percentile(all, 0.5)), s(Math.min(...all)), s(Math.max(...all))];
  console.log(`${describeMachine()}; ${runs} warm starts`);
  printTable([
    ["what", "median", "least", "most"],
    ["first start, database made", s(firstMs), "", ""],
    row("warm start to /global/health", warm),
    row("warm start to the sign-in page, served", pages),
  ]);
});
