import type { LogReadingWire } from "@/lib/contracts/config";

export type LogField = NonNullable<LogReadingWire["required_fields"]>[number];

/** The reading with a part changed; what says nothing is left out, and nothing at all is undefined. */
export function withReading(
  reading: LogReadingWire | undefined,
  part: Partial<LogReadingWire>,
): LogReadingWire | undefined {
  const said = Object.entries({ ...reading, ...part }).filter(([, value]) => !isEmpty(value));
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}

/** A field's keys; none takes it out of the mapping, unless it is only just added (`keep`). */
export function withMapping(
  mapping: LogReadingWire["field_mapping"],
  field: LogField,
  keys: string[] | null,
): NonNullable<LogReadingWire["field_mapping"]> {
  const { [field]: _, ...rest } = mapping ?? {};
  return keys === null ? rest : { ...mapping, [field]: keys };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** "3 patterns, 2 fields mapped": what is set of how lines are read. */
export function readingSummary(reading: LogReadingWire | undefined): string {
  if (!reading) return "as they come";
  const count = (of: object | undefined) => (of ? Object.keys(of).length : 0);
  const patterns = count(reading.ignore_patterns) + count(reading.trigger_patterns);
  const words = [
    patterns > 0 && (patterns === 1 ? "1 pattern" : `${patterns} patterns`),
    reading.field_mapping && `${count(reading.field_mapping)} mapped`,
    (reading.risk_by_level || reading.minimum_risk_level || reading.maximum_risk_level) && "own risk",
    reading.required_fields && `${count(reading.required_fields)} required`,
    reading.expected_interval_seconds && "silence alarm",
    reading.max_line_bytes && "own line length",
  ];
  return words.filter(Boolean).join(", ") || "as they come";
}
