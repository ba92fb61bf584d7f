"use server";

import { z } from "zod";
import {
  type PutScenarioPackWire,
  putScenarioPackSchema,
  type ScenarioRunWire,
  scenarioRunSchema,
} from "@/lib/contracts/scenario";
import { deleteScenarioPack as remove } from "@/lib/pipeline/scenarios/delete-scenario-pack";
import { putScenarioPack as put } from "@/lib/pipeline/scenarios/put-scenario-pack";
import { runScenarioPack as run } from "@/lib/pipeline/scenarios/run-scenario-pack";
import { listedPackToWire, scenarioPackFromWire, scenarioPackRunToWire } from "@/lib/wire/scenario";
import { defineAction } from "./define-action";

const packId = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:-]{0,119}$/, "Letters, digits, and . _ : - after the first");
const readsOnly = () => true;

const runAction = defineAction({
  permission: "configure",
  schema: scenarioRunSchema,
  readsOnly,
  verb: async (ctx, { pack, pack_id, scenario_ids }) =>
    scenarioPackRunToWire(
      await run(ctx, {
        pack: pack ? scenarioPackFromWire(pack) : null,
        packId: pack_id?.trim() || null,
        scenarioIds: scenario_ids ?? [],
      }),
    ),
});

const putAction = defineAction({
  permission: "configure",
  schema: putScenarioPackSchema.extend({ pack_id: packId }),
  readsOnly,
  verb: async (ctx, { pack, pack_id, revision }) => ({
    pack: listedPackToWire(
      await put(ctx, { pack: scenarioPackFromWire({ ...pack, pack_id }), revision: revision ?? null }),
    ),
  }),
});

const deleteAction = defineAction({
  permission: "configure",
  schema: z.object({ pack_id: z.string().min(1).max(200) }),
  readsOnly,
  verb: async (ctx, { pack_id }) => {
    await remove(ctx, pack_id);
    return { ok: true as const };
  },
});

/** Plays scenarios in a sandbox that leaves no trace. */
export async function runScenarioPack(input: ScenarioRunWire) {
  return runAction(input);
}

/** Stores a pack, or changes it over the revision that was read. */
export async function putScenarioPack(input: PutScenarioPackWire & { pack_id: string }) {
  return putAction(input);
}

/** Deletes a stored pack; its runs stay. */
export async function deleteScenarioPack(input: { pack_id: string }) {
  return deleteAction(input);
}
