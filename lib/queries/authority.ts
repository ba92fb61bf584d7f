import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { removeAuthoritySubjects } from "@/lib/actions/authority";
import type { AuthorityGraphWire } from "@/lib/contracts/authority-graph";
import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import type { RegistrationListWire } from "@/lib/contracts/authority-subjects";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** Deliveries and decisions in it are told over other topics, by the hundred: they are asked for again this often. */
const refetchMs = 60_000;

export function authorityInventoryQuery() {
  return queryOptions({
    queryKey: keys.authority.inventory,
    queryFn: ({ signal }) => getJson<AuthorityInventoryWire>(api.authorityInventory(), signal),
    refetchInterval: refetchMs,
  });
}

export function authorityGraphQuery() {
  return queryOptions({
    queryKey: keys.authority.graph,
    queryFn: ({ signal }) => getJson<AuthorityGraphWire>(api.authorityGraph(), signal),
  });
}

export function authoritySubjectsQuery() {
  return queryOptions({
    queryKey: keys.authority.subjects,
    queryFn: ({ signal }) => getJson<RegistrationListWire>(api.authoritySubjects(), signal),
    refetchInterval: refetchMs,
  });
}

export function useRemoveRegistration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (runtimeId: string) => actionData(removeAuthoritySubjects({ runtime_id: runtimeId })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.authority.all }),
  });
}
