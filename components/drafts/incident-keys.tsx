"use client";

import { useRouter } from "next/navigation";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { incidentPath } from "@/lib/paths";

/** m and s act on the failure, not on the draft: they open its page with what was asked for. */
export function IncidentKeys({ incidentId }: { incidentId: string }) {
  const router = useRouter();
  const go = (query: { merge?: 1; snooze?: 1 }) => router.push(incidentPath(incidentId, query));
  useShortcuts([
    { keys: "m", label: "Merge its incident", group: "This draft", run: () => go({ merge: 1 }) },
    { keys: "s", label: "Snooze its incident", group: "This draft", run: () => go({ snooze: 1 }) },
  ]);
  return null;
}
