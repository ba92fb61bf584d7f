import { loadConfig } from "@/lib/db/config-store";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { bindReport, type IncomingReport, prepareGroup } from "./prepare-report";
import { redactReports } from "./redact-reports";
import type { ReportAnswer } from "./report-answer";
import { writeReports } from "./write-reports";

export type AcceptReportsInput = { reports: IncomingReport[] };

export type Submitted = { ctx: Context; incoming: IncomingReport };

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
  const config = await loadConfig(ctx.db);
  const bound = await Promise.all(
    submitted.map(async (each, index) => {
      try {
        const project = each.incoming.path.kind === "bound" ? each.incoming.path.projectId : null;
        const permission = each.incoming.path.kind === "bound" ? "intake" : "report";
        await authorize(each.ctx, permission, {
          kind: "intake",
          id: project ?? "report",
          projectId: project,
        });
        refuseOtherPlace(each);
        return { index, ...each, bound: bindReport(each.incoming, config) };
      } catch (error) {
        answers[index] = { ok: false, error: asAppError(error) };
        return null;
      }
    }),
  );
  const kept = bound.filter((each) => each !== null);
  const redacted = await redactReports(kept.map((each) => each.bound));
  const prepared = kept.map((each, position) => {
    const one = redacted[position];
    if (!one) throw new Error("redaction lost a report");
    return {
      index: each.index,
      caller: each.ctx,
      group: prepareGroup(one, each.bound, each.incoming, each.ctx.actor, config, ctx.nowMs),
    };
  });
  await writeReports(ctx, prepared, answers);
  return answers;
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
