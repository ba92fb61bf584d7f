import { loadConfig } from "@/lib/db/config-store";
import { loadGrouping } from "@/lib/db/grouping-store";
import type { IntakeGroup } from "@/lib/db/intake-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { noGrouping } from "@/lib/domain/grouping";
import type { ReportOrigin } from "@/lib/domain/report";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { bindReport, type IncomingReport, prepareGroup } from "./prepare-report";
import { type RedactedReport, redactReports } from "./redact-reports";
import type { ReportAnswer } from "./report-answer";
import { type Prepared, writeReports } from "./write-reports";

export type AcceptReportsInput = { reports: IncomingReport[] };

export type Submitted = { ctx: Context; incoming: IncomingReport };

/** With what it was made from, for whoever has something to add to the redacted report before it is written. */
export type PreparedReport = Prepared & {
  origin: ReportOrigin;
  redacted: RedactedReport;
  regroup: (report: RedactedReport) => IntakeGroup;
};

/**
 * Accepts one caller's reports together, in the order given; at most 500 (D-26). Every error among the answers is a
 * report's own refusal.
 *
 * @throws what kept their commit from being written, or from being known to be: the request as a whole has no answer.
 */
export async function acceptReports(ctx: Context, input: AcceptReportsInput): Promise<ReportAnswer[]> {
  const answers = await acceptBatch(
    input.reports.map((incoming) => ({ ctx, incoming })),
    ctx,
  );
  for (const answer of answers) if (!answer.ok && !(answer.error instanceof AppError)) throw answer.error;
  return answers;
}

/**
 * Bind, redact, identify, judge and draft every report in memory, then write them all in one statement. Called with the
 * reports of several callers when they arrive together (the intake batcher).
 */
export async function acceptBatch(submitted: Submitted[], ctx: Context): Promise<ReportAnswer[]> {
  const answers = new Array<ReportAnswer>(submitted.length);
  const prepared = await prepareReports(submitted, await loadConfig(ctx.db), answers);
  await writeReports(ctx, prepared, answers);
  return answers;
}

/**
 * Everything before the database, for all of them at once: may it come this way, where does it belong, redact, identify,
 * judge, draft. A report that is refused gets its answer here and is not among what is returned.
 */
export async function prepareReports(
  submitted: readonly Submitted[],
  config: MonitorConfig,
  answers: ReportAnswer[],
): Promise<PreparedReport[]> {
  const bound = await Promise.all(
    submitted.map(async (each, index) => {
      try {
        await authorizePath(each);
        refuseOtherPlace(each);
        return { index, ...each, bound: bindReport(each.incoming, config) };
      } catch (error) {
        answers[index] = { ok: false, error: asAppError(error) };
        return null;
      }
    }),
  );
  const kept = bound.filter((each) => each !== null);
  const redacted = await redactReports(
    kept.map((each) => each.bound),
    config.safetyDefaults,
  );
  const [first] = submitted;
  const grouping = first ? await loadGrouping(first.ctx.db) : noGrouping;
  return kept.map((each, position) => {
    const one = redacted[position];
    if (!one) throw new Error("redaction lost a report");
    const regroup = (report: RedactedReport) =>
      prepareGroup(report, each.bound, each.incoming, each.ctx.actor, config, grouping, each.ctx.nowMs);
    return {
      index: each.index,
      caller: each.ctx,
      origin: each.bound.origin,
      redacted: one,
      regroup,
      group: regroup(one),
    };
  });
}

/** Who may report by which path: a log is read by the product itself, and again by those who configure its source. */
async function authorizePath({ ctx, incoming: { path } }: Submitted): Promise<void> {
  const projectId = path.kind === "unbound" ? null : path.projectId;
  const permission = {
    unbound: "report",
    bound: "intake",
    watched: ctx.actor.kind === "system" ? "work" : "configure",
  } as const;
  await authorize(ctx, permission[path.kind], { kind: "intake", id: projectId ?? "report", projectId });
}

/** A line of a batch names its own source: a key is held to its project and sources whatever the edge asked it about. */
function refuseOtherPlace({ ctx: { actor }, incoming: { path } }: Submitted): void {
  if (actor.kind !== "intakeKey" || path.kind !== "bound") return;
  const isOwnProject = actor.projectId === path.projectId;
  const { sourceIds } = actor;
  const isOwnSource = path.sourceId === null || sourceIds.length === 0 || sourceIds.includes(path.sourceId);
  if (isOwnProject && isOwnSource) return;
  const field = isOwnProject ? "source_id" : "project_id";
  throw new AppError("forbidden", "key_other_place", "The intake key may not report there", { field });
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
