import { openEnvelope } from "./log-envelope";
import { finderOf, keysOf } from "./log-fields";
import { passesThreshold } from "./log-level";
import { createLineReader } from "./log-line-reader";
import {
  type LogCandidate,
  type LogField,
  type LogRecord,
  logFields,
  type QuarantinedRecord,
} from "./log-reading";
import type { LogRules } from "./log-reading-rules";
import { withEnvelope } from "./log-record";
import type { LogPreview, PreviewedLine } from "./log-source-state";
import { parseJsonLine, readFields } from "./log-structured";
import { readTextLine } from "./log-text";
import { textOf } from "./runtime-event-fields";

/** What one line says by itself, as the assembler reads it; null for one that is not of the source's format. */
export function lookAtLine(text: string, rules: LogRules, nowMs?: number): LogRecord | null {
  const envelope = openEnvelope(text, rules.format, nowMs);
  if (envelope === null && ["syslog", "cri", "docker"].includes(rules.format)) return null;
  const inside = envelope?.text ?? text;
  if (inside.trim() === "") return null;
  const reader = createLineReader(rules, () => nowMs);
  const line = { text: inside, offsetStart: 0, offsetEnd: 0, truncated: false, envelope };
  const said = reader.structured(line);
  const inEnvelope = (record: LogRecord) =>
    envelope ? withEnvelope(record, envelope, rules, nowMs) : record;
  if (said === "below level") {
    // The assembler need not know what such a line says; here it is shown.
    const fields = parseJsonLine(inside.slice(inside.indexOf("{")));
    return fields && inEnvelope(readFields(fields, inside, "json", rules, nowMs));
  }
  if (said) return said;
  if (envelope === null && (rules.format === "json" || rules.format === "logfmt")) return null;
  return reader.embedded(line) ?? inEnvelope(textRecord(inside, nowMs));
}

function textRecord(text: string, nowMs?: number): LogRecord {
  const line = readTextLine(text, nowMs);
  return {
    format: "plaintext",
    level: line.level?.word ?? null,
    levelRank: line.level?.rank ?? 0,
    message: line.message,
    stack: [],
    component: line.component ?? undefined,
    occurredAtMs: line.occurredAtMs ?? undefined,
    attributes: {},
    externalCorrelationIds: [],
    fields: null,
  };
}

/** What became of a line, by what was put together of all of them; the first candidate or quarantined record counts that holds it. */
export function verdictOf(
  offsetStart: number,
  record: LogRecord | null,
  found: { candidates: readonly LogCandidate[]; quarantined: readonly QuarantinedRecord[] },
  rules: Pick<LogRules, "threshold">,
): { verdict: PreviewedLine["verdict"]; candidate: number | null } {
  const holds = (range: { offsetStart: number; offsetEnd: number }) =>
    offsetStart >= range.offsetStart && offsetStart < range.offsetEnd;
  if (found.quarantined.some(holds)) return { verdict: "quarantined", candidate: null };
  const at = found.candidates.findIndex(holds);
  const isFirst = found.candidates[at]?.offsetStart === offsetStart;
  if (isFirst) return { verdict: "candidate", candidate: at };
  const isFailing = record !== null && passesThreshold(record.levelRank, rules.threshold);
  // Another stream's record between the lines of a failure is a record of its own.
  const isOther = record !== null && record.fields !== null && !isFailing;
  if (at >= 0 && !isOther) return { verdict: "part_of_candidate", candidate: at };
  if (record === null) return { verdict: "not_a_record", candidate: null };
  return { verdict: isFailing ? "ignored" : "below_level", candidate: null };
}

/** What most of the lines are; null when none is a record. */
export function detectFormat(records: ReadonlyArray<LogRecord | null>): LogPreview["detectedFormat"] {
  const counts = new Map<LogRecord["format"], number>();
  for (const record of records) if (record) counts.set(record.format, (counts.get(record.format) ?? 0) + 1);
  const [most] = [...counts].sort(([, left], [, right]) => right - left);
  return most?.[0] ?? null;
}

/** For each thing that can be looked for, the first key it was found under, and what stood there. */
export function findFields(records: ReadonlyArray<LogRecord | null>, rules: Pick<LogRules, "mapping">) {
  const found = new Map<LogField, { field: LogField; key: string; example: string }>();
  for (const record of records) {
    if (!record?.fields) continue;
    const find = finderOf(record.fields);
    for (const field of logFields) {
      if (found.has(field)) continue;
      const key = keysOf(field, rules.mapping).find((each) => textOf(find(each)) !== undefined);
      if (key !== undefined) found.set(field, { field, key, example: textOf(find(key)) ?? "" });
    }
  }
  return logFields.flatMap((field) => found.get(field) ?? []);
}
