import { z } from "@hono/zod-openapi";
import { rawIntakeKeyOf } from "@/lib/auth/intake-key";
import { type BatchItemWire, batchResponseSchema, submissionSchema } from "@/lib/contracts/report";
import { countReport } from "@/lib/metrics";
import { authorize } from "@/lib/pipeline/authorize";
import type { Context } from "@/lib/pipeline/context";
import { acceptReports } from "@/lib/pipeline/intake/accept-reports";
import type { IncomingReport } from "@/lib/pipeline/intake/prepare-report";
import type { ReportAnswer } from "@/lib/pipeline/intake/report-answer";
import { qualityGateToWire } from "@/lib/wire/record-parts";
import { reportFromWire } from "@/lib/wire/report";
import { bindKey } from "../intake-credential";
import { EdgeProblem, renderProblem } from "../problem";
import { parseJson, parseJsonItems, readText, refuseLarge } from "../read-body";
import { batchLimitBytes, reportLimitBytes, route } from "../route";
import { parse, requireActor } from "../serve-route";

/** Reports in one request at most (D-26). */
const batchCountMax = 500;

const querySchema = z.object({
  project_id: z.string().max(200).optional(),
  source_id: z.string().max(200).optional(),
});

const wrapped = z.object({ report: submissionSchema, source_id: z.string().max(200).nullish() });

/**
 * NDJSON (one report a line) or a JSON array, each `{report, source_id?}` or a bare report. With a scoped key the query
 * names the project; with a full credential the reports are unbound, as on /report.
 */
export const batchRoute = route({
  method: "post",
  path: "/incident-monitor/intake/reports",
  summary: "Up to 500 reports in one commit, answered one by one",
  auth: { kind: "intake", unboundPermission: "report" },
  rawBody: true,
  body: z.array(z.union([wrapped, submissionSchema])),
  lines: true,
  query: querySchema,
  response: batchResponseSchema,
  run: async ({ query, request, requestId }) => {
    const caller = await callerOf(
      request,
      requestId,
      query.project_id?.trim() || null,
      query.source_id?.trim() || null,
    );
    const lines = linesOf(
      await readText(request, batchLimitBytes),
      request.headers.get("content-type") ?? "",
    );
    if (lines.length > batchCountMax) {
      throw new EdgeProblem(413, "PAYLOAD_TOO_LARGE", `At most ${batchCountMax} reports in one request`, {
        limit: batchCountMax,
      });
    }
    if (lines.length === 0)
      throw new EdgeProblem(400, "INCIDENT_MONITOR_REPORT_REQUIRED", "No report was sent");
    const ctx = await caller.take(lines.length);
    const results = new Array<BatchItemWire>(lines.length);
    const incoming: Array<{ index: number; report: IncomingReport }> = [];
    lines.forEach((line, index) => {
      try {
        incoming.push({ index, report: { ...caller.bind(line()), idempotency: null } });
      } catch (error) {
        results[index] = refused(index, error, requestId);
      }
    });
    const answers = await acceptReports(ctx, { reports: incoming.map((each) => each.report) });
    incoming.forEach(({ index }, position) => {
      const answer = answers[position];
      results[index] = answer
        ? answered(index, answer, requestId)
        : refused(index, new Error("no answer"), requestId);
    });
    const accepted = results.filter((each) => each.status === 200).length;
    return { body: { results, accepted, rejected: results.length - accepted } };
  },
});

type Caller = {
  /** Takes `count` from the key's rate. */
  take: (count: number) => Promise<Context>;
  bind: (line: unknown) => Pick<IncomingReport, "path" | "report">;
};

async function callerOf(
  request: Request,
  requestId: string,
  projectId: string | null,
  sourceId: string | null,
): Promise<Caller> {
  if (!projectId) {
    if (
      request.headers.get("x-tandem-incident-monitor-intake-key") ||
      rawIntakeKeyOf(request.headers)?.startsWith("tim_intake_")
    ) {
      throw new EdgeProblem(
        400,
        "INCIDENT_MONITOR_INTAKE_PROJECT_REQUIRED",
        "project_id is required in the query",
        { field: "project_id" },
      );
    }
    const ctx = await requireActor(request, requestId);
    // Once for all: each report asks for itself too, and would be refused and audited by itself.
    await authorize(ctx, "report", { kind: "intake", id: "report", projectId: null });
    const provenance = ctx.actor.kind === "user" ? ("operator" as const) : ("report" as const);
    return {
      take: async () => ctx,
      bind: (line) => ({ path: { kind: "unbound", provenance }, report: reportOf(line).report }),
    };
  }
  // Ten megabytes are read and parsed for nobody without a key, nor for one that is over its rate already.
  await bindKey(request, requestId, { projectId, sourceId, count: 0 });
  return {
    take: (count) => bindKey(request, requestId, { projectId, sourceId, count }),
    bind: (line) => {
      const { report, source } = reportOf(line);
      return { path: { kind: "bound", projectId, sourceId: source ?? sourceId }, report };
    },
  };
}

/** Lines, or the items of an array, as thunks, so that a bad one is refused alone. */
function linesOf(text: string, contentType: string): Array<() => unknown> {
  const array = !/ndjson|jsonl|json-seq/i.test(contentType) && text.trimStart().startsWith("[");
  const items = array ? parseJsonItems(text) : text.split("\n").filter((line) => line.trim() !== "");
  return items.map((item) => () => {
    refuseLarge(item, reportLimitBytes, "A report");
    return parseJson(item);
  });
}

function reportOf(line: unknown) {
  const isWrapped = typeof line === "object" && line !== null && "report" in line;
  if (!isWrapped) return { report: reportFromWire(parse(submissionSchema, line, 422)), source: null };
  const { report, source_id } = parse(wrapped, line, 422);
  return { report: reportFromWire(report), source: source_id?.trim() || null };
}

function answered(index: number, answer: ReportAnswer, requestId: string): BatchItemWire {
  if (!answer.ok) return refused(index, answer.error, requestId);
  const { outcome, incident, draft, held } = answer.accepted;
  countReport(outcome);
  return {
    index,
    status: draft ? 200 : 400,
    outcome,
    incident_id: incident.incidentId,
    ...(draft && { draft_id: draft.draftId }),
    ...(held && { held: true as const }),
    ...(!draft && {
      code: "INCIDENT_MONITOR_REPORT_INVALID",
      error: incident.qualityGate?.blockedReason ?? "The report was not drafted",
      quality_gate: qualityGateToWire(incident.qualityGate),
    }),
  };
}

function refused(index: number, error: unknown, requestId: string): BatchItemWire {
  countReport("refused");
  const { status, body } = renderProblem(error, requestId);
  return { index, status, code: body.code, error: body.error, ...(body.field && { field: body.field }) };
}
