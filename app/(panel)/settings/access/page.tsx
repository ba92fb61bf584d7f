import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AccessScreen } from "@/components/access/access-screen";
import { prefetchAccess } from "./prefetch";

export const metadata: Metadata = { title: "People and tokens" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);

export default async function Page({ searchParams }: PageProps) {
  const { tab, user } = await searchParams;
  const client = await prefetchAccess({ tokens: tab === "tokens" });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AccessScreen tab={one(tab)} user={one(user)} />
    </HydrationBoundary>
  );
}
