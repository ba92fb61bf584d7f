import type { AssessmentEvidence } from "./assessment";
import { type OwnedObject, type Owner, unassigned } from "./assessment-owner";
import type { MonitoredSourceRow } from "./authority-inventory";
import type { NotEvaluable } from "./governance-metrics";

/** Something that the evidence cannot answer, why, and who could. */
export type OpenQuestion = {
  code:
    | (
        | "metric_not_evaluable"
        | "probe_blocked"
        | "scenario_blocked"
        | "scenarios_not_played"
        | "audit_withheld"
      )
    | ("source_without_owner" | "source_without_classification" | "source_without_retention")
    | ("source_kind_unknown" | "registration_stale" | "reassessment_overdue" | "nothing_registered");
  about: { kind: string; id: string };
  question: string;
  /** What is missing, in words. */
  why: string;
  owner: Owner;
};

const reasonsOfMetric: Readonly<Record<NotEvaluable, string>> = {
  no_high_risk_incidents: "no incident of high risk was seen in the window",
  no_policy_decisions: "no policy decided anything in the window",
  no_approvals_required: "no draft of the window had to be approved",
  nothing_enabled: "no destination and no source is switched on",
  no_deliveries_ended: "no delivery ended in the window",
  no_incidents: "no incident was seen in the window",
  too_few_samples: "the window has fewer cases than a rate is made of",
};

/** All of them, in the order in which a reader would ask. */
export function openQuestionsOf(evidence: AssessmentEvidence): OpenQuestion[] {
  return [
    ...ofMetrics(evidence),
    ...ofProbes(evidence),
    ...ofScenarios(evidence),
    ...evidence.inventory.inventory.monitoredSources.flatMap((row) => ofSource(row, evidence)),
    ...ofRecords(evidence),
  ];
}

function ofMetrics({ governance }: AssessmentEvidence): OpenQuestion[] {
  return governance.metrics
    .filter((each) => !each.evaluable)
    .map((each) => ({
      ...{ code: "metric_not_evaluable", about: { kind: "metric", id: each.metricId }, owner: unassigned },
      question: `How good is this: ${each.name.toLowerCase()}?`,
      why: each.missingEvidenceReasons.map((reason) => reasonsOfMetric[reason]).join("; "),
    }));
}

function ofProbes({ probes, ownerOf }: AssessmentEvidence): OpenQuestion[] {
  return probes.results
    .filter((each) => each.status === "blocked")
    .map((each) => ({
      ...{ code: "probe_blocked", about: { kind: "probe", id: each.probeId }, owner: ownerOf(each.target) },
      question: `Does this hold: ${each.expected}`,
      why: each.observed,
    }));
}

function ofScenarios({ scenarios }: AssessmentEvidence): OpenQuestion[] {
  const { run, state, unproved } = scenarios;
  const blocked = [...run.results, ...unproved.map((each) => each.result)].filter(
    (each) => each.status === "blocked",
  );
  const questions = blocked.map(
    (each): OpenQuestion => ({
      ...{ code: "scenario_blocked", about: { kind: "scenario", id: each.scenarioId }, owner: unassigned },
      question: `Would this be stopped: ${each.description || each.scenarioId}`,
      why: each.observedBehavior,
    }),
  );
  if (state === "played" || state === "kept") return questions;
  const why =
    state === "busy"
      ? "another run of scenarios was under way, and no earlier one is kept"
      : "scenarios try the whole deployment, and this report is of some projects";
  return [
    ...questions,
    {
      ...{
        code: "scenarios_not_played",
        about: { kind: "scenario_pack", id: run.packId },
        owner: unassigned,
      },
      ...{ question: "Would hostile failures be stopped?", why },
    },
  ];
}

function ofSource(row: MonitoredSourceRow, { ownerOf }: AssessmentEvidence): OpenQuestion[] {
  if (!row.enabled) return [];
  const { projectId, sourceId, dataReadiness } = row;
  const object: OwnedObject = {
    ...{ kind: sourceId === null ? "project" : "log_source", projectId, sourceId },
    id: sourceId === null ? projectId : `${projectId}/${sourceId}`,
  };
  const owner = ownerOf(object);
  const ask = (code: OpenQuestion["code"], question: string, why: string): OpenQuestion => ({
    ...{ code, about: { kind: object.kind, id: object.id }, question, why, owner },
  });
  return [
    ...(owner.assigned
      ? []
      : [
          ask(
            "source_without_owner",
            "Who answers for this source?",
            "neither it nor its project names an owner",
          ),
        ]),
    ...(dataReadiness.dataClassificationPresent
      ? []
      : [
          ask(
            "source_without_classification",
            "How sensitive is what this source reports?",
            "its data is not classified",
          ),
        ]),
    ...(row.retentionProfile
      ? []
      : [
          ask(
            "source_without_retention",
            "How long is what this source reported kept?",
            "neither it nor its project names a retention profile, so the default holds",
          ),
        ]),
  ];
}

function ofRecords(evidence: AssessmentEvidence): OpenQuestion[] {
  const { inventory, incidents, audit, overdueScopes, projects } = evidence;
  const unknown = incidents.bySourceKind[""] ?? 0;
  const { runtimes } = inventory.inventory;
  const deployment = { about: { kind: "deployment", id: "incident_monitor" }, owner: unassigned };
  return [
    ...runtimes
      .filter((each) => each.stale)
      .map(
        (each): OpenQuestion => ({
          ...{
            code: "registration_stale",
            about: { kind: "runtime", id: each.runtimeId },
            owner: unassigned,
          },
          question: "Is what this runtime registered still so?",
          why: "it has not registered again in the time it gave",
        }),
      ),
    ...(runtimes.length > 0 || projects !== null
      ? []
      : [
          {
            ...{ ...deployment, code: "nothing_registered" as const },
            question: "Which agents, workflows and automations act beside this product?",
            why: "no runtime has registered any",
          },
        ]),
    ...(unknown === 0
      ? []
      : [
          {
            ...{ ...deployment, code: "source_kind_unknown" as const },
            question: `Where do the incidents of unknown source come from? There are ${unknown}.`,
            why: "they were reported without a project, so that no kind of source is known of them",
          },
        ]),
    ...overdueScopes.map(
      (scope): OpenQuestion => ({
        ...{
          code: "reassessment_overdue",
          about: { kind: "reassessment_scope", id: scope },
          owner: unassigned,
        },
        question: "What has changed here since it was last assessed?",
        why: "its reassessment is overdue",
      }),
    ),
    ...(audit
      ? []
      : [
          {
            ...{ ...deployment, code: "audit_withheld" as const },
            question: "What does the audit say?",
            why: "whoever asked for this report may not read it",
          },
        ]),
  ];
}
