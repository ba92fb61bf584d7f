import type { QueryClient } from "@tanstack/react-query";
import { panelContext } from "@/lib/auth/panel-context";
import { getConfig } from "@/lib/pipeline/settings/get-config";
import { getStatus } from "@/lib/pipeline/settings/get-status";
import { listIntakeKeys } from "@/lib/pipeline/settings/list-intake-keys";
import { listLogSources } from "@/lib/pipeline/sources/list-log-sources";
import { keys } from "@/lib/queries/keys";
import { makeQueryClient } from "@/lib/queries/query-client";
import { configToWire } from "@/lib/wire/config";
import { intakeKeyToWire } from "@/lib/wire/intake-key";
import { logSourceHealthToWire } from "@/lib/wire/log-source";
import { statusToWire } from "@/lib/wire/status";

/** What the settings pages show at first paint. What fails here is asked for again, and explained, by the screen. */
export async function prefetchSettings(
  options: { intakeKeys?: boolean; logSources?: boolean } = {},
): Promise<QueryClient> {
  const client = makeQueryClient();
  const ctx = await panelContext();
  await Promise.all([
    client.prefetchQuery({ queryKey: keys.config, queryFn: async () => configToWire(await getConfig(ctx)) }),
    client.prefetchQuery({ queryKey: keys.status, queryFn: async () => statusToWire(await getStatus(ctx)) }),
    options.intakeKeys &&
      client.prefetchQuery({
        queryKey: keys.intakeKeys,
        queryFn: async () => (await listIntakeKeys(ctx)).keys.map(intakeKeyToWire),
      }),
    options.logSources &&
      client.prefetchQuery({
        queryKey: keys.logSources.health,
        queryFn: async () => (await listLogSources(ctx)).map(logSourceHealthToWire),
      }),
  ]);
  return client;
}
