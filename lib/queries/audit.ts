import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { saveAuditWitness, verifyAuditLedger } from "@/lib/actions/audit";
import type {
  AuditEntryResponseWire,
  AuditListQuery,
  AuditListWire,
  AuditStateWire,
  PutAuditWitnessWire,
} from "@/lib/contracts/audit";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

export type AuditFilters = Omit<AuditListQuery, "limit" | "cursor">;

/** The newest page first, then the older ones by cursor. */
export function auditListQuery(filters: AuditFilters) {
  return infiniteQueryOptions({
    queryKey: keys.audit.list(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<AuditListWire>(api.audit({ ...filters, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: AuditListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}

/** One entry with its proof; asked for again until it is sealed. */
export function auditEntryQuery(entryId: string) {
  return queryOptions({
    queryKey: keys.audit.one(entryId),
    queryFn: ({ signal }) => getJson<AuditEntryResponseWire>(api.auditEntry(entryId), signal),
    refetchInterval: (query) => (query.state.data && !query.state.data.proof ? 1_500 : false),
  });
}

export function auditStateQuery() {
  return queryOptions({
    queryKey: keys.audit.state,
    queryFn: ({ signal }) => getJson<AuditStateWire>(api.auditState(), signal),
    refetchInterval: 15_000,
  });
}

export function useVerifyAudit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (entries: number) => actionData(verifyAuditLedger({ entries })),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.audit.all }),
  });
}

export function useSaveAuditWitness() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: PutAuditWitnessWire) => actionData(saveAuditWitness(input)),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.audit.state }),
  });
}
