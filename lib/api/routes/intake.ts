import { z } from "@hono/zod-openapi";
import {
  intakeReportSchema,
  intakeResponseSchema,
  reportResponseSchema,
  submissionSchema,
} from "@/lib/contracts/report";
import type { AcceptedRecord } from "@/lib/domain/records";
import { countReport } from "@/lib/metrics";
import { AppError } from "@/lib/pipeline/errors";
import { acceptReport } from "@/lib/pipeline/intake/accept-report";
import { incidentToWire } from "@/lib/wire/incident";
import { qualityGateToWire } from "@/lib/wire/record-parts";
import { intakeResponse, reportFromWire, reportResponse } from "@/lib/wire/report";
import { idempotencyOf } from "../idempotency";
import { bindKey } from "../intake-credential";
import { EdgeProblem, type RouteErrors } from "../problem";
import { reportLimitBytes, route } from "../route";
import { parse } from "../serve-route";
import { batchRoute } from "./intake-batch";
import { eventIntakeRoute } from "./intake-events";

const intakeErrors: RouteErrors = {
  intake_project_unknown: [400, "INCIDENT_MONITOR_INTAKE_PROJECT_UNKNOWN"],
  intake_source_unknown: [400, "INCIDENT_MONITOR_INTAKE_SOURCE_UNKNOWN"],
  repo_invalid: [400, "INCIDENT_MONITOR_REPORT_INVALID"],
  quality_gate_blocked: [400, "INCIDENT_MONITOR_REPORT_INVALID"],
  idempotency_key_reused: [409, "INCIDENT_MONITOR_IDEMPOTENCY_KEY_REUSED"],
};

const wrappedSchema = z.object({ report: submissionSchema });

export const intakeRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/report",
    summary: "Report a failure, wrapped in `report` or bare. Creates intake, never an outside effect.",
    auth: { kind: "actor", permission: "report" },
    body: z.looseObject({}),
    redacts: "verb",
    bodyShape: z.union([wrappedSchema, submissionSchema]),
    bodyLimitBytes: reportLimitBytes,
    response: reportResponseSchema,
    errors: intakeErrors,
    run: async ({ ctx, body, request }) => {
      const submission = submissionOf(body);
      const accepted = await acceptReport(ctx, {
        path: { kind: "unbound", provenance: ctx.actor.kind === "user" ? "operator" : "report" },
        report: reportFromWire(submission),
        idempotency: idempotencyOf(request, ctx.actor, body),
      }).catch(withoutIncident);
      return { body: reportResponse(withDraft(accepted, true)) };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/intake/report",
    summary:
      "Report with a scoped key; everything but the failure itself comes from the project's configuration",
    auth: { kind: "intake" },
    body: z.looseObject({}),
    redacts: "verb",
    bodyShape: intakeReportSchema,
    bodyLimitBytes: reportLimitBytes,
    response: intakeResponseSchema,
    errors: intakeErrors,
    run: async ({ body, request, requestId }) => {
      const projectId = typeof body.project_id === "string" ? body.project_id.trim() : "";
      if (!projectId) {
        throw new EdgeProblem(400, "INCIDENT_MONITOR_INTAKE_PROJECT_REQUIRED", "project_id is required", {
          field: "project_id",
        });
      }
      const sourceId =
        typeof body.source_id === "string" && body.source_id.trim() ? body.source_id.trim() : null;
      const ctx = await bindKey(request, requestId, { projectId, sourceId });
      const { report } = parse(intakeReportSchema, body, 422);
      if (!report) throw reportRequired();
      const accepted = await acceptReport(ctx, {
        path: { kind: "bound", projectId, sourceId },
        report: reportFromWire(report),
        idempotency: idempotencyOf(request, ctx.actor, body),
      });
      return { body: intakeResponse(withDraft(accepted, false)) };
    },
  }),
  batchRoute,
  eventIntakeRoute,
];

/** `{report: {...}}` or the submission itself (contract 4.15); an empty body is neither. */
function submissionOf(body: Record<string, unknown>) {
  if (body.report !== undefined && body.report !== null) {
    return parse(wrappedSchema, body, 422).report;
  }
  const known = Object.keys(body).some((key) => key in submissionSchema.shape);
  if (!known) throw reportRequired();
  return parse(submissionSchema, body, 422);
}

function reportRequired(): EdgeProblem {
  return new EdgeProblem(400, "INCIDENT_MONITOR_REPORT_REQUIRED", "report is required", { field: "report" });
}

/** A report that could not even be taken in has neither incident nor gate, and says so (4.15). */
function withoutIncident(error: unknown): never {
  if (!(error instanceof AppError) || error.reason !== "repo_invalid") throw error;
  const context = { incident: null, quality_gate: null, ...error.context };
  throw new AppError(error.kind, error.reason, error.message, context);
}

/** A blocked report is stored and refused: the answer carries the incident and says which gates failed (4.15, 4.16). */
function withDraft(accepted: AcceptedRecord, withGate: boolean) {
  countReport(accepted.outcome);
  const { draft, incident } = accepted;
  if (draft) return { ...accepted, draft };
  // The same request was answered before, and its draft deleted since.
  if (accepted.outcome !== "blocked") {
    throw new AppError("not_found", "draft_not_found", "The draft of this report was deleted", {
      incident_id: incident.incidentId,
    });
  }
  throw new AppError(
    "invalid",
    "quality_gate_blocked",
    incident.qualityGate?.blockedReason ?? "The report was not drafted",
    {
      incident: incidentToWire(incident),
      ...(withGate && { quality_gate: qualityGateToWire(incident.qualityGate) }),
    },
  );
}
