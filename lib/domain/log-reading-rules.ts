import type { LogSource } from "./config";
import { type LevelThreshold, levelOfWord } from "./log-level";
import type { LogField, LogFormat, LogReading } from "./log-reading";
import { compilePattern } from "./route-pattern";
import type { SourceBinding } from "./source-binding";

export const lineBytes = { min: 1_024, max: 1_048_576, fallback: 262_144 } as const;

/** How one source's lines are read: its configuration with defaults filled in and patterns compiled, once per source. */
export type LogRules = {
  projectId: string;
  sourceId: string;
  path: string;
  format: LogFormat;
  threshold: LevelThreshold;
  /** Keys to look under before the usual ones. */
  mapping: Partial<Record<LogField, string[]>>;
  riskByLevel: Readonly<Record<string, string>>;
  minimumRiskLevel: string | null;
  maximumRiskLevel: string | null;
  /** Is this record no failure, whatever its level? */
  ignores: TextTest | null;
  /** Does this plaintext line start a failure, whatever its words? */
  triggers: TextTest | null;
  triggerPatterns: readonly string[];
  maxLineBytes: number;
  expectedIntervalSeconds: number | null;
  requiredFields: readonly LogField[];
  expectedSchemaVersion: string | null;
};

export type TextTest = (text: string) => boolean;

/** The rules of a source. A pattern that does not compile was refused when it was saved; should one be here, it matches nothing. */
export function logRules(
  source: Pick<LogSource, "sourceId" | "path" | "format" | "minimumLevel"> & { reading?: LogReading },
  binding: Pick<SourceBinding, "projectId" | "dataReadiness">,
): LogRules {
  const reading = source.reading ?? {};
  return {
    projectId: binding.projectId,
    sourceId: source.sourceId,
    path: source.path,
    format: source.format,
    threshold: source.minimumLevel,
    mapping: reading.fieldMapping ?? {},
    riskByLevel: byWord(reading.riskByLevel ?? {}),
    minimumRiskLevel: reading.minimumRiskLevel ?? null,
    maximumRiskLevel: reading.maximumRiskLevel ?? null,
    ignores: anyOf(reading.ignorePatterns),
    triggers: anyOf(reading.triggerPatterns),
    triggerPatterns: reading.triggerPatterns ?? [],
    maxLineBytes: clampLineBytes(reading.maxLineBytes),
    expectedIntervalSeconds: reading.expectedIntervalSeconds ?? null,
    requiredFields: reading.requiredFields ?? [],
    expectedSchemaVersion: binding.dataReadiness.expectedSchemaVersion?.trim() || null,
  };
}

/** Levels that are numbers (`50`) under the word they are shown by. */
function byWord(risks: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(risks).map(([level, risk]) => [
      (/^\d+$/.test(level.trim()) ? levelOfWord(level)?.word : null) ?? level.trim().toLowerCase(),
      risk,
    ]),
  );
}

const clampLineBytes = (given: number | undefined) =>
  Math.min(Math.max(given ?? lineBytes.fallback, lineBytes.min), lineBytes.max);

/** Does any of these patterns occur in a text? null when there is none. */
function anyOf(patterns: readonly string[] | undefined): TextTest | null {
  const tests = (patterns ?? []).flatMap((pattern) => {
    const compiled = compilePattern(pattern);
    return compiled.ok ? [compiled.finds] : [];
  });
  return tests.length === 0 ? null : (text) => tests.some((finds) => finds(text));
}
