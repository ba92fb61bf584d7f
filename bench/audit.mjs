// Sealing and verifying the audit ledger on a real database: entries written in bulk, sealed by the product's own statements and
// tree, then verified as the command line does it. No server runs.
//
//   node bench/audit.mjs [--entries 100000] [--batch 5000] [--rate 2000]
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";
import pg from "pg";
import { applyMigrations } from "../scripts/apply-migrations.mjs";
import { openAuditTool } from "../scripts/audit/open-tool.mjs";
import { writeExport } from "../scripts/audit/write-export.mjs";
import { bundleOptions } from "../scripts/build/bundle.mjs";
import { openThrowawayCluster } from "../scripts/postgres/throwaway.mjs";
import { projectRoot } from "../scripts/project.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";

const entries = Number(flag("entries", 100_000));
const batch = Number(flag("batch", 5_000));
const rateWritten = String(flag("rate", 2_000));
const rate = (ms) => Math.round(entries / (ms / 1_000)).toLocaleString("en-GB");

const cluster = await openThrowawayCluster({ label: "bench-audit" });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-audit-"));
try {
  await applyMigrations(cluster.url);
  const client = new pg.Client({ connectionString: cluster.url, options: "-c TimeZone=UTC" });
  await client.connect();
  await writeEntries(client);
  const sealed = seal();
  const tool = await openAuditTool();
  const file = path.join(folder, "export.ndjson");
  const exported = await timed(() => exportTo(tool, client, file));
  const live = verifyBy("--database-url", cluster.url, "--data-dir", folder);
  const offline = verifyBy(file, await verifierLine(tool, client));
  const wait = run("seal-latency", { BENCH_RATE: rateWritten, BENCH_SECONDS: "20" });
  await client.end();
  console.log(describeMachine());
  printTable([
    ["what", "entries", "per second", "reach", "CPU an entry", "peak memory"],
    ["sealed, batches signed", String(entries), rate(sealed), "20,000", "", ""],
    ["verified live by the command, every column", String(entries), ...shown(live)],
    ["exported as NDJSON", String(entries), rate(exported), "", "", ""],
    ["verified from the export by the command", String(entries), ...shown(offline)],
  ]);
  printTable([
    ["written at once with sealing", "p50, ms", "p95, ms", "longest, ms", "reach"],
    [`${wait.perSecond}/s for 20 s`, String(wait.p50), String(wait.p95), String(wait.max), "1,000"],
  ]);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
  await cluster.remove();
}

function shown({ ms, cpu, memory }) {
  return [rate(ms), "100,000", cpu, memory];
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function writeEntries(client) {
  await client.query(
    `INSERT INTO audit_entries (id, at, actor, actor_key, action, outcome, subject_kind, subject_id, project_id, request_id, detail)
     SELECT 'audit-' || replace(gen_random_uuid()::text, '-', ''), now() + n * interval '1 microsecond',
       jsonb_build_object('kind', 'user', 'id', 'user-' || n % 50, 'name', 'Person ' || n % 50), 'user:user-' || n % 50,
       'incident_monitor.publish.completed', 'done', 'delivery', 'bmwh_' || n, 'project-' || n % 7, 'req-' || n,
       jsonb_build_object('attempt', 1, 'destination_id', 'pager', 'state', 'published', 'status', 200, 'n', n)
     FROM generate_series(1, $1::int) AS n`,
    [entries],
  );
  await client.query("ANALYZE audit_entries");
}

/** The server's own verb, in a process of its own. */
function seal() {
  const { sealed, ms } = run("seal-ledger", { BENCH_BATCH: String(batch) });
  if (sealed !== entries) throw new Error(`${sealed} of ${entries} were sealed`);
  return ms;
}

/** A script of bench/support, bundled and run against the cluster. Answers with what it says. */
function run(name, env) {
  const script = path.join(projectRoot, ".build", `bench-${name}.mjs`);
  buildSync({
    ...bundleOptions([]),
    entryPoints: [{ in: `bench/support/${name}.ts`, out: `bench-${name}` }],
  });
  const output = execFileSync(process.execPath, [script], {
    env: { ...process.env, BENCH_DATABASE_URL: cluster.url, ...env },
    encoding: "utf8",
  });
  return JSON.parse(output);
}

/**
 * `npm run audit:verify` as it is typed: what it takes from its first statement to its answer, the processor time of the whole
 * process (which other work on the machine stretches less), and its peak memory.
 */
function verifyBy(...args) {
  const output = execFileSync("npm", ["run", "--silent", "audit:verify", "--", ...args, "--json"], {
    cwd: projectRoot,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const result = JSON.parse(output);
  if (!result.ok || result.entries !== entries) throw new Error(`not verified: ${output}`);
  const cpu = `${((result.cpu_ms / entries) * 1_000).toFixed(1)} µs`;
  return { ms: result.took_ms, cpu, memory: `${result.peak_rss_mib} MiB` };
}

async function exportTo(tool, client, file) {
  const out = fs.createWriteStream(file);
  await writeExport(tool, client, 0, out);
  await new Promise((resolve, reject) => out.on("error", reject).end(resolve));
  await client.query("COMMIT");
}

async function verifierLine(tool, client) {
  const [key] = await tool.ledgerSource(client).keys();
  return tool.verifierKey(tool.publicKeyOf(tool.sha256, key.name, tool.fromBase64(key.publicKey)));
}
