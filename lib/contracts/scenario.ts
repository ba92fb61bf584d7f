import { z } from "zod";
import { sourceKindSchema } from "./config-values";
import { actorRefSchema, msSchema } from "./record-values";

/*
 * Scenario packs (contract 10.6). A pack is read strictly: a misspelt key would quietly assert nothing. Fields after
 * "beyond the contract" are ours.
 */
export const scenarioBounds = {
  scenarios: 50,
  id: 120,
  word: 200,
  text: 2_000,
  reason: 500,
  ids: 20,
} as const;

const word = z.string().max(scenarioBounds.word).nullish();
const text = z.string().max(scenarioBounds.text).nullish();
const flag = z.boolean().nullish();
const ids = z.array(z.string().trim().min(1).max(scenarioBounds.id)).max(scenarioBounds.ids).nullish();
const idSchema = z.string().trim().min(1, "Give it an id").max(scenarioBounds.id);

export const scenarioInputSchema = z.strictObject({
  source: word,
  source_kind: sourceKindSchema.nullish(),
  event_type: word,
  risk_level: word,
  risk_category: word,
  confidence: word,
  tenant_id: word,
  workspace_id: word,
  project_id: word,
  log_source_id: word,
  route_tags: ids,
  requested_destination_ids: ids,
  expected_destination: word,
  /** Hostile text for title and detail; `true` takes the built-in one. */
  prompt_injection: z.union([z.string().max(scenarioBounds.text), z.boolean()]).nullish(),
  title: z.string().max(500).nullish(),
  detail: text,
  // Beyond the contract.
  /** By which way the report comes in; by its own source's key unless said, and forged for `cross_tenant`. */
  arrives_by: z.enum(["source_key", "foreign_key", "manual_report"]).nullish(),
  /** Destinations that the sandbox sets up and that cannot work. */
  unready_destination_ids: ids,
  /** Destinations that the sandbox sets up and keeps for another project. */
  foreign_destination_ids: ids,
  /** A person denied the same failure before. */
  denied_before: flag,
});

export const scenarioExpectSchema = z.strictObject({
  blocked: flag,
  approval_required: flag,
  /** A plain part of the reasons, in whatever case; no pattern. */
  reason_contains: z.string().min(1).max(scenarioBounds.reason).nullish(),
  effective_destination_id: word,
  note: text,
  // Beyond the contract.
  intake_refused: flag,
  claims_dropped: flag,
  nothing_queued: flag,
  injection_changes_nothing: flag,
  gate_refuses_bare: flag,
  denial_stands: flag,
  agent_refused: flag,
});

export const scenarioSchema = z.strictObject({
  scenario_id: idSchema,
  category: word,
  description: text,
  input: scenarioInputSchema.nullish(),
  expect: scenarioExpectSchema.nullish(),
});

const packFields = {
  version: z.string().trim().min(1, "Give it a version").max(40),
  description: text,
  scenarios: z
    .array(scenarioSchema)
    .min(1, "Give it a scenario")
    .max(scenarioBounds.scenarios)
    .superRefine((rows, context) => {
      const seen = new Set<string>();
      for (const [at, { scenario_id: id }] of rows.entries()) {
        if (seen.has(id)) {
          const message = `${id} is there twice`;
          context.addIssue({ code: "custom", message, path: [at, "scenario_id"] });
        }
        seen.add(id);
      }
    }),
};

export const scenarioPackSchema = z.strictObject({ pack_id: idSchema, ...packFields });

/** Without a pack the built-in one runs; `scenario_ids` picks some of it. */
export const scenarioRunSchema = z.object({
  pack: scenarioPackSchema.nullish(),
  scenario_ids: z.array(z.string().max(scenarioBounds.id)).max(scenarioBounds.scenarios).nullish(),
  /** Beyond the contract: a stored pack by its id. `pack` wins. */
  pack_id: z.string().max(scenarioBounds.id).nullish(),
});

/** `pack_id` is the path's. `revision`: what was read; absent or null for a pack that is not there yet. */
export const putScenarioPackSchema = z.object({
  pack: z.strictObject({ pack_id: idSchema.nullish(), ...packFields }),
  revision: z.int().positive().nullish(),
});

const listedInput = z.record(z.string(), z.unknown());

/** A pack as it is listed: nothing that is unset. What follows `scenarios` is beyond the contract. */
export const listedScenarioPackSchema = z.object({
  pack_id: z.string(),
  version: z.string(),
  description: z.string(),
  scenarios: z.array(
    z.object({
      scenario_id: z.string(),
      category: z.string(),
      description: z.string(),
      input: listedInput,
      expect: listedInput,
    }),
  ),
  origin: z.enum(["builtin", "stored"]),
  project_id: z.string().nullable(),
  revision: z.int().nullable(),
  updated_by: actorRefSchema.nullable(),
  updated_at_ms: msSchema.nullable(),
});

