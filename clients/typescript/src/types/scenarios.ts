import type { RoutePreview } from "./review.js";
import type { EvidenceObject } from "./security.js";
import type { ActorRef, JsonObject, Open, OpenRecord, SourceKind } from "./values.js";

/** What a scenario reports and the ground it stands on; what is unset is the configuration's. */
export interface ScenarioInput {
  source?: string | null;
  source_kind?: SourceKind | null;
  event_type?: string | null;
  risk_level?: string | null;
  risk_category?: string | null;
  confidence?: string | null;
  tenant_id?: string | null;
  workspace_id?: string | null;
  project_id?: string | null;
  log_source_id?: string | null;
  route_tags?: string[] | null;
  requested_destination_ids?: string[] | null;
  expected_destination?: string | null;
  /** Hostile text for title and detail; `true` takes the built-in one. */
  prompt_injection?: string | boolean | null;
  title?: string | null;
  detail?: string | null;
  arrives_by?: "source_key" | "foreign_key" | "manual_report" | null;
  unready_destination_ids?: string[] | null;
  foreign_destination_ids?: string[] | null;
  denied_before?: boolean | null;
}

/** Each that is set is one assertion. */
export interface ScenarioExpectation {
  blocked?: boolean | null;
  approval_required?: boolean | null;
  /** A plain part of the reasons, in whatever case. */
  reason_contains?: string | null;
  effective_destination_id?: string | null;
  note?: string | null;
  intake_refused?: boolean | null;
  claims_dropped?: boolean | null;
  nothing_queued?: boolean | null;
  injection_changes_nothing?: boolean | null;
  gate_refuses_bare?: boolean | null;
  denial_stands?: boolean | null;
  agent_refused?: boolean | null;
}

export interface Scenario {
  scenario_id: string;
  category?: string | null;
  description?: string | null;
  input?: ScenarioInput | null;
  expect?: ScenarioExpectation | null;
}

export interface ScenarioPack {
  pack_id: string;
  version: string;
  description?: string | null;
  scenarios: Scenario[];
}

/** A pack as it is listed: the built-in one, or a stored one with its `revision`. */
export interface ListedScenarioPack extends OpenRecord {
  pack_id: string;
  version: string;
  description: string;
  scenarios: ({
    scenario_id: string;
    category: string;
    description: string;
    input: JsonObject;
    expect: JsonObject;
  } & OpenRecord)[];
  origin: Open<"builtin" | "stored">;
  project_id: string | null;
  revision: number | null;
  updated_by: ActorRef | null;
  updated_at_ms: number | null;
}

export interface ScenarioPackList extends OpenRecord {
  schema_version: number;
  scope: OpenRecord;
  packs: ListedScenarioPack[];
  note?: string;
}

/** `pack_id` is the path's. */
export interface ScenarioPackInput {
  pack: Omit<ScenarioPack, "pack_id"> & { pack_id?: string | null };
  /** What was read; absent for a pack that is not there yet. */
  revision?: number | null;
}

export interface StoredScenarioPack extends OpenRecord {
  pack: ListedScenarioPack;
}

export interface RunScenarioPackInput {
  /** One that is not stored; the built-in pack when neither it nor `pack_id` is given. */
  pack?: ScenarioPack | null;
  pack_id?: string | null;
  scenario_ids?: string[] | null;
}

/** What happened at one stage on the way. */
export interface ScenarioStage extends OpenRecord {
  stage: Open<"intake" | "draft" | "route" | "approval" | "publish">;
  outcome: Open<"passed" | "stopped" | "skipped">;
  code: string;
  detail: string;
}

export interface ScenarioResult extends OpenRecord {
  scenario_id: string;
  category: string;
  description: string;
  status: Open<"pass" | "fail" | "blocked">;
  passed: boolean;
  expected_behavior: unknown;
  observed_behavior: unknown;
  assertions: { name: string; expected: unknown; actual: unknown; ok: boolean }[];
  route_preview: Pick<RoutePreview, "effective_destination_ids" | "approval_required" | "blocked"> &
    OpenRecord;
  finding_id: string | null;
  evidence_refs: EvidenceObject[];
  prompt_injection: unknown;
  dry_run: boolean;
  mutates_external_systems: boolean;
  stages: ScenarioStage[];
}

/** One run of a pack, without its results. */
export interface ScenarioRunFacts extends OpenRecord {
  pack_id: string;
  version: string;
  description?: string;
  mode: string;
  mutates_external_systems: false;
  counts: { total: number; passed: number; failed: number; blocked: number };
  run_id: string;
  origin: Open<"builtin" | "stored" | "given">;
  project_id: string | null;
  ran_by: ActorRef;
  config_version: number;
  started_at_ms: number;
  duration_ms: number;
}

export interface ScenarioRunList extends OpenRecord {
  runs: ScenarioRunFacts[];
  count: number;
}

export interface ScenarioPackRun extends OpenRecord {
  schema_version: number;
  scope: OpenRecord;
  pack: ScenarioRunFacts & { results: ScenarioResult[] };
}
