"use client";

import { useShell } from "@/components/layout/shell-context";
import { StaleBanner } from "@/components/layout/stale-banner";

/** Is the page older than it looks? Put the class `stale` on what the notice covers. */
export function useIsStale(): boolean {
  return useShell()?.live?.status === "stale";
}

/** While the event stream is down: since when. It is tried again by itself, and the rows come alive with it. */
export function StaleNotice() {
  const live = useShell()?.live;
  if (live?.status !== "stale") return null;
  return <StaleBanner since={live.since} why="The live stream is down; it is tried again by itself." />;
}
