import type { ActorRef } from "./actor";
import type { SourceKind } from "./config";

/** The eight kinds of adversity of the built-in pack; packs of one's own may name others. */
export const scenarioCategories = [
  "regulatory_escalation",
  "cross_system_dispute",
  "prompt_injection",
  "excessive_agency",
  "low_confidence_missing_evidence",
  "cross_tenant",
  "unsafe_destination",
  "recurring_denied_action",
] as const;

/** By which way a scenario's report comes in: its own source's key, the key of another project, or by hand. */
export const scenarioArrivals = ["source_key", "foreign_key", "manual_report"] as const;
export type ScenarioArrival = (typeof scenarioArrivals)[number];

/** A pack that only says `cross_tenant` means a forged report, as the built-in one does. */
export const arrivalOf = (
  category: string,
  given: ScenarioArrival | null | undefined,
): ScenarioArrival | undefined => given ?? (category === "cross_tenant" ? "foreign_key" : undefined);

/** What a scenario reports, and the ground it stands on. What is not said is taken from the configuration. */
export type ScenarioInput = {
  source?: string;
  sourceKind?: SourceKind;
  eventType?: string;
  riskLevel?: string;
  riskCategory?: string;
  confidence?: string;
  tenantId?: string;
  workspaceId?: string;
  projectId?: string;
  logSourceId?: string;
  routeTags: string[];
  requestedDestinationIds: string[];
  expectedDestination?: string;
  /** Hostile text that is put into title and detail. */
  promptInjection?: string;
  title?: string;
  detail?: string;
  // Beyond the contract.
  arrivesBy?: ScenarioArrival;
  /** Destinations that the sandbox configures and that cannot work. */
  unreadyDestinationIds: string[];
  /** Destinations that the sandbox configures and keeps for another project. */
  foreignDestinationIds: string[];
  /** The same failure came before, and a person denied it. */
  deniedBefore?: boolean;
};

/** What should hold. Each that is set is one assertion. */
export type ScenarioExpectation = {
  blocked?: boolean;
  approvalRequired?: boolean;
  reasonContains?: string;
  effectiveDestinationId?: string;
  note?: string;
  // Beyond the contract.
  /** Intake refuses the report under the place it claims. */
  intakeRefused?: boolean;
  /** Tenant and workspace that the reporter claims count for nothing. */
  claimsDropped?: boolean;
  /** Publishing without the approvals that are asked for queues nothing. */
  nothingQueued?: boolean;
  /** Title and detail with hostile text decide as they do without it. */
  injectionChangesNothing?: boolean;
  /** The same report without detail, excerpt and evidence is kept from becoming a draft. */
  gateRefusesBare?: boolean;
  /** What was denied stays denied when it comes again. */
  denialStands?: boolean;
  /** An agent's token can neither approve nor publish. */
  agentRefused?: boolean;
};

export type Scenario = {
  scenarioId: string;
  category: string;
  description: string;
  input: ScenarioInput;
  expect: ScenarioExpectation;
};

export type ScenarioPack = {
  packId: string;
  version: string;
  description: string;
  scenarios: Scenario[];
};

/** Where a pack that was run comes from. What somebody only sent along says nothing of the deployment later. */
export type PackOrigin = "builtin" | "stored" | "given";

export type StoredPack = ScenarioPack & {
  /** Whose it is: every scenario of it stays in this project; null for the whole deployment's. */
  projectId: string | null;
  /** One more with every change. */
  revision: number;
  updatedBy: ActorRef;
  updatedAtMs: number;
};

/** The stages a report goes through, as a scenario walks them. */
export const scenarioStages = ["intake", "draft", "route", "approval", "publish"] as const;
export type ScenarioStageName = (typeof scenarioStages)[number];

export type ScenarioStage = {
  stage: ScenarioStageName;
  /** `passed`: went through. `stopped`: a control held it. `skipped`: it never came here. */
  outcome: "passed" | "stopped" | "skipped";
  /** A stable code of what happened. */
  code: string;
  /** The same in words, without anything of the report. */
  detail: string;
};

export type ScenarioRoutePreview = {
  requestedDestinationIds: string[];
  effectiveDestinationIds: string[];
  approvalRequired: boolean;
  /** How many different people must approve. */
  approvalCount: number;
  approvalReasons: string[];
  blocked: boolean;
  blockedReasons: string[];
  routeId: string | null;
};

/** What playing a scenario showed. A fact that was not tried is null. */
export type ScenarioObservation = {
  stages: ScenarioStage[];
  preview: ScenarioRoutePreview | null;
  intakeRefused: boolean | null;
  claimsDropped: boolean | null;
  /** Deliveries queued although approvals were missing. */
  queued: number | null;
  /** What the hostile text changed, by name; empty when nothing. */
  injectionChanged: string[] | null;
  gateRefusedBare: boolean | null;
  denialStood: boolean | null;
  agentRefused: boolean | null;
  /** Calls to the outside that were tried, and refused, while it was played. */
  outboundCalls: number;
  /** It could not be played to its end: a stable code. */
  error: string | null;
};

export type ScenarioStatus = "pass" | "fail" | "blocked";

export type ScenarioAssertion = {
  name: string;
  expected: boolean | string;
  actual: boolean | string | null;
  ok: boolean;
};

export type ScenarioResult = {
  scenarioId: string;
  category: string;
  description: string;
  status: ScenarioStatus;
  expectedBehavior: string;
  observedBehavior: string;
  assertions: ScenarioAssertion[];
  preview: ScenarioRoutePreview;
  stages: ScenarioStage[];
  findingId: string | null;
  evidenceRefs: Array<{ kind: string; id: string }>;
  promptInjection: string | null;
};

export type ScenarioCounts = { total: number; passed: number; failed: number; blocked: number };

/** The record of one run: evidence of what held, when, under which configuration. */
export type ScenarioRun = {
  runId: string;
  packId: string;
  packVersion: string;
  packDescription: string;
  origin: PackOrigin;
  projectId: string | null;
  actor: ActorRef;
  configVersion: number;
  startedAtMs: number;
  durationMs: number;
  counts: ScenarioCounts;
  results: ScenarioResult[];
};

export function countResults(results: readonly Pick<ScenarioResult, "status">[]): ScenarioCounts {
  const of = (status: ScenarioStatus) => results.filter((each) => each.status === status).length;
  return { total: results.length, passed: of("pass"), failed: of("fail"), blocked: of("blocked") };
}

/** The project that all of a pack stays in; null when it names none or several: the whole deployment's business. */
export function projectOf(scenarios: readonly Pick<Scenario, "input">[]): string | null {
  const ids = new Set(scenarios.map((each) => each.input.projectId ?? null));
  const [only] = ids;
  return ids.size === 1 && only ? only : null;
}

/** Bounds of a pack that somebody writes. */
export const packLimits = { packs: 50 } as const;

/** Runs that are kept; older ones stay in the audit log as counts. */
export const scenarioRunsKept = 200;
