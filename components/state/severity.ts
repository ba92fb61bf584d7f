export type Severity = "critical" | "high" | "medium" | "low" | "info";

export type SeverityLook = { severity: Severity; word: string; rank: number };

const words: Record<Severity, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  info: "Info",
};

const ranks: Record<Severity, number> = { critical: 4, high: 3, medium: 2, low: 1, info: 0 };

const synonyms: Record<string, Severity> = {
  critical: "critical",
  urgent: "critical",
  severe: "critical",
  fatal: "critical",
  high: "high",
  error: "high",
  medium: "medium",
  moderate: "medium",
  warning: "medium",
  warn: "medium",
  low: "low",
  minor: "low",
  info: "info",
  informational: "info",
  none: "info",
  notice: "info",
  debug: "info",
  trace: "info",
};

/** The five ranks; a word outside them keeps itself and takes the lowest weight, so nothing is guessed upwards. */
export function severityLook(value: string | null | undefined): SeverityLook {
  const key = value?.trim().toLowerCase() ?? "";
  const severity = Object.hasOwn(synonyms, key) ? synonyms[key] : undefined;
  if (severity) return { severity, word: words[severity], rank: ranks[severity] };
  const word = key ? key.charAt(0).toUpperCase() + key.slice(1) : "Unrated";
  return { severity: "info", word, rank: ranks.info };
}
