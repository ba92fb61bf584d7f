"use client";

import { useStoredText } from "@/components/layout/use-stored-text";

/** The times to undo a publish that are offered, ms. */
export const graceChoices = [0, 5_000, 15_000, 60_000] as const;
const graceDefaultMs = 5_000;

/** How long this reader's publishes wait to be undone; kept in the browser. The host may ask for longer. */
export function usePublishGrace(): [number, (ms: number) => void] {
  const [stored, setStored] = useStoredText("incident-monitor.publish-grace");
  const graceMs = graceChoices.find((ms) => String(ms) === stored) ?? graceDefaultMs;
  return [graceMs, (ms) => setStored(String(ms))];
}
