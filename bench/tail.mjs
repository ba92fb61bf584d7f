// How fast a watched log is read, beside packaged tools on the same file in the same run, and what 500 sources cost.
//
// Ours: the product's own tail, assembler and rules in one process, from the open to the last failure found; reading, leaving out
// what cannot matter, splitting, parsing and grouping failures, hashing for the position; the commit is kept in memory. `grep`
// and `jq` write the matching lines out, rsyslog's imfile makes a message of each line and writes out those that match.
//
//   node bench/tail.mjs [--mebibytes 512] [--percent 1] [--sources 500]
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { jsonLine, textLine, writeLog } from "./support/log-file.mjs";
import { ensureTools, runRsyslog, runTimed } from "./support/log-tools.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";

const size = Number(flag("mebibytes", 512));
const percent = Number(flag("percent", 1));
const sources = Number(flag("sources", 500));
const needle = '"level":"error"';

ensureTools({ grep: "grep", jq: "jq", rsyslogd: "rsyslog" });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-tail-"));
const at = (name) => path.join(folder, name);
try {
  const json = writeLog(at("json/app.log"), { mebibytes: size, percent, line: jsonLine });
  const text = writeLog(at("text/app.log"), { mebibytes: size / 2, percent, line: textLine });
  const warmUp = { json: at("warm/json.log"), text: at("warm/text.log") };
  writeLog(warmUp.json, { mebibytes: 32, percent, line: jsonLine });
  writeLog(warmUp.text, { mebibytes: 32, percent, line: textLine });

  const load = os.loadavg()[0].toFixed(1);
  const rows = [["what", "MiB/s", "MiB a CPU second", "failures found", "longest turn"]];
  const ours = (what, log, warm, format) =>
    rows.push(rowOf(what, log, tailProcess({ kind: "speed", file: log.file, warmUp: warm, format })));
  ours("our tail, JSON lines", json, warmUp.json, "json");
  ours("our tail, the same as auto", json, warmUp.json, "auto");
  ours("our tail, plaintext with traces", text, warmUp.text, "plaintext");
  ours("our tail, the same as auto", text, warmUp.text, "auto");
  rows.push(rowOf("grep -F, no parsing", json, runTimed("grep", ["-F", needle, json.file], at("grep.out"))));
  const filter = ["-c", 'select(.level == "error")', json.file];
  rows.push(rowOf("jq, every line parsed", json, runTimed("jq", filter, at("jq.out"))));
  rows.push(rowOf("rsyslog imfile, contains", json, await runRsyslog(folder, { ...json, needle })));

  console.log(`${describeMachine()}; load before the run ${load}`);
  console.log(
    `${(json.bytes / 2 ** 20).toFixed(0)} MiB of JSON, ${json.lines} lines, ${json.failed} failures; plaintext half of it`,
  );
  printTable(rows);
  printMemory(tailProcess({ kind: "memory", folder: at("many"), sources }));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

function tailProcess(task) {
  const script = fileURLToPath(new URL("./support/tail-process.mjs", import.meta.url));
  const run = spawnSync(process.execPath, ["--expose-gc", script, JSON.stringify(task)], {
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function rowOf(what, log, run) {
  const found = run.candidates ?? run.found;
  if (found !== log.failed) throw new Error(`${what}: found ${found} of ${log.failed} failures`);
  const perSecond = (ms) => Math.round(log.bytes / 2 ** 20 / (ms / 1_000)).toLocaleString("en");
  const turn = run.longestTurnMs === undefined ? "" : `${run.longestTurnMs.toFixed(0)} ms`;
  return [what, perSecond(run.ms), perSecond(run.cpuMs), found.toLocaleString("en"), turn];
}

function printMemory({ before, after, peak, idleRoundCpuMs, told }) {
  const mib = (value) => `${value.toFixed(0)} MiB`;
  printTable([
    [`${sources} sources of 1 MiB each`, ""],
    ["resident after one", mib(before)],
    ["more once all are read, open and watched", mib(after - before)],
    ["more at most, all read at once", mib(peak - before)],
    ["CPU of asking each once, nothing new", `${idleRoundCpuMs.toFixed(1)} ms`],
    ["appended line to candidate, by notification, p50 / p95 / p99", told],
  ]);
}
