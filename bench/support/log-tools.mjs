import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { readProcessTree } from "./process-tree.mjs";

/** Installs what is missing by apt, where that is possible. */
export function ensureTools(tools) {
  const missing = Object.entries(tools).filter(([command]) => spawnSync(command, ["--version"]).error);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const done =
    process.getuid?.() === 0 &&
    spawnSync("apt-get", ["update"], { env }).status === 0 &&
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env }).status === 0;
  if (!done) throw new Error(`this benchmark needs ${packages.join(", ")} (Debian: apt-get install)`);
}

/** Runs a command to its end, its output into a file; gives its times and how many lines came out. */
export function runTimed(command, args, outFile) {
  const script = 'TIMEFORMAT="%R %U %S"; out=$1; shift; time "$@" > "$out"';
  const env = { ...process.env, LC_ALL: "C" };
  const run = spawnSync("bash", ["-c", script, "bench", outFile, command, ...args], {
    env,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`${command} failed: ${run.stderr}`);
  const [real, user, system] = run.stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { ms: real * 1_000, cpuMs: (user + system) * 1_000, found: countLines(outFile) };
}

const countLines = (file) => fs.readFileSync(file, "latin1").split("\n").length - 1;

/**
 * rsyslog's imfile (https://www.rsyslog.com), told to keep the lines with `needle`. It is running and has read a first file
 * when `file` is moved into its folder; timed from there until the last failure is written out.
 */
export async function runRsyslog(folder, { file, failed, needle }) {
  const watched = path.join(folder, "watched");
  const out = path.join(folder, "rsyslog.out");
  for (const each of [watched, path.join(folder, "spool")]) fs.mkdirSync(each, { recursive: true });
  const config = path.join(folder, "rsyslog.conf");
  fs.writeFileSync(
    config,
    `global(workDirectory="${folder}/spool" maxMessageSize="64k")
module(load="imfile" mode="inotify")
template(name="line" type="string" string="%msg%\\n")
input(type="imfile" File="${watched}/*.log" Tag="bench:" ruleset="bench")
ruleset(name="bench" queue.type="LinkedList" queue.size="100000" queue.dequeueBatchSize="1024") {
  if $msg contains ${JSON.stringify(needle)} then action(type="omfile" file="${out}" template="line")
}
`,
  );
  fs.writeFileSync(path.join(watched, "first.log"), `${needle}\n`);
  const child = spawn("rsyslogd", ["-n", "-f", config, "-i", path.join(folder, "rsyslog.pid")], {
    stdio: "ignore",
  });
  try {
    await waitForLines(out, 1, child);
    const cpuAt = readProcessTree(child.pid).serverCpuS;
    const startedAt = performance.now();
    fs.linkSync(file, path.join(watched, "big.log"));
    await waitForLines(out, failed + 1, child);
    const ms = performance.now() - startedAt;
    return { ms, cpuMs: (readProcessTree(child.pid).serverCpuS - cpuAt) * 1_000, found: countLines(out) - 1 };
  } finally {
    child.kill();
  }
}

async function waitForLines(file, count, child) {
  const deadline = performance.now() + 300_000;
  let size = 0;
  let lines = 0;
  while (lines < count) {
    if (child.exitCode !== null) throw new Error(`rsyslogd ended with ${child.exitCode}`);
    if (performance.now() > deadline) throw new Error(`rsyslogd wrote ${lines} of ${count} lines`);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const now = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (now > size) lines = countLines(file);
    size = now;
  }
}
