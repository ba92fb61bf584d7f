import type {
  ListedScenarioPackWire,
  ScenarioExpectWire,
  ScenarioInputWire,
  ScenarioPackListWire,
  ScenarioPackResultWire,
  ScenarioPackRunWire,
  ScenarioPackWire,
  ScenarioResultWire,
  ScenarioRunFactsWire,
  ScenarioWire,
} from "@/lib/contracts/scenario";
import { hostileText } from "@/lib/domain/builtin-scenario-pack";
import {
  arrivalOf,
  type Scenario,
  type ScenarioExpectation,
  type ScenarioInput,
  type ScenarioPack,
  type ScenarioResult,
  type ScenarioRun,
  type StoredPack,
} from "@/lib/domain/scenario";
import { normaliseList } from "@/lib/domain/text";

const given = (value: string | null | undefined): string | undefined => value?.trim() || undefined;

/** Blank is as good as absent. */
export function scenarioPackFromWire(pack: ScenarioPackWire): ScenarioPack {
  return {
    packId: pack.pack_id,
    version: pack.version,
    description: pack.description?.trim() ?? "",
    scenarios: pack.scenarios.map(scenarioFromWire),
  };
}

function scenarioFromWire({ scenario_id, category, description, input, expect }: ScenarioWire): Scenario {
  const kind = given(category) ?? "custom";
  return {
    scenarioId: scenario_id,
    category: kind,
    description: description?.trim() ?? "",
    input: withoutUnset(inputFromWire(input ?? {}, kind)),
    expect: withoutUnset(expectFromWire(expect ?? {})),
  };
}

function inputFromWire(input: ScenarioInputWire, category: string): ScenarioInput {
  const hostile = input.prompt_injection;
  return {
    source: given(input.source),
    sourceKind: input.source_kind ?? undefined,
    eventType: given(input.event_type),
    riskLevel: given(input.risk_level),
    riskCategory: given(input.risk_category),
    confidence: given(input.confidence),
    tenantId: given(input.tenant_id),
    workspaceId: given(input.workspace_id),
    projectId: given(input.project_id),
    logSourceId: given(input.log_source_id),
    routeTags: normaliseList(input.route_tags ?? []),
    requestedDestinationIds: normaliseList(input.requested_destination_ids ?? []),
    expectedDestination: given(input.expected_destination),
    promptInjection: hostile === true ? hostileText : given(hostile === false ? null : hostile),
    title: given(input.title),
    detail: given(input.detail),
    arrivesBy: arrivalOf(category, input.arrives_by),
    unreadyDestinationIds: normaliseList(input.unready_destination_ids ?? []),
    foreignDestinationIds: normaliseList(input.foreign_destination_ids ?? []),
    deniedBefore: input.denied_before ?? undefined,
  };
}

function expectFromWire(expect: ScenarioExpectWire): ScenarioExpectation {
  return {
    blocked: expect.blocked ?? undefined,
    approvalRequired: expect.approval_required ?? undefined,
    reasonContains: expect.reason_contains ?? undefined,
    effectiveDestinationId: given(expect.effective_destination_id),
    note: given(expect.note),
    intakeRefused: expect.intake_refused ?? undefined,
    claimsDropped: expect.claims_dropped ?? undefined,
    nothingQueued: expect.nothing_queued ?? undefined,
    injectionChangesNothing: expect.injection_changes_nothing ?? undefined,
    gateRefusesBare: expect.gate_refuses_bare ?? undefined,
    denialStands: expect.denial_stands ?? undefined,
    agentRefused: expect.agent_refused ?? undefined,
  };
}

const withoutUnset = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

/** As it would be sent: snake_case, nothing that is unset or empty. */
function sendable(value: object): Record<string, unknown> {
  const rows = Object.entries(value).filter(([, member]) => !(Array.isArray(member) && member.length === 0));
  return Object.fromEntries(
    rows.map(([name, member]) => [name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), member]),
  );
}

export function listedPackToWire(pack: ScenarioPack | StoredPack): ListedScenarioPackWire {
  const stored = "revision" in pack ? pack : null;
  return {
    pack_id: pack.packId,
    version: pack.version,
    description: pack.description,
    scenarios: pack.scenarios.map((each) => ({
      scenario_id: each.scenarioId,
      category: each.category,
      description: each.description,
      input: sendable(each.input),
      expect: sendable(each.expect),
    })),
    origin: stored ? "stored" : "builtin",
    project_id: stored?.projectId ?? null,
    revision: stored?.revision ?? null,
    updated_by: stored?.updatedBy ?? null,
    updated_at_ms: stored?.updatedAtMs ?? null,
  };
}

const scopeOf = (projectIds: readonly string[] | null) => ({
  source: "incident_monitor_adversarial_scenario_packs" as const,
  read_only: true as const,
  project_ids: projectIds && [...projectIds],
});

export const scenarioPackListToWire = (listed: {
  builtin: ScenarioPack;
  stored: readonly StoredPack[];
  reach: readonly string[] | null;
}): ScenarioPackListWire => ({
  schema_version: 1,
  scope: scopeOf(listed.reach),
  packs: [listed.builtin, ...listed.stored].map(listedPackToWire),
  note: "Nothing has been run. A run plays scenarios through the real intake, routing and approval in a sandbox that leaves no trace.",
});

export function scenarioRunFactsToWire(run: Omit<ScenarioRun, "results">): ScenarioRunFactsWire {
  return {
    pack_id: run.packId,
    version: run.packVersion,
    description: run.packDescription,
    mode: "dry_run",
    mutates_external_systems: false,
    counts: run.counts,
    run_id: run.runId,
    origin: run.origin,
    project_id: run.projectId,
    ran_by: run.actor,
    config_version: run.configVersion,
    started_at_ms: run.startedAtMs,
    duration_ms: run.durationMs,
  };
}

const resultOf = (run: ScenarioRun): ScenarioPackResultWire => ({
  ...scenarioRunFactsToWire(run),
  results: run.results.map(scenarioResultToWire),
});

export const scenarioPackRunToWire = (run: ScenarioRun): ScenarioPackRunWire => ({
  schema_version: 1,
  scope: {
    ...scopeOf(run.projectId === null ? null : [run.projectId]),
    tenant_context: { org_id: "local", workspace_id: "local", source: "local_implicit" },
  },
  pack: resultOf(run),
});

export function scenarioResultToWire(result: ScenarioResult): ScenarioResultWire {
  const { preview } = result;
  return {
    scenario_id: result.scenarioId,
    category: result.category,
    description: result.description,
    status: result.status,
    passed: result.status === "pass",
    expected_behavior: result.expectedBehavior,
    observed_behavior: result.observedBehavior,
    assertions: result.assertions,
    route_preview: {
      requested_destination_ids: preview.requestedDestinationIds,
      effective_destination_ids: preview.effectiveDestinationIds,
      approval_required: preview.approvalRequired,
      blocked: preview.blocked,
      blocked_reasons: preview.blockedReasons,
      approval_count: preview.approvalCount,
      approval_reasons: preview.approvalReasons,
      route_id: preview.routeId,
    },
    finding_id: result.findingId,
    evidence_refs: result.evidenceRefs,
    prompt_injection: result.promptInjection === null ? null : { present: true },
    dry_run: true,
    mutates_external_systems: false,
    stages: result.stages,
  };
}
