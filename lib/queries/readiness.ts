import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { attestControl, withdrawAttestation } from "@/lib/actions/readiness";
import type { AttestReadinessWire, ProductionReadinessWire } from "@/lib/contracts/readiness";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** Every control as it stands. Evidence grows old by the clock, which announces nothing. */
export function readinessQuery() {
  return queryOptions({
    queryKey: keys.readiness,
    queryFn: ({ signal }) => getJson<ProductionReadinessWire>(api.productionReadiness(), signal),
    refetchInterval: 60_000,
  });
}

export function useAttestControl() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: AttestReadinessWire & { control_id: string }) => actionData(attestControl(input)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.readiness }),
  });
}

export function useWithdrawAttestation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (controlId: string) => actionData(withdrawAttestation({ control_id: controlId })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.readiness }),
  });
}
