import type { Envelope } from "./log-envelope";
import { timeAt } from "./log-timestamp";

const cri = /^(\d{4}-\d\d-\d\dT\S{8,30}) (stdout|stderr) ([PF])(?::\S*)? (.*)$/s;
const dockerStart = /^\s*\{\s*"log"\s*:/;

/** In Docker's file a line that goes on has no escaped newline at the end of its words. Also what the reader of bytes looks for. */
export const dockerPart = /(?<!\\n)","stream":"std(?:out|err)"/;
/** In the CRI's file it is marked. */
export const criPart = /\bstd(?:out|err) P\b/;

/** One line of a container's log as the runtime writes it; null for any other. */
export function parseContainerLine(line: string, format: "cri" | "docker"): Envelope | null {
  return format === "cri" ? parseCri(line) : parseDocker(line);
}

function parseCri(line: string): Envelope | null {
  const match = cri.exec(line);
  if (!match) return null;
  const [, time = "", stream = "", mark, text = ""] = match;
  return {
    ...bare,
    format: "cri",
    stream,
    text,
    isPart: mark === "P",
    occurredAtMs: timeAt(time, 0)?.ms() ?? null,
  };
}

function parseDocker(line: string): Envelope | null {
  if (!dockerStart.test(line)) return null;
  let row: { log?: unknown; stream?: unknown; time?: unknown };
  try {
    row = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof row.log !== "string" || (row.stream === undefined && row.time === undefined)) return null;
  const isWhole = row.log.endsWith("\n") || !dockerPart.test(line);
  return {
    ...bare,
    format: "docker",
    // There are two; whatever else it may say, lines wait for their end under these alone.
    stream: row.stream === "stderr" ? "stderr" : "stdout",
    text: row.log.replace(/\r?\n$/, ""),
    isPart: !isWhole,
    occurredAtMs: typeof row.time === "string" ? (timeAt(row.time, 0)?.ms() ?? null) : null,
  };
}

const bare = { level: null, component: null, process: null, facts: {} };
