import type { JsonObject } from "./config";

export type TelemetryEntry = {
  recordId: string;
  destinationId: string;
  createdAtMs: number;
  record: JsonObject;
};

/** One line of a JSON-lines file: when it was recorded and its id first, by which reading goes on after a restart. */
export function telemetryLine({ recordId, destinationId, createdAtMs, record }: TelemetryEntry): string {
  const head = { recorded_at_ms: createdAtMs, record_id: recordId, destination_id: destinationId };
  return `${JSON.stringify({ ...head, ...record, ...head })}\n`;
}

/** Where a file ends, by its last whole line; null for none, or one that is not ours. */
export function cursorOfLine(line: string): { createdAtMs: number; recordId: string } | null {
  try {
    const parsed = JSON.parse(line) as { recorded_at_ms?: unknown; record_id?: unknown };
    const { recorded_at_ms, record_id } = parsed;
    if (typeof recorded_at_ms !== "number" || typeof record_id !== "string") return null;
    return { createdAtMs: recorded_at_ms, recordId: record_id };
  } catch {
    return null;
  }
}

/** Severity numbers of OpenTelemetry's log data model, by the risk of a record. */
const severities: Readonly<Record<string, { number: number; text: string }>> = {
  critical: { number: 21, text: "FATAL" },
  urgent: { number: 21, text: "FATAL" },
  severe: { number: 21, text: "FATAL" },
  high: { number: 17, text: "ERROR" },
  medium: { number: 13, text: "WARN" },
  low: { number: 9, text: "INFO" },
};

/**
 * Records as one OTLP/HTTP request in JSON (opentelemetry.io, "OTLP Specification" and "Logs Data Model"): scalars of a record
 * are attributes, lists too; what is nested deeper stays here.
 */
export function otlpLogs(entries: readonly TelemetryEntry[]): JsonObject {
  return {
    resourceLogs: [
      {
        resource: { attributes: [attribute("service.name", "incident-monitor")] },
        scopeLogs: [{ scope: { name: "incident_monitor.telemetry" }, logRecords: entries.map(logRecord) }],
      },
    ],
  };
}

function logRecord({ record, recordId, destinationId, createdAtMs }: TelemetryEntry): JsonObject {
  const severity = severities[String(record.risk_level ?? "").toLowerCase()] ?? severities.medium;
  const { title, excerpt: _excerpt, ...rest } = record;
  const own = { ...rest, record_id: recordId, destination_id: destinationId };
  return {
    timeUnixNano: `${createdAtMs}000000`,
    observedTimeUnixNano: `${createdAtMs}000000`,
    severityNumber: severity?.number,
    severityText: severity?.text,
    body: { stringValue: String(title ?? "") },
    attributes: Object.entries(own).flatMap(([key, value]) => {
      const named = `incident_monitor.${key}`;
      const isScalar = ["string", "number", "boolean"].includes(typeof value);
      if (isScalar) return [attribute(named, value)];
      if (!Array.isArray(value)) return [];
      const values = value.filter((each) => typeof each === "string").map((each) => ({ stringValue: each }));
      return [{ key: named, value: { arrayValue: { values } } }];
    }),
  };
}

function attribute(key: string, value: string | number | boolean): JsonObject {
  if (typeof value === "string") return { key, value: { stringValue: value } };
  if (typeof value === "boolean") return { key, value: { boolValue: value } };
  return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } };
}
