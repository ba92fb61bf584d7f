"use client";

import Link from "next/link";
import { useAnnounce } from "@/components/layout/announcer";
import { HeldBanner } from "@/components/layout/held-banner";
import { LockedAction } from "@/components/layout/locked-action";
import { notifyFailure } from "@/components/layout/notify-failure";
import { Button } from "@/components/ui/button";
import type { OverviewWire } from "@/lib/contracts/status";
import { safetyPath } from "@/lib/paths";
import { usePermission } from "@/lib/queries/session";
import { useSetPaused } from "@/lib/queries/settings";

/** Paused or switched off: a state, not a fault. Says what goes on meanwhile and lets those who may resume. */
export function PausedBanner({ overview }: { overview: OverviewWire }) {
  const permission = usePermission("configure");
  const setPaused = useSetPaused();
  const announce = useAnnounce();
  const { held } = overview.counts;
  if (overview.enabled && !overview.paused) return null;
  const meanwhile = `Reports are kept, nothing is sent.${held > 0 ? ` ${held.toLocaleString("en-GB")} ${held === 1 ? "draft is" : "drafts are"} held.` : ""}`;
  function resume() {
    setPaused.mutate(false, {
      onSuccess: () => announce("Resumed. Held work goes on."),
      onError: (error) => notifyFailure("Not resumed", error),
    });
  }
  if (!overview.enabled) {
    return (
      <HeldBanner
        title="Monitoring is switched off."
        action={
          permission.allowed ? (
            <Button asChild size="xs" className="touch:h-11">
              <Link href={safetyPath()}>Switch on</Link>
            </Button>
          ) : null
        }
      >
        {meanwhile}
      </HeldBanner>
    );
  }
  return (
    <HeldBanner
      title="Paused."
      action={
        permission.allowed ? (
          <Button size="xs" className="touch:h-11" onClick={resume} pending={setPaused.isPending}>
            Resume
          </Button>
        ) : permission.known ? (
          <LockedAction quiet size="xs" unlocks="Resuming needs the admin role.">
            Resume
          </LockedAction>
        ) : null
      }
    >
      {meanwhile}
    </HeldBanner>
  );
}
