import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { deleteScenarioPack, putScenarioPack, runScenarioPack } from "@/lib/actions/scenarios";
import type {
  PutScenarioPackWire,
  ScenarioPackListWire,
  ScenarioPackRunWire,
  ScenarioRunListWire,
  ScenarioRunWire,
} from "@/lib/contracts/scenario";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** The built-in pack first, then the stored ones by id. */
export const scenarioPacksQuery = () =>
  queryOptions({
    queryKey: keys.scenarios.packs,
    queryFn: ({ signal }) => getJson<ScenarioPackListWire>(api.scenarioPacks(), signal),
  });

export const scenarioRunsQuery = () =>
  queryOptions({
    queryKey: keys.scenarios.runs,
    queryFn: ({ signal }) => getJson<ScenarioRunListWire>(api.scenarioRuns(), signal),
  });

/** A run is never changed once it is there. */
export const scenarioRunQuery = (runId: string) =>
  queryOptions({
    queryKey: keys.scenarios.run(runId),
    queryFn: ({ signal }) => getJson<ScenarioPackRunWire>(api.scenarioRun(runId), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useRunScenarioPack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ScenarioRunWire) => actionData(runScenarioPack(input)),
    onSuccess: (run) => client.setQueryData(keys.scenarios.run(run.pack.run_id), run),
    onSettled: () => client.invalidateQueries({ queryKey: keys.scenarios.runs }),
  });
}

function usePackChange<Input, Data>(mutationFn: (input: Input) => Promise<Data>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: keys.scenarios.packs }),
  });
}

export const usePutScenarioPack = () =>
  usePackChange((input: PutScenarioPackWire & { pack_id: string }) => actionData(putScenarioPack(input)));

export const useDeleteScenarioPack = () =>
  usePackChange((packId: string) => actionData(deleteScenarioPack({ pack_id: packId })));
