import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { SafetyScreen } from "@/components/safety/safety-screen";
import { prefetchSettings } from "../prefetch";

export const metadata: Metadata = { title: "Safety defaults" };

export default async function Page() {
  const client = await prefetchSettings();
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SafetyScreen />
    </HydrationBoundary>
  );
}
