import { wordOfRank } from "./log-level";
import type { LogCandidate, LogRecord } from "./log-reading";
import type { LogRules } from "./log-reading-rules";
import type { Attributes, FailureReport } from "./report";
import { reportLimits } from "./report";
import { truncateBytes } from "./runtime-event-fields";
import { confidenceRank, riskRank } from "./severity";

const titleBytes = 200;
const rowBytes = 2_000;
const stackRows = 20;
const futureMs = 86_400_000;

/**
 * The report that intake takes of a failure found in a log. Its words are the record's own: lines before the trigger belong to
 * the evidence and are never here, so they never make the identity (W-25).
 */
export function logReport(candidate: LogCandidate, rules: LogRules, nowMs: number): FailureReport {
  const { record } = candidate;
  const { riskCategory, ...attributes } = record.attributes;
  return {
    title: truncateBytes(record.message.split("\n", 1)[0] ?? "", titleBytes),
    source: `incident_monitor.log.${rules.sourceId}`,
    event: record.event ?? "log.error",
    level: record.level ?? wordOfRank(record.levelRank),
    component: record.component,
    confidence: confidenceRank(record.confidence) > 0 ? record.confidence : "high",
    riskLevel: riskOf(record, rules),
    riskCategory,
    fingerprint: record.fingerprint,
    excerpt: excerptOf(record),
    evidenceRefs: [],
    externalCorrelationIds: record.externalCorrelationIds,
    attributes: { ...(attributes as Attributes), process: record.process, fileName: rules.path },
    occurredAtMs: saneTime(record.occurredAtMs, nowMs),
  };
}

/** The message, then the trace; of one that names its exception last, its beginning and its end. */
function excerptOf({ message, stack }: LogRecord): string[] {
  const endsWithCause = stack.some((row) => row.includes("Traceback (most recent call last):"));
  const isLong = stack.length > stackRows;
  const rows =
    isLong && endsWithCause
      ? [...stack.slice(0, 1), ...stack.slice(1 - stackRows)]
      : stack.slice(0, stackRows);
  return [message, ...rows].slice(0, reportLimits.listRows).map((row) => truncateBytes(row, rowBytes));
}

/** The line's own risk, else the one its level has here, else one by how bad the level is; within the source's bounds (W-23). */
export function riskOf(
  record: Pick<LogRecord, "riskLevel" | "level" | "levelRank">,
  rules: RiskRules,
): string {
  const byWord = record.level === null ? undefined : rules.riskByLevel[record.level];
  const byRank = record.levelRank >= 6 ? "high" : record.levelRank === 4 ? "low" : "medium";
  const said = record.riskLevel && riskRank(record.riskLevel) > 0 ? record.riskLevel : (byWord ?? byRank);
  const { minimumRiskLevel: least, maximumRiskLevel: most } = rules;
  if (least !== null && riskRank(said) < riskRank(least)) return least;
  return most !== null && riskRank(said) > riskRank(most) ? most : said;
}

type RiskRules = Pick<LogRules, "riskByLevel" | "minimumRiskLevel" | "maximumRiskLevel">;

/** A clock may be a little ahead; one that is a day ahead is wrong, and then the time of reading counts. */
function saneTime(occurredAtMs: number | undefined, nowMs: number): number | undefined {
  if (occurredAtMs === undefined || occurredAtMs <= 0 || occurredAtMs > nowMs + futureMs) return undefined;
  return Math.min(occurredAtMs, nowMs);
}
