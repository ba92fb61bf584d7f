import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { createIntakeKey, disableIntakeKey } from "@/lib/actions/settings";
import type { CreateIntakeKeyWire, IntakeKeyWire } from "@/lib/contracts/intake-key";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

export function intakeKeysQuery() {
  return queryOptions({
    queryKey: keys.intakeKeys,
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

/** Shown as disabled at once, and as it was again when the server refuses. */
export function useDisableIntakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) => actionData(disableIntakeKey({ key_id: keyId })),
    onMutate: async (keyId) => {
      await client.cancelQueries({ queryKey: keys.intakeKeys });
      const before = client.getQueryData<IntakeKeyWire[]>(keys.intakeKeys);
      client.setQueryData<IntakeKeyWire[]>(keys.intakeKeys, (known) =>
        known?.map((key) => (key.key_id === keyId ? { ...key, enabled: false } : key)),
      );
      return { before };
    },
    onError: (_error, _keyId, context) => client.setQueryData(keys.intakeKeys, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: keys.intakeKeys }),
  });
}
