import {
  putScenarioPackSchema,
  scenarioPackDeletedSchema,
  scenarioPackListSchema,
  scenarioPackRunSchema,
  scenarioRunListQuerySchema,
  scenarioRunListSchema,
  scenarioRunSchema,
  storedScenarioPackSchema,
} from "@/lib/contracts/scenario";
import { deleteScenarioPack } from "@/lib/pipeline/scenarios/delete-scenario-pack";
import { listScenarioPacks } from "@/lib/pipeline/scenarios/list-scenario-packs";
import { getScenarioRun, listScenarioRuns } from "@/lib/pipeline/scenarios/list-scenario-runs";
import { putScenarioPack } from "@/lib/pipeline/scenarios/put-scenario-pack";
import { runScenarioPack } from "@/lib/pipeline/scenarios/run-scenario-pack";
import {
  listedPackToWire,
  scenarioPackFromWire,
  scenarioPackListToWire,
  scenarioPackRunToWire,
  scenarioRunFactsToWire,
} from "@/lib/wire/scenario";
import { adminErrors, EdgeProblem, type RouteErrors } from "../problem";
import { route } from "../route";

const packs = "/incident-monitor/security/scenario-packs";
const runs = "/incident-monitor/security/scenario-runs";
const adminCode = "INCIDENT_MONITOR_SCENARIO_PACKS_ADMIN_REQUIRED";
const auth = { kind: "actor", permission: "configure", adminCode } as const;
const errors: RouteErrors = {
  ...adminErrors(adminCode),
  scenario_pack_not_found: [404, "INCIDENT_MONITOR_SCENARIO_PACK_NOT_FOUND"],
};

/** Admin-guarded (contract 1.3): a scoped key's header is 403 even beside a valid token. */
export const scenarioRoutes = [
  route({
    method: "get",
    path: packs,
    summary: "The built-in scenario pack and the stored ones; runs nothing",
    auth,
    response: scenarioPackListSchema,
    errors,
    run: async ({ ctx }) => ({ body: scenarioPackListToWire(await listScenarioPacks(ctx)) }),
  }),
  route({
    method: "post",
    path: packs,
    summary:
      "Run a scenario pack through the real intake, routing and approval, in a sandbox that leaves no trace. One run at a time.",
    auth,
    body: scenarioRunSchema,
    response: scenarioPackRunSchema,
    errors: { ...errors, scenario_run_under_way: [409, "INCIDENT_MONITOR_SCENARIO_RUN_UNDER_WAY"] },
    run: async ({ ctx, body }) => {
      const run = await runScenarioPack(ctx, {
        pack: body.pack ? scenarioPackFromWire(body.pack) : null,
        packId: body.pack_id?.trim() || null,
        scenarioIds: body.scenario_ids ?? [],
      });
      return { body: scenarioPackRunToWire(run) };
    },
  }),
  route({
    method: "put",
    path: `${packs}/{pack_id}`,
    summary: "Store a scenario pack, or change it over the revision that was read. At most 50 packs.",
    auth,
    body: putScenarioPackSchema,
    response: storedScenarioPackSchema,
    errors: {
      ...errors,
      scenario_pack_builtin: [400, "INCIDENT_MONITOR_SCENARIO_PACK_BUILTIN"],
      scenario_pack_moved: [409, "INCIDENT_MONITOR_SCENARIO_PACK_MOVED"],
      scenario_packs_too_many: [409, "INCIDENT_MONITOR_SCENARIO_PACKS_TOO_MANY"],
    },
    run: async ({ ctx, params, body }) => {
      const pack = packOfPath(params.pack_id ?? "", body.pack.pack_id);
      const stored = await putScenarioPack(ctx, {
        pack: scenarioPackFromWire({ ...body.pack, pack_id: pack }),
        revision: body.revision ?? null,
      });
      return { body: { pack: listedPackToWire(stored) } };
    },
  }),
  route({
    method: "delete",
    path: `${packs}/{pack_id}`,
    summary: "Delete a stored scenario pack; its runs stay as evidence",
    auth,
    response: scenarioPackDeletedSchema,
    errors,
    run: async ({ ctx, params }) => {
      await deleteScenarioPack(ctx, params.pack_id ?? "");
      return { body: { ok: true } };
    },
  }),
  route({
    method: "get",
    path: runs,
    summary: "Runs of scenario packs, the newest first, without their results. The newest 200 are kept.",
    auth,
    query: scenarioRunListQuerySchema,
    response: scenarioRunListSchema,
    errors,
    run: async ({ ctx, query }) => {
      const found = await listScenarioRuns(ctx, query.limit ?? null);
      return { body: { runs: found.map(scenarioRunFactsToWire), count: found.length } };
    },
  }),
  route({
    method: "get",
    path: `${runs}/{scenario_run_id}`,
    summary: "One run of a scenario pack with what each scenario showed",
    auth,
    response: scenarioPackRunSchema,
    errors: { ...errors, scenario_run_not_found: [404, "INCIDENT_MONITOR_SCENARIO_RUN_NOT_FOUND"] },
    run: async ({ ctx, params }) => ({
      body: scenarioPackRunToWire(await getScenarioRun(ctx, params.scenario_run_id ?? "")),
    }),
  }),
];

/** The id becomes part of a path and of findings, so it is a plain word; said twice it is the same. */
function packOfPath(id: string, said: string | null | undefined): string {
  if (!/^[A-Za-z0-9][\w.:-]{0,119}$/.test(id)) {
    throw wrongId("A pack's id is letters, digits, and . _ : - after the first, at most 120");
  }
  if (said && said !== id) throw wrongId("The pack names another id than the path");
  return id;
}

const wrongId = (message: string) =>
  new EdgeProblem(422, "VALIDATION_FAILED", message, { field: "pack.pack_id", retryable: false });
