import { type FieldMapping, type Find, keysOf } from "./log-fields";
import { isProperties, textOf } from "./runtime-event-fields";
import { storable } from "./text";

/** Lines of a trace that are kept of one record, and characters of one of them. */
export const stackLineMax = 200;
const lineMax = 4_096;

/** The trace a structured record carries, line by line, wherever loggers put it; empty when it has none. */
export function stackOf(find: Find, mapping: FieldMapping): string[] {
  for (const key of keysOf("stack", mapping)) {
    const lines = traceLines(find(key), 0);
    if (lines.length > 0) return lines.slice(0, stackLineMax);
  }
  return [];
}

/** What a text that may be several lines says in its first one, and the others. */
export function splitLines(text: string): { first: string; rest: string[] } {
  const [first = "", ...rest] = linesOf(text);
  return { first, rest };
}

export function linesOf(text: string): string[] {
  const rows = text.split(/\r\n|\n|\r/, stackLineMax + 50);
  return rows.map((row) => storable(row.slice(0, lineMax)).trimEnd()).filter((row) => row !== "");
}

/** A string, a list of strings, a list of frames, or an exception that has its trace inside. */
function traceLines(value: unknown, depth: number): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : linesOf(value);
  if (depth > 4) return [];
  if (Array.isArray(value)) {
    return value
      .slice(0, stackLineMax)
      .flatMap((row) => (isProperties(row) ? frameOrTrace(row, depth) : traceLines(row, depth + 1)));
  }
  return isProperties(value) ? exceptionLines(value, depth) : [];
}

function frameOrTrace(row: Readonly<Record<string, unknown>>, depth: number): string[] {
  const frame = frameLine(row);
  return frame === null ? exceptionLines(row, depth) : [frame];
}

/** `{func, source, line}` and its like, written the way a trace has it. */
function frameLine(row: Readonly<Record<string, unknown>>): string | null {
  const name = firstOf(row, ["function", "func", "method", "methodName", "name"]);
  const file = firstOf(row, ["filename", "file", "fileName", "source", "path", "abs_path"]);
  const line = firstOf(row, ["lineno", "line", "lineNumber", "line_number"]);
  if (!file || !(name || line)) return null;
  const owner = firstOf(row, ["class", "className", "declaringClass"]);
  const called = [owner, name ?? "<anonymous>"].filter(Boolean).join(".");
  return owner ? `    at ${called}(${file}:${line ?? 0})` : `    at ${called} (${file}:${line ?? 0}:0)`;
}

/** An exception as an object: its type and message, then the trace it has; nothing when it has neither. */
function exceptionLines(row: Readonly<Record<string, unknown>>, depth: number): string[] {
  const type = firstOf(row, ["type", "exc_type", "class", "name", "kind", "className"]);
  const message = firstOf(row, ["message", "value", "exc_value", "msg", "Message"]);
  const inner = [
    "stacktrace",
    "stack_trace",
    "stackTrace",
    "stack",
    "frames",
    "traceback",
    "backtrace",
    "trace",
  ]
    .map((key) => traceLines(row[key], depth + 1))
    .find((lines) => lines.length > 0);
  if (inner === undefined && !(type && message)) return [];
  const head = type ? linesOf(message ? `${type}: ${message}` : type) : linesOf(message ?? "");
  // A trace as text usually begins with the same words.
  const isTold = head.length === 0 || inner?.some((line) => line.startsWith(head[0] ?? ""));
  return isTold ? (inner ?? []) : [...head, ...(inner ?? [])];
}

function firstOf(row: Readonly<Record<string, unknown>>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = Object.hasOwn(row, key) ? textOf(row[key]) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}
