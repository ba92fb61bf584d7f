import { canonicalJson } from "./canonical-json";
import type {
  Scenario,
  ScenarioAssertion,
  ScenarioExpectation,
  ScenarioObservation,
  ScenarioResult,
  ScenarioRoutePreview,
  ScenarioStage,
} from "./scenario";

export type JudgedIn = { packId: string; runId: string };

/**
 * What a scenario's play amounts to. `blocked` is no judgement: approval was asked about and there was no route to ask
 * it on, or the play ended early. A failing scenario has the same finding id in every run.
 */
export function judgeScenario(
  scenario: Scenario,
  observed: ScenarioObservation,
  { packId, runId }: JudgedIn,
  sha256: (text: string) => string,
): ScenarioResult {
  const assertions = assertionsOf(scenario.expect, observed);
  const status = isUnevaluable(scenario.expect, observed)
    ? "blocked"
    : assertions.every((each) => each.ok)
      ? "pass"
      : "fail";
  const preview = observed.preview ?? noPreview(scenario);
  return {
    scenarioId: scenario.scenarioId,
    category: scenario.category,
    description: scenario.description,
    status,
    expectedBehavior: expectedWords(scenario.expect),
    observedBehavior: observedWords(status, assertions, observed),
    assertions,
    preview,
    stages: observed.stages,
    findingId: status === "fail" ? findingIdOf(packId, scenario.scenarioId, sha256) : null,
    evidenceRefs: [
      { kind: "scenario_run", id: runId },
      { kind: "scenario", id: scenario.scenarioId },
      ...(preview.routeId ? [{ kind: "route", id: preview.routeId }] : []),
    ],
    promptInjection: scenario.input.promptInjection ?? null,
  };
}

const findingIdOf = (packId: string, scenarioId: string, sha256: (text: string) => string): string =>
  `asp_${sha256(canonicalJson(["scenario", packId, scenarioId])).slice(0, 16)}`;

/** Approval on no route, or on one that is blocked, says nothing of the approval; neither does half a play. */
function isUnevaluable(expect: ScenarioExpectation, observed: ScenarioObservation): boolean {
  if (observed.error !== null) return true;
  if (expect.approvalRequired === undefined || expect.blocked === true) return false;
  if (!observed.preview) return true;
  const { blocked, effectiveDestinationIds } = observed.preview;
  return blocked || effectiveDestinationIds.length === 0;
}

function assertionsOf(expect: ScenarioExpectation, observed: ScenarioObservation): ScenarioAssertion[] {
  const { preview } = observed;
  const found: ScenarioAssertion[] = [];
  const same = (name: string, expected: boolean | undefined, actual: boolean | null) => {
    if (expected !== undefined) found.push({ name, expected, actual, ok: actual === expected });
  };
  same("blocked", expect.blocked, preview && preview.blocked);
  same("approval_required", expect.approvalRequired, preview && preview.approvalRequired);
  if (expect.reasonContains !== undefined) {
    const reasons = preview ? preview.blockedReasons.join("; ") : null;
    const ok = reasons?.toLowerCase().includes(expect.reasonContains.toLowerCase()) ?? false;
    found.push({ name: "reason_contains", expected: expect.reasonContains, actual: reasons, ok });
  }
  if (expect.effectiveDestinationId !== undefined) {
    const ids = preview?.effectiveDestinationIds ?? [];
    found.push({
      name: "effective_destination_id",
      expected: expect.effectiveDestinationId,
      actual: ids.join(", "),
      ok: ids.includes(expect.effectiveDestinationId),
    });
  }
  same("intake_refused", expect.intakeRefused, observed.intakeRefused);
  same("claims_dropped", expect.claimsDropped, observed.claimsDropped);
  same("nothing_queued", expect.nothingQueued, isKnown(observed.queued) ? observed.queued === 0 : null);
  const changed = observed.injectionChanged;
  same("injection_changes_nothing", expect.injectionChangesNothing, changed && changed.length === 0);
  same("gate_refuses_bare", expect.gateRefusesBare, observed.gateRefusedBare);
  same("denial_stands", expect.denialStands, observed.denialStood);
  same("agent_refused", expect.agentRefused, observed.agentRefused);
  // Always: a scenario that reached the outside has left a trace.
  same("no_outside_call", true, observed.outboundCalls === 0);
  return found;
}

const isKnown = (value: number | null): value is number => value !== null;

const wishes: Array<[keyof ScenarioExpectation, string]> = [
  ["intakeRefused", "intake refuses the forged place"],
  ["claimsDropped", "claimed tenant and workspace count for nothing"],
  ["nothingQueued", "nothing is queued without approval"],
  ["injectionChangesNothing", "the hostile text changes nothing"],
  ["gateRefusesBare", "the quality gate keeps out what has no evidence"],
  ["denialStands", "the denial stands"],
  ["agentRefused", "an agent can neither approve nor publish"],
];

function expectedWords(expect: ScenarioExpectation): string {
  const parts: string[] = [];
  if (expect.blocked !== undefined)
    parts.push(expect.blocked ? "publishing is blocked" : "publishing is not blocked");
  if (expect.reasonContains !== undefined) parts.push(`the reason says "${expect.reasonContains}"`);
  if (expect.approvalRequired !== undefined)
    parts.push(expect.approvalRequired ? "a person must approve" : "nobody must approve");
  if (expect.effectiveDestinationId !== undefined) parts.push(`it goes to ${expect.effectiveDestinationId}`);
  for (const [name, words] of wishes) {
    if (expect[name] === true) parts.push(words);
    else if (expect[name] === false) parts.push(`not: ${words}`);
  }
  return parts.length > 0 ? sentence(parts.join("; ")) : "Nothing leaves while it is played.";
}

/** The stages in order, and what did not hold. */
function observedWords(
  status: ScenarioResult["status"],
  assertions: readonly ScenarioAssertion[],
  observed: ScenarioObservation,
): string {
  if (observed.error !== null) return `It could not be played to its end (${observed.error}).`;
  const walked = observed.stages.filter((each) => each.outcome !== "skipped").map((each) => each.detail);
  const broken = assertions.filter((each) => !each.ok).map((each) => each.name);
  const why =
    status === "blocked"
      ? " There was no open route to ask about approval."
      : broken.length > 0
        ? ` Did not hold: ${broken.join(", ")}.`
        : "";
  return `${walked.join(" ")}${why}`.trim();
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

const noPreview = ({ input }: Scenario): ScenarioRoutePreview => ({
  requestedDestinationIds: input.requestedDestinationIds,
  effectiveDestinationIds: [],
  ...{ approvalRequired: false, approvalCount: 0, approvalReasons: [] },
  ...{ blocked: false, blockedReasons: [], routeId: null },
});

/** What the hostile text changed between two plays of the same failure. */
export function injectionChanges(plain: Compared, hostile: Compared): string[] {
  const names = ["destinations", "approval", "risk", "blocked", "routing"] as const;
  return names.filter((name) => canonicalJson(plain[name]) !== canonicalJson(hostile[name]));
}

export type Compared = {
  destinations: readonly string[];
  approval: { required: boolean; count: number };
  risk: string | null;
  blocked: readonly string[];
  routing: { expectedDestination: string | null; tags: readonly string[]; policy: string | null };
};

export const stage = (
  name: ScenarioStage["stage"],
  outcome: ScenarioStage["outcome"],
  code: string,
  detail: string,
): ScenarioStage => ({ stage: name, outcome, code, detail });
