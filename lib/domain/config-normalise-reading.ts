import type { LogReading } from "./log-reading";
import { normaliseList, storable } from "./text";

/** How a source is read, as it is stored: without what says nothing, unset when nothing is said at all. Idempotent. */
export function normaliseReading(reading: LogReading | undefined): LogReading | undefined {
  if (!reading) return undefined;
  const mapping = pairsOf(reading.fieldMapping ?? {}).map(([field, keys]) => [field, list(keys)]);
  const risks = pairsOf(reading.riskByLevel ?? {}).map(([level, risk]) => [word(level), word(risk)]);
  const said = {
    ...reading,
    fieldMapping: Object.fromEntries(mapping.filter(([, keys]) => keys?.length)),
    riskByLevel: Object.fromEntries(risks.filter(([level, risk]) => level && risk)),
    minimumRiskLevel: word(reading.minimumRiskLevel ?? ""),
    maximumRiskLevel: word(reading.maximumRiskLevel ?? ""),
    ignorePatterns: patterns(reading.ignorePatterns),
    triggerPatterns: patterns(reading.triggerPatterns),
    requiredFields: [...new Set(reading.requiredFields)],
  };
  const kept = Object.entries(said).filter(([, value]) => !isEmpty(value));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

const pairsOf = <Value>(record: Partial<Record<string, Value>>) =>
  Object.entries(record) as Array<[string, Value]>;
const word = (text: string) => storable(text).trim().toLowerCase();
const list = (rows: readonly string[]) => normaliseList(rows.map(storable));
/** Blanks mean something in a pattern. */
const patterns = (rows: readonly string[] = []) => [
  ...new Set(rows.map(storable).filter((row) => row.trim() !== "")),
];

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
