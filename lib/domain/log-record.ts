import type { JsonObject } from "./config";
import type { Envelope } from "./log-envelope";
import { finderOf, keysOf } from "./log-fields";
import type { OpenRecord } from "./log-open-record";
import type { LogField, LogRecord, QuarantineReason } from "./log-reading";
import type { LogRules } from "./log-reading-rules";
import { stackLineMax } from "./log-stack";
import { readFields } from "./log-structured";
import { withoutColours } from "./log-text";
import { textOf } from "./runtime-event-fields";
import { storable } from "./text";

const rowMax = 4_096;

/** The record that lines of text say. */
export function recordOfText(open: OpenRecord, rules: LogRules, nowMs?: number): LogRecord {
  const { text, trigger, named } = open;
  const rows = open.lines.map((row) => storable(withoutColours(row).slice(0, rowMax)).trimEnd());
  const level = text.level ?? trigger.envelope?.level ?? null;
  const said: LogRecord = {
    format: "plaintext",
    level: level?.word ?? null,
    // Without a level it was one of the source's own triggers that began it.
    levelRank: level?.rank ?? 5,
    // A trace that names its exception last is known by that, and keeps its first line.
    message: named ? storable(withoutColours(named).slice(0, rowMax)) : text.message,
    stack: (named ? rows : rows.slice(1)).slice(0, stackLineMax),
    component: text.component ?? undefined,
    occurredAtMs: text.occurredAtMs ?? undefined,
    attributes: {},
    externalCorrelationIds: [],
    fields: null,
  };
  return trigger.envelope ? withEnvelope(said, trigger.envelope, rules, nowMs) : said;
}

/** What the envelope knows where the line itself says nothing; a carrier's time has a zone and comes first. */
export function withEnvelope(
  record: LogRecord,
  envelope: Envelope,
  rules: LogRules,
  nowMs?: number,
): LogRecord {
  const level = record.levelRank === 0 && envelope.level ? envelope.level : null;
  const facts = factsOf(envelope);
  const known = facts ? readFields(facts, "", "syslog", rules, nowMs) : null;
  return {
    ...record,
    format: envelope.format,
    level: level?.word ?? record.level,
    levelRank: level?.rank ?? record.levelRank,
    component: record.component ?? envelope.component ?? undefined,
    process: record.process ?? envelope.process ?? undefined,
    occurredAtMs: envelope.occurredAtMs ?? record.occurredAtMs,
    fingerprint: record.fingerprint ?? known?.fingerprint,
    riskLevel: record.riskLevel ?? known?.riskLevel,
    confidence: record.confidence ?? known?.confidence,
    schemaVersion: record.schemaVersion ?? known?.schemaVersion,
    attributes: known ? { ...set(known.attributes), ...set(record.attributes) } : record.attributes,
    externalCorrelationIds: [
      ...new Set([...record.externalCorrelationIds, ...(known?.externalCorrelationIds ?? [])]),
    ],
    fields: record.fields ?? facts,
  };
}

/** Structured data under its full names, and under the short ones that are not taken. */
function factsOf(envelope: Envelope): JsonObject | null {
  const entries = Object.entries(envelope.facts).filter(([name]) => !name.startsWith("syslog."));
  if (entries.length === 0) return null;
  const short = entries.map(([name, value]) => [name.slice(name.lastIndexOf(".") + 1), value] as const);
  return Object.fromEntries([...short.reverse(), ...entries]);
}

const set = <Value>(row: Partial<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Record<string, Value>;

/** Why a record is not like this source's records; null when it is. */
export function faultOf(
  record: LogRecord,
  rules: LogRules,
): { reason: QuarantineReason; detail: string } | null {
  const { expectedSchemaVersion: expected } = rules;
  if (expected !== null && record.schemaVersion !== undefined && record.schemaVersion !== expected) {
    return { reason: "schema_version_mismatch", detail: record.schemaVersion };
  }
  const missing = rules.requiredFields.find((field) => !hasField(record, field, rules));
  return missing ? { reason: "required_field_missing", detail: missing } : null;
}

function hasField(record: LogRecord, field: LogField, rules: LogRules): boolean {
  if (record.fields !== null) {
    const find = finderOf(record.fields);
    if (keysOf(field, rules.mapping).some((key) => isPresent(find(key)))) return true;
  }
  switch (field) {
    case "level":
      return record.level !== null;
    case "message":
      return record.fields === null && record.message !== "";
    case "timestamp":
      return record.occurredAtMs !== undefined;
    case "stack":
      return record.stack.length > 0;
    case "component":
    case "process":
      return record[field] !== undefined;
    default:
      return false;
  }
}

const isPresent = (value: unknown) =>
  textOf(value) !== undefined ||
  (typeof value === "object" && value !== null && Object.keys(value).length > 0);
