import { type DescribedField, listWords } from "@/components/settings/described";
import type { LogReadingWire } from "@/lib/contracts/config";
import type { LogField } from "./edit-reading";
import { logFieldWords } from "./log-field-words";

/** How lines are read, as fields a person reads before saving. */
export function describeReading(reading: LogReadingWire = {}): DescribedField[] {
  const mapping = Object.entries(reading.field_mapping ?? {}) as [LogField, string[]][];
  const risks = Object.entries(reading.risk_by_level ?? {});
  const bounds = [
    reading.minimum_risk_level && `at least ${reading.minimum_risk_level}`,
    reading.maximum_risk_level && `at most ${reading.maximum_risk_level}`,
  ];
  return [
    { label: "Ignore lines like", value: (reading.ignore_patterns ?? []).join("  ") },
    { label: "A failure starts at", value: (reading.trigger_patterns ?? []).join("  ") },
    {
      label: "Other keys",
      value: mapping
        .map(([field, keys]) => `${logFieldWords[field] ?? field}: ${listWords(keys)}`)
        .join("; "),
    },
    { label: "Risk by level", value: risks.map(([level, risk]) => `${level}: ${risk}`).join(", ") },
    { label: "Risk bounds", value: bounds.filter(Boolean).join(", ") },
    {
      label: "A failure must have",
      value: listWords((reading.required_fields ?? []).map((field) => logFieldWords[field] ?? field)),
    },
    { label: "Longest line", value: reading.max_line_bytes ? `${reading.max_line_bytes} bytes` : "" },
    {
      label: "Silence alarm after",
      value: reading.expected_interval_seconds ? `${reading.expected_interval_seconds} s` : "",
    },
  ];
}
