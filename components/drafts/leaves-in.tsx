"use client";

import { useNow } from "@/components/layout/use-now";

/** "Leaves in 4 s", then "Left." Not said aloud each second. */
export function LeavesIn({ untilMs }: { untilMs: number }) {
  const now = useNow("second");
  const seconds = now === null ? null : Math.ceil((untilMs - now) / 1_000);
  if (seconds === null) return <span>Leaves in a moment</span>;
  return <span aria-live="off">{seconds > 0 ? `Leaves in ${seconds} s` : "On its way."}</span>;
}
