import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ShadowScreen } from "@/components/routing/shadow-screen";
import { prefetchSettings } from "../../prefetch";

export const metadata: Metadata = { title: "Shadow decisions" };

export default async function Page() {
  const client = await prefetchSettings();
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ShadowScreen />
    </HydrationBoundary>
  );
}
