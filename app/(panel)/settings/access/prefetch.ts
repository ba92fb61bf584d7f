import type { QueryClient } from "@tanstack/react-query";
import { panelContext } from "@/lib/auth/panel-context";
import { listInvitations } from "@/lib/pipeline/access/list-invitations";
import { listRoles } from "@/lib/pipeline/access/list-roles";
import { listTokens } from "@/lib/pipeline/access/list-tokens";
import { listUsers } from "@/lib/pipeline/access/list-users";
import { getConfig } from "@/lib/pipeline/settings/get-config";
import { invitationsQuery, rolesQuery, tokenListQuery, userListQuery } from "@/lib/queries/access";
import { keys } from "@/lib/queries/keys";
import { makeQueryClient } from "@/lib/queries/query-client";
import {
  apiTokenListToWire,
  invitationListToWire,
  listInvitationsFromQuery,
  listTokensFromQuery,
  listUsersFromQuery,
  roleTableToWire,
  userListToWire,
} from "@/lib/wire/access";
import { configToWire } from "@/lib/wire/config";
import { sessionToWire } from "@/lib/wire/session";

const page = { limit: 100 };

/** What the screen shows at first paint. What fails here is asked for again, and explained, by the screen. */
export async function prefetchAccess({ tokens }: { tokens: boolean }): Promise<QueryClient> {
  const ctx = await panelContext();
  const client = makeQueryClient();
  const reads = sessionToWire(ctx.actor).permissions.includes("readAccess");
  await Promise.all([
    client.prefetchQuery({ queryKey: keys.config, queryFn: async () => configToWire(await getConfig(ctx)) }),
    client.prefetchQuery({ ...rolesQuery(), queryFn: async () => roleTableToWire(await listRoles(ctx)) }),
    reads &&
      client.prefetchInfiniteQuery({
        ...userListQuery(),
        queryFn: async () => userListToWire(await listUsers(ctx, listUsersFromQuery(page))),
      }),
    reads &&
      client.prefetchQuery({
        ...invitationsQuery(),
        queryFn: async () => {
          const found = await listInvitations(ctx, listInvitationsFromQuery({ limit: 200 }));
          return invitationListToWire(found, ctx.nowMs);
        },
      }),
    reads &&
      tokens &&
      client.prefetchInfiniteQuery({
        ...tokenListQuery(),
        queryFn: async () => apiTokenListToWire(await listTokens(ctx, listTokensFromQuery(page))),
      }),
  ]);
  return client;
}
