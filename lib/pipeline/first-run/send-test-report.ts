import { insertTestReport } from "@/lib/db/test-receiver-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { AcceptedRecord, Draft } from "@/lib/domain/records";
import type { FailureReport } from "@/lib/domain/report";
import { testReportEvent, testReportSource, testReportTitle } from "@/lib/domain/test-receiver";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { acceptReport } from "../intake/accept-report";
import type { IntakePath } from "../intake/report-origin";
import { recordAudit } from "../record-audit";
import { requireProject } from "../settings/require-project";

export type SendTestReportInput = { projectId: string | null };

/**
 * Sends a report that says it is a test through the real intake: redacted, identified, judged, drafted and routed as every
 * other. Each has its own identity, so that a second test is a second draft.
 *
 * @throws AppError forbidden, invalid `intake_project_unknown`
 */
export async function sendTestReport(
  ctx: Context,
  { projectId }: SendTestReportInput,
): Promise<AcceptedRecord & { draft: Draft }> {
  await authorize(ctx, "report", { kind: "test_report", id: "new", projectId });
  // Bound as a key of the project would bind it, which nobody signed in may do otherwise: the entry below names who asked.
  const accepted = await acceptReport(
    { ...ctx, actor: { kind: "system", name: "first-run" } },
    { path: await pathOf(ctx, projectId), report: testReport(), idempotency: null },
  );
  const { draft, incident } = accepted;
  if (!draft) {
    const words = incident.qualityGate?.blockedReason ?? "The test report was not drafted";
    throw new AppError("invalid", "quality_gate_blocked", words);
  }
  const at = { draftId: draft.draftId, incidentId: incident.incidentId, projectId };
  await inTransaction(ctx.db, async (tx) => {
    await insertTestReport(tx, { ...at, createdBy: actorRef(ctx.actor), createdAtMs: ctx.nowMs });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.test_report.sent",
      subject: { kind: "draft", id: draft.draftId, projectId },
      detail: { incident_id: incident.incidentId },
    });
  });
  return { ...accepted, draft };
}

async function pathOf(ctx: Context, projectId: string | null): Promise<IntakePath> {
  if (projectId === null) return { kind: "unbound", provenance: "operator" };
  const project = await requireProject(ctx, projectId);
  return { kind: "bound", projectId, sourceId: project.logSources[0]?.sourceId ?? null };
}

function testReport(): FailureReport {
  return {
    title: testReportTitle,
    detail:
      "TestReport: sent on purpose from the first-run checklist to see the whole way, from a report to a receipt.\n" +
      "Nothing has failed. Approve it, publish it to the test receiver, then delete it.",
    source: testReportSource,
    event: testReportEvent,
    component: "first-run",
    level: "error",
    riskLevel: "low",
    fingerprint: `test-report-${newId.request()}`,
    excerpt: ["This line is evidence as a log would give it.", "test: true"],
    evidenceRefs: [],
    externalCorrelationIds: [],
    attributes: {},
  };
}
