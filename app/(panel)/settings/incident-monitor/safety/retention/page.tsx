import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RetentionScreen } from "@/components/retention/retention-screen";
import { prefetchSettings } from "../../prefetch";

export const metadata: Metadata = { title: "Retention" };

export default async function Page() {
  const client = await prefetchSettings();
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RetentionScreen />
    </HydrationBoundary>
  );
}
