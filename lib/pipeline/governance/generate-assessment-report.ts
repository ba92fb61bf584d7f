import { insertAssessment } from "@/lib/db/assessment-store";
import { inTransaction } from "@/lib/db/transaction";
import { sha256Hex } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import {
  type AssessmentAsk,
  type AssessmentEvidence,
  assessmentsKept,
  type ExportRoute,
  type KeptAssessment,
} from "@/lib/domain/assessment";
import { type Mitigation, mitigationsOf } from "@/lib/domain/assessment-mitigations";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { narrowedTo } from "@/lib/domain/narrow-actor";
import { type OpenQuestion, openQuestionsOf } from "@/lib/domain/open-questions";
import { type ResidualRisk, type RiskCause, type RiskCounts, residualRisk } from "@/lib/domain/residual-risk";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { previewRoute } from "../routing/preview-route";
import { gatherAssessment } from "./gather-assessment";

export type Assessment = {
  evidence: AssessmentEvidence;
  mitigations: Mitigation[];
  openQuestions: OpenQuestion[];
  riskCounts: RiskCounts;
  risk: ResidualRisk;
  riskBecause: RiskCause[];
  route: ExportRoute;
};

/** What is answered, hashed and kept: JSON, with the counts by which a list shows it. */
export type AssessmentDocument = { counts: Readonly<Record<string, number>> };

/**
 * Looks at everything, judges what is left of risk, and keeps the very document that is answered, with its digest and audit
 * entry, in one transaction. `write` makes that document: what was hashed is what a reader holds. Nothing else is changed,
 * nothing outside is called, and nothing is written where no artifact is wanted.
 *
 * @throws AppError forbidden
 */
export async function generateAssessmentReport<Document extends AssessmentDocument>(
  ctx: Context,
  ask: AssessmentAsk,
  write: (assessment: Assessment) => Document,
): Promise<{ document: Document; kept: KeptAssessment | null }> {
  const { actor, projects } = narrowedTo(ctx.actor, "assess");
  await authorize(ctx, "assess", { kind: "security", id: "assessment_report", projectId: projects?.[0] });
  const assessment = await assess({ ...ctx, actor }, ask, projects);
  const document = write(assessment);
  if (!ask.persistArtifact) return { document, kept: null };
  const kept: KeptAssessment = {
    ...{ reportId: newId.assessmentReport(), createdAtMs: ctx.nowMs, actor: actorRef(ctx.actor) },
    ...{ projectIds: [...(projects ?? [])].sort(), risk: assessment.risk, counts: document.counts },
    sha256: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(document)))),
  };
  await keep(ctx, kept, document);
  return { document, kept };
}

async function assess(
  ctx: Context,
  ask: AssessmentAsk,
  projects: readonly string[] | null,
): Promise<Assessment> {
  const evidence = await gatherAssessment(ctx, ask, projects);
  const riskCounts = countRisks(evidence);
  const { risk, because } = residualRisk(riskCounts);
  return {
    ...{ evidence, riskCounts, risk, riskBecause: because },
    mitigations: mitigationsOf(evidence),
    openQuestions: openQuestionsOf(evidence),
    route: await previewExport(ctx, ask, risk),
  };
}

function countRisks({ allFindings, probes, scenarios, governance }: AssessmentEvidence): RiskCounts {
  const { counts } = scenarios.run;
  const unproved = (status: string) =>
    scenarios.unproved.filter((each) => each.result.status === status).length;
  return {
    criticalOrHighFindings: allFindings.filter((each) => /^(?:critical|high)$/.test(each.severity)).length,
    failedProbes: probes.counts.fail,
    blockedProbes: probes.counts.blocked,
    failedScenarios: counts.failed + unproved("fail"),
    blockedScenarios: counts.blocked + unproved("blocked"),
    metricBreaches: governance.metrics.filter((each) => each.breached).length,
    driftFlags: governance.drift.filter((each) => each.driftFlagged).length,
  };
}

/** Where a draft that carries this report would go, by the router that every publish asks; nothing is made or queued. */
async function previewExport(ctx: Context, ask: AssessmentAsk, risk: ResidualRisk): Promise<ExportRoute> {
  const { decision, matches } = await previewRoute(ctx, {
    ...{ draftId: null, incidentId: null, explicit: { routeTags: [] } },
    destinationIds: ask.routeDestinationIds,
    report: {
      title: "Security assessment report",
      source: "security_assessment_report",
      event: "security.assessment_report.generated",
      ...{ riskLevel: risk, riskCategory: "assessment_report", confidence: "high" },
      ...{ excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {} },
    },
  });
  return { requestedDestinationIds: [...ask.routeDestinationIds], decision, matches };
}

async function keep(ctx: Context, kept: KeptAssessment, document: unknown): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const dropped = await insertAssessment(tx, kept, document, assessmentsKept);
    const { projectIds } = kept;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.assessment_report.generated",
      subject: {
        ...{ kind: "assessment_report", id: kept.reportId },
        ...(projectIds.length === 1 && { projectId: projectIds[0] }),
      },
      detail: {
        ...{ risk: kept.risk, sha256: kept.sha256, dropped_reports: dropped },
        ...(projectIds.length > 0 && { project_ids: projectIds }),
      },
    });
  });
}
