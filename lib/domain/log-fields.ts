import type { JsonObject } from "./config";
import type { LogField } from "./log-reading";
import { isProperties, textOf, truncateBytes } from "./runtime-event-fields";

type Listed = Exclude<LogField, "level" | "stack" | "timestamp">;

/**
 * Where each thing is looked for, in order: the contract's keys, then those of common loggers, in any of
 * the spellings `tool_name`, `tool-name`, `toolName`; a dot is a nested object or a key that has the dot in it.
 */
export const usualKeys: Readonly<Record<LogField, readonly string[]>> = fold({
  level: [
    ...["level", "severity", "log.level", "lvl"],
    ...["severity_text", "levelname", "level.name", "log_level", "@l", "@level", "record.level.name"],
  ],
  message: [
    ...["message", "msg", "error", "exception.message"],
    ...["@m", "@message", "short_message", "fields.message", "record.message", "rendered_message", "@mt"],
    ...[
      "error.message",
      "err.message",
      "err",
      "json_payload.message",
      "text_payload",
      "body",
      "thrown.message",
    ],
  ],
  event: ["event", "event.name", "error.kind", "exception.type", "error.type", "event_name"],
  component: [
    ...["component", "service", "logger", "target", "module"],
    ...["logger_name", "log.logger", "service.name", "source_context", "properties.source_context"],
    ...["@module", "category", "syslog_identifier"],
  ],
  process: [
    ...["process", "process.name", "service"],
    ...["service.name", "process_name", "application", "app", "program", "syslog_identifier", "_comm"],
  ],
  stack: [
    ...["stack", "stacktrace", "exception.stacktrace", "error.stack"],
    ...["stack_trace", "error.stack_trace", "error.stacktrace", "err.stack", "exception.stack", "exc_info"],
    ...["exception.stack_trace", "traceback", "exception.traceback", "@x", "backtrace", "error.backtrace"],
    ...["thrown.extended_stack_trace", "exception.frames", "exception"],
  ],
  timestamp: [
    ...["timestamp", "time", "ts", "@timestamp", "@t", "datetime", "t.$date", "event_time", "time_millis"],
    ...["time_unix_nano", "asctime", "date", "record.time.timestamp", "__realtime_timestamp", "created"],
    "instant.epoch_second",
  ],
  fingerprint: ["fingerprint", "error.fingerprint"],
  risk_level: ["risk_level", "risk.level", "risk"],
  confidence: ["confidence", "signal_confidence"],
  schema_version: ["schema_version", "event_schema_version", "schema.version"],
  actor: ["actor", "actor_id", "principal", "principal_id", "agent", "agent_id", "user_id"],
  model: ["model", "model_id", "model.name", "llm.model"],
  tool_name: ["tool", "tool_name", "mcp_tool", "action.tool"],
  action: ["action", "operation", "tool_action", "intent"],
  policy: ["policy", "policy_id", "policy.name", "approval_policy", "approval.policy"],
  approval_state: ["approval_state", "approval_status", "approval.status"],
  risk_category: ["risk_category", "risk_type", "risk.category", "category"],
  blast_radius: ["blast_radius", "blast.radius", "impact", "scope"],
  external_correlation_ids: ["external_correlation_ids", "external_ids", "external.correlation_ids"],
  run_id: ["run_id", "run.id"],
  session_id: ["session_id", "session.id"],
  correlation_id: ["correlation_id", "request_id", "req_id", "trace_id", "trace.id", "req.id"],
  // Of OpenTelemetry, Elastic's schema and Datadog; a bare `version` is as often a protocol's or a format's.
  release: [
    ...["release", "service.version", "app_version", "app.version", "dd.version"],
    ...["resource.service.version", "resource.attributes.service.version", "release.version"],
  ],
  environment: [
    ...["environment", "env", "service.environment", "deployment.environment.name", "deployment.environment"],
    ...["dd.env", "resource.deployment.environment.name", "resource.attributes.deployment.environment.name"],
  ],
});

