// From a line appended to a log to its incident in the database, with 500 sources watched by one process, and what watching
// them costs: memory beside the same server with none, and CPU while nothing is written. Then a backlog is worked off.
//
//   node bench/tail-latency.mjs [--sources 500] [--lines 1500] [--per-second 50] [--backlog 40000]
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { atPace, inLanes, openApi } from "./support/api-client.mjs";
import { nowMs, percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { withOwnServer } from "./support/own-server.mjs";
import { readProcessTree } from "./support/process-tree.mjs";

const sources = Number(flag("sources", 500));
const lineCount = Number(flag("lines", 1_500));
const perSecond = Number(flag("per-second", 50));
const backlog = Number(flag("backlog", 40_000));
const projectsMax = 20;
const idleSeconds = 20;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-logs-")));
const paths = Array.from({ length: sources }, (_, at) => `app-${at % 50}/service-${at}.log`);

try {
  await withOwnServer(["--root", folder], measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(server) {
  const api = openApi(server);
  const db = new pg.Client({ connectionString: server.databaseUrl });
  await db.connect();
  try {
    for (const path of paths) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), '{"level":"info","message":"started"}\n');
    }
    // A server that has done nothing yet grows by whatever it is asked first.
    const reports = Array.from({ length: 5_000 }, (_, at) => ({
      title: `warm-up ${at % 500} failed`,
      level: "error",
      detail: "exit code 1",
    }));
    await inLanes(reports, 16, (report) => api.call("POST", "/incident-monitor/report", { report }));
    await sleep(5_000);
    const without = readProcessTree(server.pid);
    await api.configure({ monitored_projects: projects() });
    await untilCount(db, "SELECT count(*) FROM log_source_states WHERE positioned_at IS NOT NULL", sources);
    await sleep(5_000);
    const before = readProcessTree(server.pid);
    await sleep(idleSeconds * 1_000);
    const watching = readProcessTree(server.pid);
    const share = (from, to) => `${(((to - from) / idleSeconds) * 100).toFixed(1)} % of a core`;

    const rows = [["what", "p50 / p95 / p99"]];
    for (const [what, kind] of [
      ["a JSON line, of a failure that is known", "known"],
      ["a JSON line, of a new failure each", "new"],
      ["a plaintext failure with its trace, of a known one", "trace"],
    ]) {
      rows.push([what, percentiles(await appended(db, kind))]);
    }
    const busy = readProcessTree(server.pid);
    console.log(
      `${describeMachine()}; ${sources} sources, ${lineCount} lines of each kind, ${perSecond} a second`,
    );
    printTable(rows);
    console.log();
    const mib = ({ serverRssMiB }) => `${Math.round(serverRssMiB)} MiB`;
    printTable([
      ["what the server takes", "figure"],
      ["memory without sources", mib(without)],
      [`memory with ${sources}`, mib(before)],
      ["memory after the lines", mib(busy)],
      ["CPU while nothing is written", share(before.serverCpuS, watching.serverCpuS)],
      ["CPU of its PostgreSQL meanwhile", share(before.databaseCpuS, watching.databaseCpuS)],
    ]);
    const { seconds, bytes } = await workedOff(db);
    const rate = Math.round(backlog / seconds);
    console.log(
      `\nA backlog of ${backlog} failures in one log (${(bytes / 2 ** 20).toFixed(1)} MiB): worked off in ${seconds.toFixed(1)} s, ${rate} failures a second`,
    );
  } finally {
    await db.end();
    await api.close();
  }
}

function projects() {
  return Array.from({ length: Math.min(projectsMax, sources) }, (_, project) => ({
    ...{ project_id: `p${project}`, name: `P${project}`, repo: "acme/logs", workspace_root: folder },
    log_sources: paths.flatMap((path, at) =>
      at % projectsMax === project ? [{ source_id: `s${at}`, path, format: "auto" }] : [],
    ),
  }));
}

/** Appends lines to logs in turn and waits until each is an occurrence; how long each took, ms. */
async function appended(db, kind) {
  const writtenAt = new Map();
  const latencies = [];
  const write = async (at) => {
    const name = `${kind}-${at}`;
    writtenAt.set(name, nowMs());
    appendFileSync(join(folder, paths[(at * 7) % paths.length]), failure(kind, name));
  };
  const reading = (async () => {
    let since = new Date(Date.now() - 60_000);
    while (latencies.length < lineCount) {
      const { rows } = await db.query(
        `SELECT received_at, substring(sighting->>'message' from '<([a-z]+-[0-9]+)>') AS name FROM occurrences
         WHERE received_at > $1 AND provenance = 'log_source'`,
        [since],
      );
      const seenAt = nowMs();
      for (const { name } of rows) {
        const at = writtenAt.get(name);
        if (at === undefined) continue;
        writtenAt.delete(name);
        latencies.push(seenAt - at);
      }
      // Of several commits under way the later may be seen first.
      if (rows.length > 0)
        since = new Date(Math.max(...rows.map((row) => row.received_at.getTime())) - 2_000);
      await sleep(5);
    }
  })();
  await atPace(
    Array.from({ length: lineCount }, (_, at) => at),
    perSecond,
    write,
  );
  await reading;
  return latencies;
}

function failure(kind, name) {
  if (kind === "trace") {
    return `2026-11-26T10:00:00Z ERROR could not settle <${name}>\n    at settle (/srv/app/settle.js:10:4)\n    at run (/srv/app/run.js:3:1)\n`;
  }
  const own = kind === "new" ? { fingerprint: name } : {};
  return `${JSON.stringify({ level: "error", message: `could not ship <${name}>`, component: "shipping", ...own })}\n`;
}

async function workedOff(db) {
  const text = Array.from({ length: backlog }, (_, at) => failure("known", `back-${at}`)).join("");
  const startedAt = nowMs();
  appendFileSync(join(folder, paths[0]), text);
  await untilCount(
    db,
    "SELECT count(*) FROM occurrences WHERE sighting->>'message' LIKE '%<back-%'",
    backlog,
  );
  return { seconds: (nowMs() - startedAt) / 1_000, bytes: Buffer.byteLength(text) };
}

async function untilCount(db, query, wanted) {
  for (;;) {
    const { rows } = await db.query(query);
    if (Number(rows[0].count) >= wanted) return;
    await sleep(100);
  }
}
