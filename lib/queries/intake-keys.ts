import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { createIntakeKey, disableIntakeKey, rotateIntakeKey } from "@/lib/actions/settings";
import type { CreateIntakeKeyWire, IntakeKeyWire, RotateIntakeKeyWire } from "@/lib/contracts/intake-key";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** That a key was used or refused announces nothing: what is shown of it is asked for again this often. */
const refetchMs = 30_000;

export function intakeKeysQuery() {
  return queryOptions({
    queryKey: keys.intakeKeys,
    refetchInterval: refetchMs,
    queryFn: async ({ signal }) => (await getJson<{ keys: IntakeKeyWire[] }>(api.intakeKeys(), signal)).keys,
  });
}

/** The raw key is in this answer alone; it is kept out of the cache. */
export function useCreateIntakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CreateIntakeKeyWire) => actionData(createIntakeKey(input)),
    gcTime: 0,
    onSuccess: ({ key }) => {
      client.setQueryData<IntakeKeyWire[]>(keys.intakeKeys, (known) => known && [...known, key]);
      void client.invalidateQueries({ queryKey: keys.intakeKeys });
    },
  });
}

/** As making a key: the raw key is in this answer alone. */
export function useRotateIntakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { key_id: string } & RotateIntakeKeyWire) => actionData(rotateIntakeKey(input)),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: keys.intakeKeys }),
  });
}

/** Shown as disabled once it is: a revocation is never shown before it holds. */
export function useDisableIntakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) => actionData(disableIntakeKey({ key_id: keyId })),
    onSuccess: ({ key }) =>
      client.setQueryData<IntakeKeyWire[]>(keys.intakeKeys, (known) =>
        known?.map((each) => (each.key_id === key.key_id ? key : each)),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.intakeKeys }),
  });
}
