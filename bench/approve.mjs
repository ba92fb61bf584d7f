// From a person's decision to the first byte at the destination: approve with publish_on_approval on, and approve and then
// publish without it. Each call is timed from the moment it is sent to the arrival of its delivery at the receiver.
//
//   node bench/approve.mjs [--count 100] [--pace 5]
import { atPace, openApi } from "./support/api-client.mjs";
import { nowMs, percentile, percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { withOwnServer } from "./support/own-server.mjs";
import { configureWebhook, reportDrafts, writeSecret } from "./support/prepared-drafts.mjs";
import { startReceiver } from "./support/webhook-receiver.mjs";

const count = Number(flag("count", 100));
const pace = Number(flag("pace", 5));
const warmUpCount = 20;
const goalMs = 250;

await withOwnServer([], async (server) => {
  const { secret, reference } = writeSecret(server.dataDir);
  const receiver = await startReceiver(secret);
  const api = openApi(server, 64);
  const decide = (id, verb) => api.call("POST", `/incident-monitor/drafts/${id}/${verb}`, {});
  try {
    await configureWebhook(api, receiver.url, reference);
    const drafts = await reportDrafts(api, 2 * count + warmUpCount, "approve");
    const approve = timed(receiver, (id) => decide(id, "approve"));
    await approve(drafts.splice(0, warmUpCount));

    const rows = [["what", "decisions", "p50 / p95 / p99", `p95 < ${goalMs} ms`]];
    rows.push(row("approve, which publishes -> first byte", await approve(drafts.splice(0, count))));

    await configureWebhook(api, receiver.url, reference, { publish_on_approval: false });
    const twice = timed(receiver, async (id) => {
      await decide(id, "approve");
      await decide(id, "publish");
    });
    rows.push(row("approve, then publish -> first byte", await twice(drafts.splice(0, count))));
    console.log(`${describeMachine()}; ${pace} decisions a second`);
    printTable(rows);
  } finally {
    await api.close();
    receiver.stop();
  }
});

/** Runs `work` for each draft at the pace and answers with the wait of each until its delivery arrived. */
function timed(receiver, work) {
  return async (drafts) => {
    const sent = new Map();
    await atPace(drafts, pace, (id) => {
      sent.set(id, nowMs());
      return work(id);
    });
    while ((await receiver.count()) < drafts.length) await new Promise((resolve) => setTimeout(resolve, 20));
    const { arrivals, invalid } = await receiver.take();
    const came = new Set(arrivals.map((each) => each.draftId));
    if (invalid > 0 || came.size !== drafts.length || arrivals.length !== drafts.length)
      throw new Error(`${drafts.length} decisions, ${arrivals.length} arrivals, ${invalid} badly signed`);
    return arrivals.map((each) => each.at - sent.get(each.draftId));
  };
}

function row(what, waits) {
  return [what, waits.length, percentiles(waits), percentile(waits, 0.95) < goalMs ? "yes" : "no"];
}
