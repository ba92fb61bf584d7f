import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AccountScreen } from "@/components/account/account-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { currentProcess } from "@/lib/auth/process";
import { accountPath } from "@/lib/paths";
import { getAccount } from "@/lib/pipeline/account/get-account";
import { listOwnSessions } from "@/lib/pipeline/account/list-own-sessions";
import { accountQuery, ownSessionsQuery } from "@/lib/queries/account";
import { makeQueryClient } from "@/lib/queries/query-client";
import { accountToWire, ownSessionToWire } from "@/lib/wire/account";

export const metadata: Metadata = { title: "Your account" };

export default async function Page() {
  const ctx = await panelContext(accountPath());
  const provider = currentProcess().oidc?.settings;
  const client = makeQueryClient();
  await Promise.all([
    client.prefetchQuery({
      queryKey: accountQuery().queryKey,
      queryFn: async () => ({ account: accountToWire(await getAccount(ctx), provider) }),
    }),
    client.prefetchQuery({
      queryKey: ownSessionsQuery().queryKey,
      queryFn: async () => {
        const sessions = (await listOwnSessions(ctx)).map(ownSessionToWire);
        return { sessions, count: sessions.length };
      },
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AccountScreen />
    </HydrationBoundary>
  );
}
