import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RedactionScreen } from "@/components/redaction/redaction-screen";
import { prefetchSettings } from "../../prefetch";

export const metadata: Metadata = { title: "Redaction" };

export default async function Page() {
  const client = await prefetchSettings();
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RedactionScreen />
    </HydrationBoundary>
  );
}
