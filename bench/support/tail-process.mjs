// Runs the product's own tail in a process of its own, so that its CPU time and memory are its own. Told what to do in one
// JSON argument, answers in one JSON line.
import { appendFileSync } from "node:fs";
import path from "node:path";
import { importBundled } from "./bundled.mjs";
import { percentiles } from "./latencies.mjs";
import { jsonLine, writeLog } from "./log-file.mjs";

const product = await importBundled(
  "tail",
  `export { openLogTail } from "@/lib/sources/log-tail";
   export { watchFolders } from "@/lib/sources/watch-folders";
   export { createLogAssembler } from "@/lib/domain/log-assembler";
   export { logInterest } from "@/lib/domain/log-interest";
   export { logRules } from "@/lib/domain/log-reading-rules";`,
);
const task = JSON.parse(process.argv[2]);

function openTail(file, format) {
  const workspaceRoot = path.dirname(file);
  const source = { sourceId: "bench", path: file, format, minimumLevel: "error" };
  const rules = product.logRules(source, { projectId: "bench", dataReadiness: {} });
  return product.openLogTail({
    place: { workspaceRoot, path: file, allowedRoots: [workspaceRoot], refusedFolders: [] },
    createAssembler: () => product.createLogAssembler(rules, Date.now),
    interest: product.logInterest(rules),
    maxLineBytes: rules.maxLineBytes,
    position: null,
    startPosition: "beginning",
    nowMs: Date.now,
  });
}

/** To where nothing is left to read; each window is committed by keeping its position. */
async function drain(tail) {
  const seen = { bytes: 0, lines: 0, candidates: 0, windows: 0, position: null };
  for (;;) {
    const window = await tail.next();
    if (window.kind === "error") throw new Error(window.detail);
    seen.bytes += window.bytesRead;
    seen.lines += window.lines;
    seen.candidates += window.candidates.length;
    seen.position = window.position;
    seen.windows++;
    if (!window.behind && window.settlesInMs !== null)
      await new Promise((next) => setTimeout(next, window.settlesInMs));
    else if (!window.behind) return seen;
  }
}

const cpuMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1_000;
const mebibytes = (bytes) => bytes / 2 ** 20;

/** The longest that others waited for their turn while a file was read; no more of it than was spent here, and not on others. */
function watchTurns() {
  let longest = 0;
  let last = { at: performance.now(), cpu: cpuMs() };
  let on = true;
  const turn = () => {
    const now = { at: performance.now(), cpu: cpuMs() };
    longest = Math.max(longest, Math.min(now.at - last.at, now.cpu - last.cpu));
    last = now;
    if (on) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    on = false;
    return longest;
  };
}

async function speed({ file, format, warmUp }) {
  await drain(openTail(warmUp, format));
  const tail = openTail(file, format);
  const startedAt = performance.now();
  const cpuAt = cpuMs();
  const seen = await drain(tail);
  const answer = { ...seen, ms: performance.now() - startedAt, cpuMs: cpuMs() - cpuAt };
  await tail.close();
  const again = openTail(file, format);
  const longest = watchTurns();
  await drain(again);
  await again.close();
  return { ...answer, longestTurnMs: longest() };
}

async function memory({ folder, sources }) {
  const rss = () => {
    globalThis.gc();
    return mebibytes(process.memoryUsage.rss());
  };
  const files = Array.from({ length: sources }, (_, n) => path.join(folder, `source-${n}`, "app.log"));
  for (const file of files) writeLog(file, { mebibytes: 1, percent: 1, line: jsonLine });
  const first = openTail(files[0], "json");
  await drain(first);
  const before = rss();
  const folders = product.watchFolders();
  const tails = files.map((file) => openTail(file, "json"));
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, mebibytes(process.memoryUsage.rss()))), 5);
  await Promise.all(tails.map(drain));
  clearInterval(sampling);
  const after = rss();
  const idle = await idleRound(tails);
  const told = await latencies(files, tails, folders);
  folders.close();
  await Promise.all(tails.map((tail) => tail.close()));
  return { before, after, peak, ...idle, told };
}

/** What it costs to ask every source once whether there is anything. */
async function idleRound(tails) {
  const rounds = 10;
  const cpuAt = cpuMs();
  for (let round = 0; round < rounds; round++) for (const tail of tails) await tail.next();
  return { idleRoundCpuMs: (cpuMs() - cpuAt) / rounds };
}

/** From the write of a failure to its candidate, by notification alone, in sources taken at random. */
async function latencies(files, tails, folders) {
  const waiting = new Map();
  const asking = new Map();
  const ask = async (n) => {
    const window = await tails[n].next();
    if (window.kind === "window" && window.candidates.length > 0) waiting.get(n)?.();
  };
  const watches = files.map((file, n) =>
    // One question at a time, and one more for what came meanwhile.
    folders.watch([file], () =>
      asking.set(
        n,
        (asking.get(n) ?? Promise.resolve()).then(() => ask(n)),
      ),
    ),
  );
  const taken = [];
  // Watching alone keeps no process alive.
  const alive = setInterval(() => {}, 1_000);
  for (let turn = 0; turn < 400; turn++) {
    const n = (turn * 7_919) % files.length;
    const arrived = new Promise((resolve) => waiting.set(n, resolve));
    const writtenAt = performance.now();
    appendFileSync(files[n], jsonLine(turn, true));
    await arrived;
    taken.push(performance.now() - writtenAt);
  }
  clearInterval(alive);
  for (const watch of watches) watch.close();
  return percentiles(taken);
}

const tasks = { speed, memory };
console.log(JSON.stringify(await tasks[task.kind](task)));
process.exit(0);
