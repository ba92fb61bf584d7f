import type { QueryClient, QueryKey } from "@tanstack/react-query";

type Held<Data> = { before: Data | undefined };

/**
 * Shows what was wished before the server has answered, and what was before when it refuses; whoever asked says why. Only
 * for what is easily undone: a gate, a key and a delivery are shown as the server has them, never as somebody hopes.
 */
export function optimistically<Data, Input>(
  client: QueryClient,
  queryKey: QueryKey,
  change: (now: Data, input: Input) => Data,
) {
  return {
    onMutate: async (input: Input): Promise<Held<Data>> => {
      // A reading under way would put the old back in between.
      await client.cancelQueries({ queryKey, exact: true });
      const before = client.getQueryData<Data>(queryKey);
      if (before !== undefined) client.setQueryData<Data>(queryKey, change(before, input));
      return { before };
    },
    onError: (_error: Error, _input: Input, held: Held<Data> | undefined) => {
      if (held?.before !== undefined) client.setQueryData<Data>(queryKey, held.before);
    },
  };
}
