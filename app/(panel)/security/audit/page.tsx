import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AuditScreen } from "@/components/security/audit/audit-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listTokens } from "@/lib/pipeline/access/list-tokens";
import { listUsers } from "@/lib/pipeline/access/list-users";
import { getAuditLedger } from "@/lib/pipeline/governance/get-audit-ledger";
import { listAudit } from "@/lib/pipeline/governance/list-audit-entries";
import { tokenListQuery, userListQuery } from "@/lib/queries/access";
import { auditListQuery, auditStateQuery } from "@/lib/queries/audit";
import { makeQueryClient } from "@/lib/queries/query-client";
import {
  apiTokenListToWire,
  listTokensFromQuery,
  listUsersFromQuery,
  userListToWire,
} from "@/lib/wire/access";
import { auditListToWire, auditStateToWire, listAuditFromQuery } from "@/lib/wire/audit";
import { sessionToWire } from "@/lib/wire/session";
import { auditFiltersFrom } from "./search-params";

export const metadata: Metadata = { title: "Audit" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const params = await searchParams;
  const filters = auditFiltersFrom(params);
  const ctx = await panelContext();
  const client = makeQueryClient();
  const reads = sessionToWire(ctx.actor).permissions.includes("readAccess");
  await Promise.all([
    // The names of whom and what entries are about.
    reads &&
      client.prefetchInfiniteQuery({
        ...userListQuery(),
        queryFn: async () => userListToWire(await listUsers(ctx, listUsersFromQuery({ limit: 100 }))),
      }),
    reads &&
      client.prefetchInfiniteQuery({
        ...tokenListQuery(),
        queryFn: async () => apiTokenListToWire(await listTokens(ctx, listTokensFromQuery({ limit: 100 }))),
      }),
    client.prefetchInfiniteQuery({
      ...auditListQuery(filters),
      queryFn: async () => auditListToWire(await listAudit(ctx, listAuditFromQuery(filters))),
    }),
    client.prefetchQuery({
      ...auditStateQuery(),
      queryFn: async () => auditStateToWire(await getAuditLedger(ctx)),
    }),
  ]);
  const entry = typeof params.entry === "string" ? params.entry : null;
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AuditScreen filters={filters} entry={entry} />
    </HydrationBoundary>
  );
}
