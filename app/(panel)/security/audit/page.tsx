import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AuditScreen } from "@/components/security/audit/audit-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getAuditLedger } from "@/lib/pipeline/governance/get-audit-ledger";
import { listAudit } from "@/lib/pipeline/governance/list-audit-entries";
import { auditListQuery, auditStateQuery } from "@/lib/queries/audit";
import { makeQueryClient } from "@/lib/queries/query-client";
import { auditListToWire, auditStateToWire, listAuditFromQuery } from "@/lib/wire/audit";
import { auditFiltersFrom } from "./search-params";

export const metadata: Metadata = { title: "Audit" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const params = await searchParams;
  const filters = auditFiltersFrom(params);
  const ctx = await panelContext();
  const client = makeQueryClient();
  await Promise.all([
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
