import type { JsonObject } from "./config";
import {
  correlationIdsOf,
  type FieldMapping,
  type Find,
  finderOf,
  keysOf,
  lastPart,
  textField,
} from "./log-fields";
import { type FoundLevel, levelOfNumber, levelOfOtelNumber, levelOfWord } from "./log-level";
import type { LogField, LogRecord } from "./log-reading";
import type { LogRules } from "./log-reading-rules";
import { linesOf, splitLines, stackLineMax, stackOf } from "./log-stack";
import { timeOfValue } from "./log-timestamp";
import { textOf } from "./runtime-event-fields";
import { confidenceRank, riskRank } from "./severity";

/** A whole JSON object on one line, also as an element of a list that goes on; null for anything else. */
export function parseJsonLine(text: string): JsonObject | null {
  const trimmed = text.trim().replace(/\},$/, "}");
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return null;
  try {
    const value: unknown = JSON.parse(trimmed);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

/**
 * The record a parsed line says, JSON's object or logfmt's pairs. Without a level, one that carries an exception is an error.
 * `raw` stands for its message when it has none.
 */
export function readFields(
  fields: JsonObject,
  raw: string,
  format: LogRecord["format"],
  rules: Pick<LogRules, "mapping">,
  nowMs?: number,
): LogRecord {
  const { mapping } = rules;
  const find = finderOf(fields);
  const text = (field: Exclude<LogField, "level" | "stack" | "timestamp">) => textField(find, field, mapping);
  const level = levelOf(find, fields, mapping) ?? (format === "logfmt" ? levelOfState(fields.at) : null);
  const words = wordsOf(find, mapping, raw);
  const inferred = !level || level.rank === 0 ? (words.hasException ? 5 : 0) : level.rank;
  return {
    format,
    level: level?.word ?? null,
    levelRank: inferred,
    message: words.message,
    stack: words.stack,
    event: words.event,
    component: text("component"),
    process: text("process"),
    fingerprint: fingerprintOf(find, mapping),
    riskLevel: known(text("risk_level"), riskRank),
    confidence: known(text("confidence"), confidenceRank),
    schemaVersion: text("schema_version"),
    occurredAtMs: timeOf(find, mapping, nowMs),
    attributes: {
      actor: text("actor"),
      model: text("model"),
      toolName: text("tool_name"),
      action: text("action"),
      policy: text("policy"),
      approvalState: text("approval_state"),
      riskCategory: text("risk_category"),
      blastRadius: text("blast_radius"),
      runId: text("run_id"),
      sessionId: text("session_id"),
      correlationId: text("correlation_id"),
      release: text("release"),
      environment: text("environment"),
    },
    externalCorrelationIds: correlationIdsOf(find, mapping),
    fields,
  };
}

/** The first key that names a level; a number under OpenTelemetry's or the journal's key is read as they count. */
function levelOf(find: Find, fields: JsonObject, mapping: FieldMapping): FoundLevel | null {
  let unknown: FoundLevel | null = null;
  for (const key of keysOf("level", mapping)) {
    const value = find(key);
    const isOwn = isLevelKey(lastPart(key)) || mapping.level?.includes(key);
    const level = isOtelKey(key) ? otelLevel(value) : levelOfValue(value, isOwn ? "any" : "word");
    if (level && level.rank > 0) return level;
    unknown ??= level;
  }
  return unknown ?? otelLevel(find("severity_number")) ?? journalLevel(fields);
}

/** A number or a letter is a level only under a key that is named for it. */
export const isLevelKey = (name: string) => /level|lvl|severity/i.test(name);
const isOtelKey = (key: string) => /severity[_-]?number$/i.test(key);

function levelOfValue(value: unknown, wanted: "any" | "word"): FoundLevel | null {
  if (typeof value === "number") return wanted === "any" ? levelOfNumber(value) : null;
  if (typeof value !== "string") return null;
  return wanted === "any" || /[a-z]{3}/i.test(value) ? levelOfWord(value) : null;
}

const otelLevel = (value: unknown) => (value === undefined ? null : levelOfOtelNumber(Number(value)));

/** `at=error`, as Heroku's router has it; `at` is no level when it is a time or a place. */
const levelOfState = (value: unknown) =>
  typeof value === "string" && /^[a-z]{3,}$/i.test(value) ? levelOfWord(value) : null;

/** `PRIORITY` is a level only in what journald exports; elsewhere it may mean anything. */
function journalLevel(fields: JsonObject): FoundLevel | null {
  const isJournal = Object.hasOwn(fields, "PRIORITY") && Object.hasOwn(fields, "MESSAGE");
  return isJournal ? levelOfValue(textOf(fields.PRIORITY), "any") : null;
}

type Words = { message: string; stack: string[]; event?: string; hasException: boolean };

/** Message and trace. An `error` beside a message is told too: it is often the only place that says what failed. */
function wordsOf(find: Find, mapping: FieldMapping, raw: string): Words {
  const trace = stackOf(find, mapping);
  const event = textField(find, "event", mapping);
  const message = textField(find, "message", mapping);
  // structlog puts the message under `event`; words with spaces are no event's name.
  const isSentence = message === undefined && event !== undefined && /\s/.test(event);
  const { first, rest } = splitLines(message ?? event ?? trace[0] ?? raw);
  const error = errorText(find);
  const told = new Set([first, ...rest, ...trace]);
  const added =
    error === undefined || error === message ? [] : linesOf(error).filter((line) => !told.has(line));
  const stack = [...rest, ...added, ...(trace[0] === first ? trace.slice(1) : trace)];
  return {
    message: first,
    stack: stack.slice(0, stackLineMax),
    event: isSentence ? undefined : event,
    hasException: trace.length > 0 || textOf(find("exception.type")) !== undefined,
  };
}

function errorText(find: Find): string | undefined {
  for (const key of ["error", "err", "exception.message", "error.message", "err.message"]) {
    const text = textOf(find(key));
    if (text !== undefined && text !== "false" && text !== "true") return text;
  }
  return undefined;
}

/** One that is too long is nobody's: cut, two of them could be the same. */
function fingerprintOf(find: Find, mapping: FieldMapping): string | undefined {
  for (const key of keysOf("fingerprint", mapping)) {
    const value = find(key);
    const text = Array.isArray(value) ? value.map(textOf).join("/") : textOf(value);
    if (text !== undefined && text !== "") return text.length <= fingerprintMax ? text : undefined;
  }
  return undefined;
}
const fingerprintMax = 512;

function timeOf(find: Find, mapping: FieldMapping, nowMs: number | undefined): number | undefined {
  for (const key of keysOf("timestamp", mapping)) {
    const value = find(key);
    const isDigits = typeof value === "string" && /^\d{10,19}$/.test(value.trim());
    const ms = timeOfValue(isDigits ? Number(value) : value, nowMs);
    if (ms !== null) return ms;
  }
  return undefined;
}

const known = (text: string | undefined, rank: (text: string) => number) =>
  text !== undefined && rank(text) > 0 ? text.toLowerCase() : undefined;
