import type { LogLine } from "@/components/layout/log-lines";
import type { StackFrame } from "@/components/layout/stack-frames";

export type Evidence = {
  /** The exception's type and message, where a line names one. */
  failure: { type: string; message: string } | null;
  frames: StackFrame[];
  /** Everything that is no frame, in order. */
  lines: LogLine[];
};

const jsFrame = /^at (?:async )?(?:(.+?) \()?([^()\s]+?:\d+(?::\d+)?)\)?$/;
const javaFrame = /^at ((?:[\w$]+\.)+[\w$<>]+)\(([^)]*)\)$/;
const pythonFrame = /^File "([^"]+)", line (\d+)(?:, in (.+))?$/;
const foreign =
  /(?:^|[/(])(?:node_modules|site-packages|dist-packages|lib\/python[\d.]+)\/|^node:|<frozen|^internal\/|^(?:java|javax|jdk|sun|kotlin|scala)\./;
const failureLine =
  /^(?:Uncaught |Caused by: )?((?:[A-Za-z_$][\w$.]{0,120})?(?:Error|Exception|Panic|Fault|Failure|Timeout))(?:: (.*))?$/;

/** Reads reported lines for a person: the stack apart, the rest as log lines. Total: what is not understood stays text. */
export function parseEvidence(rows: readonly string[]): Evidence {
  const frames: StackFrame[] = [];
  const lines: LogLine[] = [];
  let failure: Evidence["failure"] = null;
  let python = false;
  let afterPythonFrame = false;
  for (const raw of rows.flatMap((row) => row.split("\n"))) {
    const text = raw.trim();
    if (text === "" || text === "Traceback (most recent call last):") continue;
    const frame = text.length > 1_000 ? null : readFrame(text, String(frames.length));
    if (frame) {
      frames.push(frame);
      afterPythonFrame = text.startsWith("File ");
      python ||= afterPythonFrame;
      continue;
    }
    const last = frames.at(-1);
    if (afterPythonFrame && last && raw.startsWith("    ")) {
      last.name = `${last.name}: ${text}`;
      afterPythonFrame = false;
      continue;
    }
    afterPythonFrame = false;
    const named = text.length > 1_000 ? null : failureLine.exec(text);
    if (named && (failure === null || python)) {
      if (failure) lines.push({ id: String(lines.length), text: sayFailure(failure) });
      failure = { type: named[1] ?? "", message: named[2] ?? "" };
      continue;
    }
    lines.push(readLine(raw.trimEnd(), String(lines.length)));
  }
  // Python tells the outermost first, so the one that failed is its last own frame.
  const own = frames.filter((each) => each.own);
  const culprit = python ? own.at(-1) : own[0];
  if (culprit) culprit.culprit = true;
  if (failure && frames.length === 0) {
    // Without a stack there is no block to head: the line stays among the others.
    lines.unshift({ id: "failure", text: sayFailure(failure) });
  }
  return { failure, frames, lines };
}

function sayFailure({ type, message }: NonNullable<Evidence["failure"]>): string {
  return message ? `${type}: ${message}` : type;
}

function readFrame(text: string, id: string): StackFrame | null {
  const python = pythonFrame.exec(text);
  if (python) {
    const path = python[1] ?? "";
    return { id, name: python[3] ?? "<module>", place: `${path}:${python[2]}`, own: !foreign.test(path) };
  }
  if (!text.startsWith("at ")) return null;
  const java = javaFrame.exec(text);
  if (java) return { id, name: java[1] ?? "", place: java[2] ?? "", own: !foreign.test(java[1] ?? "") };
  const js = jsFrame.exec(text);
  if (!js) return null;
  const place = js[2] ?? "";
  return { id, name: js[1] ?? "<anonymous>", place, own: !foreign.test(place) };
}

const levels = "trace|debug|info|notice|warn|warning|error|err|fatal|critical";
const stampedLine = new RegExp(
  `^\\[?(?:\\d{4}-\\d\\d-\\d\\d[T ])?(\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,3})?)\\d*(?:Z|[+-]\\d\\d:?\\d\\d)?\\]?\\s+(?:\\[?(${levels})\\]?:?\\s+)?(.*)$`,
  "i",
);
const levelledLine = new RegExp(`^\\[?(${levels})\\]?:?\\s+(.*)$`, "i");

function readLine(text: string, id: string): LogLine {
  if (text.startsWith("{")) {
    const line = readJsonLine(text, id);
    if (line) return line;
  }
  const stamped = stampedLine.exec(text);
  if (stamped) return { id, time: stamped[1], level: stamped[2]?.toLowerCase(), text: stamped[3] ?? "" };
  const levelled = levelledLine.exec(text);
  if (levelled) return { id, level: levelled[1]?.toLowerCase(), text: levelled[2] ?? "" };
  return { id, text };
}

/** A JSON log line as people read it: time, level, message, then the rest as key=value. */
function readJsonLine(text: string, id: string): LogLine | null {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { time, ts, timestamp, level, severity, msg, message, ...rest } = record;
  const said = [msg, message].find((each) => typeof each === "string");
  if (typeof said !== "string") return null;
  const stamp = [time, ts, timestamp].find((each) => typeof each === "string");
  const clock = typeof stamp === "string" ? /\d\d:\d\d:\d\d(?:\.\d{1,3})?/.exec(stamp)?.[0] : undefined;
  const loud = [level, severity].find((each) => typeof each === "string");
  const more = Object.entries(rest).map(
    ([key, value]) => ` ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return {
    id,
    time: clock,
    level: typeof loud === "string" ? loud.toLowerCase() : undefined,
    text: said + more.join(""),
  };
}