/** One id beside the list, under the singular of its names. */
const singleCorrelationKeys = ["external_correlation_id", "external_id", "external.correlation_id"].map(
  foldKey,
);

/** Bounds of each value in bytes (2.5); what is not listed is bounded as a name. */
const limits: Partial<Record<LogField, number>> = {
  message: 16_384,
  approval_state: 120,
  risk_category: 120,
  blast_radius: 240,
};
const nameBytes = 160;
const correlationIds = { rows: 20, bytes: 160 } as const;

/** Looks up a key, flat or nested. */
export type Find = (path: string) => unknown;

/** A look-up over one parsed object, whatever the spelling of its keys. */
export function finderOf(object: JsonObject): Find {
  const known = new Map<object, Map<string, unknown>>();
  return (path) => {
    const [name, joined] = spellings(path);
    return lookUp(object, name, known) ?? (joined === name ? undefined : lookUp(object, joined, known));
  };
}

const folded = new Map<string, [string, string]>();
const foldedMax = 2_000;

/** The path folded, and the same without what joins words; kept, since every line asks for the same ones. */
function spellings(path: string): [string, string] {
  const kept = folded.get(path);
  if (kept) return kept;
  if (folded.size >= foldedMax) folded.clear();
  const name = foldKey(path);
  const pair: [string, string] = [name, name.replaceAll("_", "")];
  folded.set(path, pair);
  return pair;
}

function lookUp(
  object: Readonly<JsonObject>,
  path: string,
  known: Map<object, Map<string, unknown>>,
): unknown {
  let keys = known.get(object);
  if (!keys) {
    keys = new Map();
    for (const key of Object.keys(object)) {
      const name = foldKey(key);
      if (!keys.has(name)) keys.set(name, object[key]);
    }
    known.set(object, keys);
  }
  const flat = keys.get(path);
  if (flat !== undefined) return flat;
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const inner = keys.get(path.slice(0, dot));
    const value = isProperties(inner) ? lookUp(inner, path.slice(dot + 1), known) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** `Tool-Name` is `tool_name`; `toolName` is `toolname`, and found as the same. */
export function foldKey(key: string): string {
  return key.toLowerCase().replaceAll("-", "_");
}

/** What a value is called in the innermost object it lies in. */
export const lastPart = (key: string) => key.slice(key.lastIndexOf(".") + 1);

function fold<Keys extends Readonly<Record<string, readonly string[]>>>(keys: Keys): Keys {
  const rows = Object.entries(keys).map(([field, names]) => [field, names.map(foldKey)]);
  return Object.fromEntries(rows) as Keys;
}

export type FieldMapping = Partial<Record<LogField, string[]>>;

/** The keys of a field in the order they are tried: the source's own, then the usual ones. */
export const keysOf = (field: LogField, mapping: FieldMapping): readonly string[] =>
  mapping[field] ? [...mapping[field], ...usualKeys[field]] : usualKeys[field];

/** The first of the field's keys that holds words, a number or a boolean, within the field's bound. */
export function textField(find: Find, field: Listed, mapping: FieldMapping): string | undefined {
  for (const key of keysOf(field, mapping)) {
    const text = textOf(find(key));
    if (text !== undefined) return truncateBytes(text, limits[field] ?? nameBytes);
  }
  return undefined;
}

/** Ids of other systems: a list or words between commas, and one under a singular name; unique, at most 20. */
export function correlationIdsOf(find: Find, mapping: FieldMapping): string[] {
  const ids: string[] = [];
  for (const key of keysOf("external_correlation_ids", mapping)) {
    const value = find(key);
    const rows = Array.isArray(value) ? value.map(textOf) : (textOf(value)?.split(",") ?? []);
    ids.push(...rows.flatMap((row) => row?.trim() || []));
    if (ids.length > 0) break;
  }
  const single = singleCorrelationKeys.map((key) => textOf(find(key))).find((text) => text !== undefined);
  if (single) ids.push(single);
  return [...new Set(ids.map((id) => truncateBytes(id, correlationIds.bytes)))].slice(0, correlationIds.rows);
}
