import { closeSync, mkdirSync, openSync, statSync, writeSync } from "node:fs";
import path from "node:path";

const paths = ["/api/orders", "/api/cart", "/healthz", "/api/users/me", "/static/app.js", "/api/search"];
const failures = [
  (n) => `payment ${n} failed: timeout after ${n % 900} ms`,
  (n) => `could not reach 10.0.${n % 255}.${n % 200}:5432: connection refused`,
  (n) => `order ${hex(n)} has no customer`,
  (n) => `queue worker-${n % 16} gave up after ${(n % 5) + 1} attempts`,
];
const hex = (n) => ((n * 2_654_435_761) >>> 0).toString(16).padStart(8, "0");
const stampOf = (n) => new Date(1_790_000_000_000 + n * 13).toISOString();

/** As a service with a structured logger writes: about 180 bytes a line. */
export function jsonLine(n, isFailure) {
  const line = {
    timestamp: stampOf(n),
    level: isFailure ? "error" : "info",
    logger: "http.server",
    message: isFailure
      ? failures[n % failures.length](n)
      : `GET ${paths[n % paths.length]}/${hex(n)} 200 in ${n % 300} ms`,
    request_id: hex(n + 1),
    user: `u-${n % 5_000}`,
    host: `web-${n % 8}`,
  };
  if (isFailure && n % 3 === 0) {
    line.stack = `TimeoutError: timeout\n    at charge (/srv/app/pay.js:${n % 90}:17)\n    at run (/srv/app/queue.js:41:9)`;
  }
  return `${JSON.stringify(line)}\n`;
}

/** As a program without one: a time, a level, a sentence; every third failure has a trace. */
export function textLine(n, isFailure) {
  const head = `${stampOf(n).replace("T", " ").replace("Z", "")} ${isFailure ? "ERROR" : "INFO "} [worker-${n % 16}]`;
  if (!isFailure)
    return `${head} handled ${paths[n % paths.length]}/${hex(n)} for u-${n % 5_000} in ${n % 300} ms, cache hit, 12 rows\n`;
  const trace =
    n % 3 === 0 ? `    at charge (/srv/app/pay.js:${n % 90}:17)\n    at run (/srv/app/queue.js:41:9)\n` : "";
  return `${head} ${failures[n % failures.length](n)}\n${trace}`;
}

/** Writes a log of about `mebibytes`, of which `percent` of the lines are failures, the last one too. Says what is in it. */
export function writeLog(file, { mebibytes, percent, line }) {
  mkdirSync(path.dirname(file), { recursive: true });
  const fd = openSync(file, "w");
  const every = Math.round(100 / percent);
  let bytes = 0;
  let lines = 0;
  let failed = 0;
  for (let done = false; !done; ) {
    let chunk = "";
    for (let count = 0; count < 10_000; count++, lines++) {
      const isFailure = lines % every === every - 1;
      if (isFailure) failed++;
      chunk += line(lines, isFailure);
    }
    bytes += writeSync(fd, chunk);
    done = bytes >= mebibytes * 2 ** 20;
  }
  closeSync(fd);
  return { file, bytes: statSync(file).size, lines, failed };
}
