import type { DestinationKind, SafetyDefaults } from "./config";
import { type Reason, reason } from "./reason";
import { normaliseKey } from "./text";

const ranks: Readonly<Record<string, number>> = {
  critical: 5,
  urgent: 5,
  severe: 5,
  high: 4,
  medium: 3,
  moderate: 3,
  low: 2,
  info: 1,
  informational: 1,
  none: 1,
};

/** 5 critical ... 1 info, 0 unknown (contract 6.7). */
export function riskRank(level: string | null | undefined): number {
  return rankIn(ranks, level);
}

const levelRanks: Readonly<Record<string, number>> = {
  fatal: 6,
  critical: 6,
  crit: 6,
  panic: 6,
  alert: 6,
  emergency: 6,
  emerg: 6,
  error: 5,
  err: 5,
  severe: 5,
  exception: 5,
  warning: 4,
  warn: 4,
  notice: 3,
  info: 3,
  information: 3,
  informational: 3,
  debug: 2,
  trace: 1,
  verbose: 1,
};

/** The severity a log line or a report carries: 6 fatal ... 1 trace, 0 unknown. */
export function levelRank(level: string | null | undefined): number {
  return rankIn(levelRanks, level);
}

const confidenceRanks: Readonly<Record<string, number>> = { high: 3, medium: 2, moderate: 2, low: 1 };

/** 3 high ... 1 low, 0 unknown. */
export function confidenceRank(confidence: string | null | undefined): number {
  return rankIn(confidenceRanks, confidence);
}

/** The higher of a level and a floor; the floor never lowers (case 72). */
export function raiseToFloor(
  level: string | null | undefined,
  floor: string | null | undefined,
): string | undefined {
  if (floor && riskRank(floor) > riskRank(level)) return floor;
  return level ?? undefined;
}

/** Why something counts as high risk; empty when it does not (D-08). */
export function highRiskReasons(
  subject: {
    riskLevel?: string | null;
    riskCategory?: string | null;
    destinationKinds: readonly DestinationKind[];
  },
  safety: SafetyDefaults,
): Reason[] {
  const found: Reason[] = [];
  if (riskRank(subject.riskLevel) >= 4) {
    found.push(reason("risk_level", `Risk is ${subject.riskLevel}`, { level: subject.riskLevel ?? "" }));
  }
  const category = normaliseKey(subject.riskCategory);
  if (category && safety.highRiskCategories.some((listed) => normaliseKey(listed) === category)) {
    found.push(reason("risk_category", `Category ${category} is listed as high risk`, { category }));
  }
  const listed = subject.destinationKinds.filter((kind) => safety.highRiskDestinationKinds.includes(kind));
  for (const kind of new Set(listed)) {
    found.push(reason("destination_kind", `Destinations of kind ${kind} are listed as high risk`, { kind }));
  }
  return found;
}

/** Reported words are anybody's: one called `constructor` has no rank by being called so. */
function rankIn(ranksOf: Readonly<Record<string, number>>, word: string | null | undefined): number {
  if (word && Object.hasOwn(ranksOf, word)) return ranksOf[word] ?? 0;
  const key = normaliseKey(word) ?? "";
  return Object.hasOwn(ranksOf, key) ? (ranksOf[key] ?? 0) : 0;
}
