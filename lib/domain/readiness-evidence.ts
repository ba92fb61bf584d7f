import { attention, type EvaluatedControl, met, notEvaluable } from "./production-readiness";
import { control, times } from "./readiness-control";

const dayMs = 86_400_000;
/** Evidence older than this says little about today. */
export const freshnessDays = 30;
/** Sealing takes less than a second; an entry that waits this long is not being sealed. */
const sealingPatienceMs = 5 * 60_000;
function freshness(lastAtMs: number | null, nowMs: number, run: string) {
  if (lastAtMs === null) return notEvaluable(`No ${run} is on record.`, `Make the first ${run}.`);
  const days = Math.floor((nowMs - lastAtMs) / dayMs);
  return days > freshnessDays
    ? attention(
        `The last ${run} is ${times(days, "day")} old.`,
        `Make another ${run}: at least every ${freshnessDays} days.`,
      )
    : null;
}

/** What this product itself shows. */
export const evidenceControls: EvaluatedControl[] = [
  control(
    "shipped_evidence",
    "authority_inventory",
    "Who may act is on record",
    ["Authority inventory", "/security/inventory"],
    ({ inventory: { runtimes, staleRuntimes, sources } }) =>
      staleRuntimes > 0
        ? attention(
            `${times(staleRuntimes, "runtime")} of ${runtimes} said nothing for longer than promised.`,
            "Have the runtime register again, or take it out.",
          )
        : met(`${times(sources, "source")} and ${times(runtimes, "runtime")} are on record, none stale.`),
  ),
  control(
    "shipped_evidence",
    "posture",
    "No grave posture finding is open",
    ["Posture", "/security/posture"],
    ({ posture: { high, total } }) =>
      high > 0
        ? attention(
            `${times(high, "finding")} of high or critical severity stand open.`,
            "Open each and follow its fix.",
          )
        : met(
            total > 0
              ? `${times(total, "finding")} of lower severity, none high.`
              : "The rules find nothing.",
          ),
  ),
  control(
    "shipped_evidence",
    "probes",
    "Controls were tried lately and held",
    ["Probes", "/security/probes"],
    ({ probes }, nowMs) =>
      freshness(probes.lastAtMs, nowMs, "probe run") ??
      (probes.failed > 0
        ? attention(
            `${times(probes.failed, "probe")} failed in the last run.`,
            "Open the run and end what failed.",
          )
        : met("The last run failed nowhere.")),
  ),
  control(
    "shipped_evidence",
    "scenarios",
    "Hostile scenarios were played lately and stopped",
    ["Scenarios", "/security/scenarios"],
    ({ scenarios }, nowMs) =>
      freshness(scenarios.lastAtMs, nowMs, "scenario run") ??
      (scenarios.unproved > 0
        ? attention(
            `${times(scenarios.unproved, "scenario")} failed or could not be judged.`,
            "Open the last run of each.",
          )
        : met("Every scenario was stopped when it was last played.")),
  ),
  control(
    "shipped_evidence",
    "governance_metrics",
    "Governance metrics keep their minimums",
    ["Governance metrics", "/security/metrics"],
    ({ metrics: { evaluable, breached, drifted } }) =>
      evaluable === 0
        ? notEvaluable("Too little happened in the last seven days to measure.")
        : breached + drifted > 0
          ? attention(
              `${times(breached, "metric")} below the minimum, ${times(drifted, "signal")} drifted.`,
              "Open the metric and its evidence.",
            )
          : met(`${times(evaluable, "metric")} could be measured and none is below its minimum.`),
  ),
  control(
    "shipped_evidence",
    "receipts",
    "What left has a receipt",
    ["Receipts", "/receipts"],
    ({ receipts: { evaluable, breached, rate } }) =>
      !evaluable || rate === null
        ? notEvaluable("Too few deliveries ended in the last seven days to say.")
        : breached
          ? attention(
              `${Math.floor(rate * 100)} % of what ended has proof of where it arrived.`,
              "Open the receipts without an address.",
            )
          : met(`${Math.floor(rate * 100)} % of what ended has proof of where it arrived.`),
  ),
  control(
    "shipped_evidence",
    "reassessment",
    "Reassessments keep to their schedule",
    ["Reassessments", "/security/reassessments"],
    ({ reassessments: { scopes, ran, overdue } }) =>
      overdue > 0
        ? attention(
            `${times(overdue, "scope")} of ${scopes} are overdue.`,
            "Assess now, and see why the worker does not.",
          )
        : ran < scopes
          ? notEvaluable(
              `${times(scopes - ran, "scope")} of ${scopes} were not assessed yet.`,
              "Wait for the first record, or assess now.",
            )
          : met(`${times(scopes, "scope")} assessed, none overdue.`),
  ),
  control(
    "shipped_evidence",
    "deployment_cards",
    "Every deployed thing has an answer for",
    ["Deployment cards", "/security/cards"],
    ({ cards: { total, missingFields, overdueReviews } }) =>
      missingFields + overdueReviews > 0
        ? attention(
            `${times(missingFields, "required field")} missing on ${times(total, "card")}, ${times(overdueReviews, "review")} overdue.`,
            "Fill in the cards and record the reviews.",
          )
        : met(`${times(total, "card")} complete, no review overdue.`),
  ),
  control(
    "shipped_evidence",
    "assessment_report",
    "An assessment was reported lately",
    ["Assessment report", "/security/report"],
    ({ report }, nowMs) =>
      freshness(report.lastAtMs, nowMs, "assessment report") ??
      met("A report of the last month is on record."),
  ),
  control(
    "shipped_evidence",
    "audit_sealed",
    "The audit ledger is sealed and unbroken",
    ["Audit", "/security/audit"],
    ({ audit }, nowMs) => {
      if (audit.agreesWithHost === false)
        return attention(
          "The ledger does not begin with the checkpoint that this host remembers.",
          "Find out who changed it: see operations, restored backups.",
        );
      const waits = audit.oldestUnsealedAtMs !== null && nowMs - audit.oldestUnsealedAtMs > sealingPatienceMs;
      if (waits)
        return attention(
          `${times(audit.unsealed, "entry", "entries")} wait to be sealed for minutes.`,
          "Look whether the worker runs and holds the signing key.",
        );
      return audit.sealedEntries === 0
        ? notEvaluable("Nothing was sealed yet.", "Look whether the worker runs and holds the signing key.")
        : met(`${times(audit.sealedEntries, "entry", "entries")} sealed under a signed checkpoint.`);
    },
  ),
];
