import { insertEvidence, type NewEvidence } from "@/lib/db/evidence-store";
import { findLiveIncidents } from "@/lib/db/live-incident-store";
import { inPlainTransaction } from "@/lib/db/transaction";
import type { MonitorConfig } from "@/lib/domain/config";
import type { LogCandidate } from "@/lib/domain/log-reading";
import type { Context } from "../context";
import { type PreparedReport, prepareReports } from "../intake/accept-reports";
import type { ReportAnswer } from "../intake/report-answer";
import { writeReports } from "../intake/write-reports";
import { makeEvidence } from "./watch-evidence";
import type { WatchedReport } from "./watch-report";

/** A failure found in a log by somebody who looked for it, and the report it is. */
export type FoundFailure = { candidate: LogCandidate; report: WatchedReport };

/**
 * Takes in failures of a log that its reader did not bring, as it would have; in the order given. What opens an incident
 * leaves evidence, as the reader's first sighting does. Every error among the answers is a report's own refusal.
 *
 * @throws what kept their commit from being written, or from being known to be.
 */
export async function countFailures(
  ctx: Context,
  config: MonitorConfig,
  failures: readonly FoundFailure[],
): Promise<ReportAnswer[]> {
  const answers: ReportAnswer[] = [];
  const submitted = failures.map(({ report }) => ({ ctx, incoming: report }));
  const prepared = await prepareReports(submitted, config, answers);
  const due = await firstSightings(ctx, prepared);
  const made = await makeEvidence(
    due.flatMap((each) => {
      const failure = failures[each.index];
      if (!failure) return [];
      return { prepared: each, candidate: failure.candidate, place: failure.report.place };
    }),
    config,
    ctx.nowMs,
  );
  const groups = new Map(due.map((each, at) => [each.index, made[at]?.group ?? each.group]));
  const whole = prepared.map((each) => ({ ...each, group: groups.get(each.index) ?? each.group }));
  await writeReports(ctx, whole, answers);
  const kept = due.flatMap((each, at): NewEvidence[] => {
    const answer = answers[each.index];
    const evidence = made[at]?.evidence;
    if (!evidence || !answer?.ok || answer.accepted.alreadyCounted) return [];
    const { incident, draft } = answer.accepted;
    return [{ ...evidence, incidentId: incident.incidentId, draftId: draft?.draftId ?? null }];
  });
  if (kept.length > 0) await inPlainTransaction(ctx.db, (open) => insertEvidence(open, kept));
  return answers;
}

/** Of each failure that no incident is known of, the first. */
async function firstSightings(ctx: Context, prepared: readonly PreparedReport[]): Promise<PreparedReport[]> {
  const firsts = new Map<string, PreparedReport>();
  for (const each of prepared) if (!firsts.has(each.group.identity)) firsts.set(each.group.identity, each);
  const live = await findLiveIncidents(ctx.db, [...firsts.keys()]);
  return [...firsts].flatMap(([identity, each]) => (live.has(identity) ? [] : [each]));
}
