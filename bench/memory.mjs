// Memory under a steady mix: reports (most repeat, some are new), the lists people look at, approvals that publish. The
// server's resident memory and heap are sampled, and the two halves of the run are compared: a leak is a slope that stays.
//
//   node bench/memory.mjs [--seconds 600] [--sample-seconds 10] [--reports 50] [--reads 10] [--publishes 5]
import { openApi } from "./support/api-client.mjs";
import { percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { withOwnServer } from "./support/own-server.mjs";
import { configureWebhook, failure, writeSecret } from "./support/prepared-drafts.mjs";
import { readProcessTree } from "./support/process-tree.mjs";
import { startReceiver } from "./support/webhook-receiver.mjs";

const seconds = Number(flag("seconds", 600));
const sampleSeconds = Number(flag("sample-seconds", 10));
const pace = {
  reports: Number(flag("reports", 50)),
  reads: Number(flag("reads", 10)),
  publishes: Number(flag("publishes", 5)),
};
/** What a start reads once (pages, compiled queries) is not what the run is asked about. */
const warmUpSeconds = Math.min(60, seconds / 5);
const lists = ["incidents?limit=50", "drafts?limit=50", "posts?limit=50", "status", "overview"];

await withOwnServer([], async (server) => {
  const { secret, reference } = writeSecret(server.dataDir);
  const receiver = await startReceiver(secret);
  const api = openApi(server, 32);
  const done = { reports: [], reads: [], publishes: [] };
  try {
    await configureWebhook(api, receiver.url, reference);
    const samples = [];
    const work = workOf(api);
    const until = performance.now() + seconds * 1_000;
    await Promise.all([
      ...Object.keys(pace).map((name) => steadily(pace[name], until, work[name], done[name])),
      sampling(api, server.pid, until, samples),
    ]);
    const { arrivals, invalid } = await receiver.take();
    console.log(`${describeMachine()}; ${seconds} s, asked for a second: ${JSON.stringify(pace)}`);
    printTable([
      ["what", "done a second", "p50 / p95 / p99"],
      ...Object.entries(done).map(([name, each]) => [
        name,
        (each.length / seconds).toFixed(1),
        percentiles(each),
      ]),
    ]);
    console.log(`${arrivals.length} deliveries arrived, ${invalid} badly signed\n`);
    printTable(memoryRows(samples));
  } finally {
    await api.close();
    receiver.stop();
  }
});

function workOf(api) {
  const waiting = [];
  let reported = 0;
  let read = 0;
  const report = (name) => api.call("POST", "/incident-monitor/report", { report: failure(name) });
  return {
    reports: async () => {
      // One in five is new and waits for its approval; the others repeat one of 500.
      reported += 1;
      const isNew = reported % 5 === 0;
      const { draft } = await report(isNew ? `memory-${reported}` : `repeat-${reported % 500}`);
      if (isNew && waiting.length < 1_000) waiting.push(draft.draft_id);
    },
    reads: () => api.call("GET", `/incident-monitor/${lists[read++ % lists.length]}`),
    publishes: async () => {
      const id = waiting.shift();
      if (id) await api.call("POST", `/incident-monitor/drafts/${id}/approve`, {});
    },
  };
}

/** `perSecond` calls a second until then; a call that is late does not hold up the next, up to 32 under way. */
async function steadily(perSecond, until, work, latencies) {
  const under = new Set();
  let nextAt = performance.now();
  while (performance.now() < until) {
    const sentAt = performance.now();
    const call = work().then(() => latencies.push(performance.now() - sentAt));
    under.add(call);
    call.finally(() => under.delete(call)).catch(() => undefined);
    nextAt = Math.max(nextAt + 1_000 / perSecond, performance.now() - 1_000);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextAt - performance.now())));
    if (under.size >= 32) await Promise.race(under);
  }
  await Promise.all(under);
}

async function sampling(api, pid, until, samples) {
  const startedAt = performance.now();
  while (performance.now() < until) {
    const text = await api.call("GET", "/metrics");
    const gauge = (name) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]) / 2 ** 20;
    samples.push({
      atS: (performance.now() - startedAt) / 1_000,
      rss: readProcessTree(pid)?.serverRssMiB ?? gauge("incident_monitor_process_resident_memory_bytes"),
      heap: gauge("incident_monitor_nodejs_heap_size_used_bytes"),
      external: gauge("incident_monitor_nodejs_external_memory_bytes"),
    });
    await new Promise((resolve) => setTimeout(resolve, sampleSeconds * 1_000));
  }
}

/** The least of a half is what was left after a collection: the floor that a leak raises. */
function memoryRows(samples) {
  const settled = samples.filter((each) => each.atS >= warmUpSeconds);
  const first = settled.slice(0, Math.ceil(settled.length / 2));
  const second = settled.slice(first.length);
  const half = (list, name) => {
    const values = list.map((each) => each[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [`${Math.min(...values).toFixed(1)} / ${mean.toFixed(1)}`, slope(list, name)];
  };
  const row = (what, name) => {
    const [firstSize, firstSlope] = half(first, name);
    const [secondSize, secondSlope] = half(second, name);
    const most = Math.max(...samples.map((each) => each[name]));
    return [
      what,
      samples[0][name].toFixed(1),
      firstSize,
      secondSize,
      most.toFixed(1),
      firstSlope,
      secondSlope,
    ];
  };
  const sizes = ["MiB", "at start", "first half, least / mean", "second half, least / mean", "most"];
  return [
    [...sizes, "first half, a minute", "second half, a minute"],
    row("resident", "rss"),
    row("heap used", "heap"),
    row("external", "external"),
  ];
}

/** Least squares over the samples. */
function slope(samples, name) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const at = mean(samples.map((each) => each.atS));
  const value = mean(samples.map((each) => each[name]));
  const over = samples.reduce((sum, each) => sum + (each.atS - at) * (each[name] - value), 0);
  const under = samples.reduce((sum, each) => sum + (each.atS - at) ** 2, 0);
  return under > 0 ? ((over / under) * 60).toFixed(2) : "one sample";
}
