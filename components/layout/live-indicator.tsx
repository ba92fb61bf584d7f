"use client";

import { cn } from "@/components/ui/cn";
import { clockTime, toMs, zoneName } from "./format-time";
import type { LiveState } from "./shell-context";
import { useTimeZone } from "./time-zone";
import { useNow } from "./use-now";

const words: Record<LiveState["status"], string> = { live: "Live", connecting: "Connecting", stale: "Stale" };

const dots: Record<LiveState["status"], string> = {
  live: "bg-state-passed",
  connecting: "inset-ring inset-ring-muted-foreground",
  stale: "bg-state-waiting",
};

/** Whether what is on screen is the present: a word, a dot, and the time of the screen's clock. */
export function LiveIndicator({ live, className }: { live: LiveState; className?: string }) {
  const timeZone = useTimeZone();
  const now = useNow("second");
  const at = live.status === "live" ? (live.at ?? now) : null;
  return (
    <span
      data-slot="live-indicator"
      className={cn(
        "inline-flex flex-none items-center gap-1.5 text-12 whitespace-nowrap text-muted-foreground",
        className,
      )}
    >
      <span aria-hidden className={cn("size-1.5 rounded-full", dots[live.status])} />
      <span>
        <span role="status">
          {words[live.status]}
          {live.status === "stale" ? (
            <span className="max-sm:sr-only"> since {clockTime(toMs(live.since), timeZone, "minute")}</span>
          ) : null}
        </span>
        {at === null ? null : (
          <span className="max-lg:hidden">
            {" "}
            · {clockTime(toMs(at), timeZone)} {zoneName(toMs(at), timeZone)}
          </span>
        )}
      </span>
    </span>
  );
}