const scopeSchema = z.object({
  source: z.literal("incident_monitor_adversarial_scenario_packs"),
  read_only: z.literal(true),
  /** null: the whole deployment, else the caller's projects. */
  project_ids: z.array(z.string()).nullable(),
});

export const scenarioPackListSchema = z.object({
  schema_version: z.literal(1),
  scope: scopeSchema,
  packs: z.array(listedScenarioPackSchema),
  note: z.string(),
});

export const scenarioStageSchema = z.object({
  stage: z.enum(["intake", "draft", "route", "approval", "publish"]),
  outcome: z.enum(["passed", "stopped", "skipped"]),
  code: z.string(),
  detail: z.string(),
});

export const scenarioResultSchema = z.object({
  scenario_id: z.string(),
  category: z.string(),
  description: z.string(),
  status: z.enum(["pass", "fail", "blocked"]),
  passed: z.boolean(),
  expected_behavior: z.string(),
  observed_behavior: z.string(),
  assertions: z.array(
    z.object({
      name: z.string(),
      expected: z.union([z.boolean(), z.string()]),
      actual: z.union([z.boolean(), z.string()]).nullable(),
      ok: z.boolean(),
    }),
  ),
  route_preview: z.object({
    requested_destination_ids: z.array(z.string()),
    effective_destination_ids: z.array(z.string()),
    approval_required: z.boolean(),
    blocked: z.boolean(),
    blocked_reasons: z.array(z.string()),
    approval_count: z.int(),
    approval_reasons: z.array(z.string()),
    route_id: z.string().nullable(),
  }),
  finding_id: z.string().nullable(),
  evidence_refs: z.array(z.object({ kind: z.string(), id: z.string() })),
  /** That hostile text was there, never the text. */
  prompt_injection: z.object({ present: z.literal(true) }).nullable(),
  dry_run: z.literal(true),
  mutates_external_systems: z.literal(false),
  /** Beyond the contract: what happened on the way, in order. */
  stages: z.array(scenarioStageSchema),
});

const countsSchema = z.object({ total: z.int(), passed: z.int(), failed: z.int(), blocked: z.int() });

const runFacts = {
  pack_id: z.string(),
  version: z.string(),
  description: z.string(),
  mode: z.literal("dry_run"),
  mutates_external_systems: z.literal(false),
  counts: countsSchema,
  // Beyond the contract.
  run_id: z.string(),
  origin: z.enum(["builtin", "stored", "given"]),
  project_id: z.string().nullable(),
  ran_by: actorRefSchema,
  config_version: z.int(),
  started_at_ms: msSchema,
  duration_ms: z.int(),
};

export const scenarioPackResultSchema = z.object({ ...runFacts, results: z.array(scenarioResultSchema) });

export const scenarioPackRunSchema = z.object({
  schema_version: z.literal(1),
  scope: scopeSchema.extend({
    tenant_context: z.object({
      org_id: z.string(),
      workspace_id: z.string(),
      source: z.enum(["local_implicit", "explicit"]),
    }),
  }),
  pack: scenarioPackResultSchema,
});

export const storedScenarioPackSchema = z.object({ pack: listedScenarioPackSchema });
export const scenarioPackDeletedSchema = z.object({ ok: z.literal(true) });
export const scenarioRunFactsSchema = z.object(runFacts);
export const scenarioRunListSchema = z.object({ runs: z.array(scenarioRunFactsSchema), count: z.int() });
export const scenarioRunListQuerySchema = z.object({ limit: z.coerce.number().int().min(0).optional() });

export type ScenarioPackWire = z.infer<typeof scenarioPackSchema>;
export type ScenarioWire = z.infer<typeof scenarioSchema>;
export type ScenarioInputWire = z.infer<typeof scenarioInputSchema>;
export type ScenarioExpectWire = z.infer<typeof scenarioExpectSchema>;
export type ScenarioRunWire = z.input<typeof scenarioRunSchema>;
export type PutScenarioPackWire = z.input<typeof putScenarioPackSchema>;
export type ListedScenarioPackWire = z.infer<typeof listedScenarioPackSchema>;
export type ScenarioPackListWire = z.infer<typeof scenarioPackListSchema>;
export type ScenarioPackRunWire = z.infer<typeof scenarioPackRunSchema>;
export type ScenarioPackResultWire = z.infer<typeof scenarioPackResultSchema>;
export type ScenarioResultWire = z.infer<typeof scenarioResultSchema>;
export type ScenarioStageWire = z.infer<typeof scenarioStageSchema>;
export type ScenarioRunFactsWire = z.infer<typeof scenarioRunFactsSchema>;
export type ScenarioRunListWire = z.infer<typeof scenarioRunListSchema>;
