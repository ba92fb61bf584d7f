/** What is left to worry about once everything was looked at. */
export type ResidualRisk = "high" | "medium" | "low";

export type RiskCounts = {
  /** Of all findings, whatever a report lists. */
  criticalOrHighFindings: number;
  failedProbes: number;
  blockedProbes: number;
  /** Of the pack that was played and of the newest runs of stored ones. */
  failedScenarios: number;
  blockedScenarios: number;
  metricBreaches: number;
  driftFlags: number;
};

export type RiskCause = { code: keyof RiskCounts; count: number; weight: "high" | "medium" };

/** A control that did not hold is high; one that could not be tried, or a share that moved, is medium (reference 8.8, W-58). */
const weights: Readonly<Record<keyof RiskCounts, RiskCause["weight"]>> = {
  criticalOrHighFindings: "high",
  failedProbes: "high",
  failedScenarios: "high",
  metricBreaches: "high",
  blockedProbes: "medium",
  blockedScenarios: "medium",
  driftFlags: "medium",
};

/** The heaviest cause there is, with all of them, heaviest first; low where there is none. */
export function residualRisk(counts: RiskCounts): { risk: ResidualRisk; because: RiskCause[] } {
  const codes = Object.keys(weights) as Array<keyof RiskCounts>;
  const because = codes
    .filter((code) => counts[code] > 0)
    .map((code) => ({ code, count: counts[code], weight: weights[code] }));
  return { risk: because[0]?.weight ?? "low", because };
}
