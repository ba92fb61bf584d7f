import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * wrk (https://github.com/wg/wrk) as the load generator: on a machine that also runs the server and the database, one
 * written in JavaScript takes more time than what it measures. Installed by apt when missing and possible.
 */
export function ensureWrk() {
  if (spawnSync("wrk", ["-v"]).error === undefined) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "--no-install-recommends", "wrk"];
  const done =
    process.getuid?.() === 0 &&
    spawnSync("apt-get", ["update"], { env }).status === 0 &&
    spawnSync("apt-get", install, { env }).status === 0;
  if (!done) throw new Error("this benchmark needs wrk (Debian: apt-get install wrk)");
}

/**
 * Sends `bodies` in rotation over keep-alive connections, after a warm-up that is not counted.
 * @param {{ url: string, headers?: Record<string, string>, bodies?: string[], method?: string, seconds: number,
 *   connections: number, warmUpSeconds?: number }} load
 * @returns {Promise<{ perSecond: number, p50Ms: number, p99Ms: number, failed: number }>}
 */
export async function runWrk({ warmUpSeconds = 6, ...load }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-wrk-"));
  try {
    const script = writeScript(folder, load);
    if (warmUpSeconds > 0) await oneRun(script, { ...load, seconds: warmUpSeconds });
    return await oneRun(script, load);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Bodies go by a file, one a line: a Lua source file has a limit of constants. */
function writeScript(folder, { url, headers = {}, bodies = [""], method = "POST" }) {
  const bodiesFile = path.join(folder, "bodies");
  fs.writeFileSync(bodiesFile, bodies.map((body) => body.replaceAll("\n", "\u0001")).join("\n"), {
    mode: 0o600,
  });
  const { pathname, search } = new URL(url);
  const fields = Object.entries(headers).map(
    ([name, value]) => `[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  );
  const script = path.join(folder, "load.lua");
  fs.writeFileSync(
    script,
    `local requests, at = {}, 0
init = function()
  local headers = { ${fields.join(", ")} }
  for line in io.lines(${JSON.stringify(bodiesFile)}) do
    local body = string.gsub(line, "\\1", "\\n")
    requests[#requests + 1] = wrk.format("${method}", ${JSON.stringify(pathname + search)}, headers, body)
  end
  if #requests == 0 then requests[1] = wrk.format("${method}", ${JSON.stringify(pathname + search)}, headers) end
end
request = function()
  at = at % #requests + 1
  return requests[at]
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %f %f\\n", summary.requests, summary.duration,
    e.status + e.read + e.write + e.timeout + e.connect, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
`,
    { mode: 0o600 },
  );
  return script;
}

async function oneRun(script, { url, seconds, connections }) {
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "20s", "-s", script, url];
  const child = spawn("wrk", args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const result = /RESULT (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)/.exec(output);
  if (!result) throw new Error(`wrk gave no result: ${output}`);
  const [requests, micros, failed, p50Ms, p99Ms] = result.slice(1).map(Number);
  return { perSecond: requests / (micros / 1e6), p50Ms, p99Ms, failed };
}
