import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { restoreConfig } from "@/lib/actions/settings";
import type { ConfigWire } from "@/lib/contracts/config";
import type {
  ConfigHistoryQuery,
  ConfigHistoryWire,
  ConfigKeyWire,
  ConfigRevisionWire,
} from "@/lib/contracts/config-history";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import type { ConfigIssue } from "./config";
import { keys } from "./keys";

const pageSize = 25;

/** Who saved what, newest first, of the keys given or of everything. */
export function configHistoryQuery(only: readonly ConfigKeyWire[] | null) {
  const query: ConfigHistoryQuery = { limit: pageSize, ...(only && { keys: only.join(",") }) };
  return infiniteQueryOptions({
    queryKey: keys.configHistory(query),
    queryFn: ({ pageParam, signal }) =>
      getJson<ConfigHistoryWire>(api.configHistory({ ...query, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ConfigHistoryWire) => page.next_cursor,
  });
}

/** The newest save of all, to name who it was. */
export function newestRevisionQuery() {
  const query: ConfigHistoryQuery = { limit: 1 };
  return queryOptions({
    queryKey: [...keys.configHistory(query), "newest"] as const,
    queryFn: async ({ signal }) =>
      (await getJson<ConfigHistoryWire>(api.configHistory(query), signal)).revisions[0] ?? null,
  });
}

export type ConfigRevision = { revision: ConfigRevisionWire; incident_monitor: ConfigWire };

/** A version as it was; it never changes again. */
export function configRevisionQuery(version: number) {
  return queryOptions({
    queryKey: keys.configRevision(version),
    queryFn: ({ signal }) => getJson<ConfigRevision>(api.configRevision(version), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type RestoreInput = {
  version: number;
  /** Only these keys; everything when absent. */
  keys?: ConfigKeyWire[];
  expectedUpdatedAtMs: number;
};
export type RestorePreview = { config: ConfigWire; warnings: ConfigIssue[] };

/** What restoring would make of the configuration, without doing it. */
export function restorePreviewQuery(input: RestoreInput) {
  return queryOptions({
    queryKey: ["restore-preview", input] as const,
    queryFn: async (): Promise<RestorePreview> => {
      const { incident_monitor, warnings } = await actionData(
        restoreConfig({ ...asWire(input), dry_run: true }),
      );
      return { config: incident_monitor, warnings };
    },
    gcTime: 10_000,
    retry: false,
  });
}

/** Restores over the version that was previewed; 409 when somebody saved meanwhile. */
export function useRestoreConfig() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: RestoreInput) => actionData(restoreConfig(asWire(input))),
    onSuccess: async ({ incident_monitor }) => {
      await client.cancelQueries({ queryKey: keys.config });
      client.setQueryData(keys.config, incident_monitor);
    },
    onSettled: () => {
      for (const queryKey of [keys.config, keys.status, ["preview"], keys.overview]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
}

function asWire({ expectedUpdatedAtMs, ...rest }: RestoreInput) {
  return { ...rest, expected_updated_at_ms: expectedUpdatedAtMs };
}
