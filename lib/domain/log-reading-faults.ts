import type { Issue } from "./config-issue";
import { type LogField, type LogReading, logFields } from "./log-reading";
import { lineBytes } from "./log-reading-rules";
import { compilePattern } from "./route-pattern";
import { riskRank } from "./severity";

const intervalSeconds = { min: 1, max: 31 * 86_400 } as const;

/**
 * What is wrong with how a source is to be read, for the check before it is saved. Paths are in wire words, from the log source:
 * `reading.ignore_patterns[0]`.
 */
export function logReadingFaults(reading: LogReading): Issue[] {
  return [
    ...patternFaults("ignore_patterns", reading.ignorePatterns),
    ...patternFaults("trigger_patterns", reading.triggerPatterns),
    ...mappingFaults(reading.fieldMapping),
    ...(reading.requiredFields ?? []).flatMap((field, index) =>
      fieldFault(`required_fields[${index}]`, field),
    ),
    ...rangeFault("max_line_bytes", reading.maxLineBytes, lineBytes),
    ...rangeFault("expected_interval_seconds", reading.expectedIntervalSeconds, intervalSeconds),
    ...riskFaults(reading),
  ];
}

const issue = (path: string, code: string, message: string): Issue => ({
  path: `reading.${path}`,
  code,
  message,
});

function patternFaults(field: string, patterns: readonly string[] = []): Issue[] {
  return patterns.flatMap((pattern, index) => {
    const compiled = compilePattern(pattern);
    if (compiled.ok) return [];
    const { message, position } = compiled.fault;
    return issue(`${field}[${index}]`, "pattern_invalid", `The pattern ${message} (character ${position}).`);
  });
}

function mappingFaults(mapping: LogReading["fieldMapping"] = {}): Issue[] {
  return Object.entries(mapping).flatMap(([field, keys]) => [
    ...fieldFault(`field_mapping.${field}`, field),
    ...(keys ?? []).flatMap((key, index) =>
      key.split(".").some((part) => part.trim() === "")
        ? issue(
            `field_mapping.${field}[${index}]`,
            "key_invalid",
            "A key must not be blank, nor a part of it between dots.",
          )
        : [],
    ),
  ]);
}

function fieldFault(path: string, field: string): Issue[] {
  if (logFields.includes(field as LogField)) return [];
  return [issue(path, "field_unknown", `There is no field ${field}; it is one of ${logFields.join(", ")}.`)];
}

function rangeFault(
  field: string,
  value: number | undefined,
  { min, max }: { min: number; max: number },
): Issue[] {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return [];
  return [issue(field, "out_of_range", `${field} must be a whole number from ${min} to ${max}.`)];
}

function riskFaults({
  riskByLevel = {},
  minimumRiskLevel: least,
  maximumRiskLevel: most,
}: LogReading): Issue[] {
  const named: Array<[string, string | undefined]> = [
    ...Object.entries(riskByLevel).map(([level, risk]): [string, string] => [`risk_by_level.${level}`, risk]),
    ["minimum_risk_level", least],
    ["maximum_risk_level", most],
  ];
  const unknown = named.flatMap(([path, risk]) =>
    risk === undefined || riskRank(risk) > 0
      ? []
      : issue(path, "risk_unknown", "That is no risk level; it is one of critical, high, medium, low, info."),
  );
  if (unknown.length > 0 || !least || !most || riskRank(least) <= riskRank(most)) return unknown;
  const message = "minimum_risk_level must not be above maximum_risk_level.";
  return [issue("minimum_risk_level", "risk_bounds_contradict", message)];
}
