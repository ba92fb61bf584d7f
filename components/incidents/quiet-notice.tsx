"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { GateGlyph } from "@/components/state/gate-glyph";
import { lookOf, type StateName } from "@/components/state/state-map";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";
import type { IncidentWire } from "@/lib/contracts/incident";
import { incidentPath } from "@/lib/paths";
import { useEndQuiet, useUnmergeIncident } from "@/lib/queries/incident-actions";
import { usePermission } from "@/lib/queries/session";
import { cameBackWords, resolvedWords, snoozeWords } from "./quiet-words";

/** What keeps this incident from asking for anything, or says that it came back, each with its way out. */
export function QuietNotice({ incident }: { incident: IncidentWire }) {
  const { merged_into, snooze, mute, woke, resolution } = incident;
  const may = usePermission("decide").allowed;
  const end = useEndQuiet(incident.incident_id);
  const unmerge = useUnmergeIncident();
  const button = (label: string, pending: boolean, onClick: () => void) =>
    may ? (
      <Button size="sm" className="touch:h-11" pending={pending} onClick={onClick}>
        {label}
      </Button>
    ) : null;
  function takeOut() {
    unmerge.mutate(incident.incident_id, {
      onSuccess: () => notify("approved", "Taken out again"),
      onError: (error) => notifyFailure("Not taken out", error),
    });
  }
  // The line goes at once, and this with it: what is said of a refusal must outlive it.
  const endIt = (what: Parameters<typeof end.mutate>[0]) =>
    void end.mutateAsync(what).catch((error: Error) => notifyFailure("It stays as it was", error));
  const reopen = button("Reopen", end.isPending, () => endIt("reopen"));
  return (
    <>
      {merged_into ? (
        <Line state="cancelled" action={button("Take out", unmerge.isPending, takeOut)}>
          <strong>Merged.</strong> Its sightings count for{" "}
          <Link href={incidentPath(merged_into)} className="link wrap-anywhere">
            {merged_into}
          </Link>
          ; what is below is its own.
        </Line>
      ) : null}
      {resolution?.came_back_at_ms !== undefined ? (
        <Line state="deliveryFailed" action={reopen}>
          <strong>Came back.</strong> {cameBackWords(resolution)}{" "}
          <RelativeTime value={resolution.came_back_at_ms} />
        </Line>
      ) : resolution ? (
        <Line state="published" action={reopen}>
          <strong>Resolved</strong> {resolvedWords(resolution)} <RelativeTime value={resolution.at_ms} />.
          Seen again, it is a regression.
        </Line>
      ) : null}
      {snooze ? (
        <Line state="held" action={button("Wake it", end.isPending, () => endIt("unsnooze"))}>
          <strong>Snoozed</strong> {snoozeWords(snooze)}
          {snooze.until_ms === undefined ? null : (
            <>
              {" "}
              <RelativeTime value={snooze.until_ms} />
            </>
          )}
          {snooze.reason ? `: ${snooze.reason}` : "."}
        </Line>
      ) : null}
      {mute ? (
        <Line state="held" action={button("Unmute", end.isPending, () => endIt("unmute"))}>
          <strong>Muted</strong>, whatever happens, and ends <RelativeTime value={mute.until_ms} />
          {mute.reason ? `: ${mute.reason}` : "."}
        </Line>
      ) : null}
      {woke && !snooze && !mute ? (
        <Line state="ready">
          <strong>Awake again.</strong> {woke.message} (<RelativeTime value={woke.at_ms} />
          ).
        </Line>
      ) : null}
    </>
  );
}

function Line({ state, action, children }: { state: StateName; action?: ReactNode; children: ReactNode }) {
  const look = lookOf(state);
  return (
    <div
      data-slot="quiet-notice"
      className={cn(
        toneClass(look.tone),
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-border bg-card px-3 py-2",
      )}
    >
      <span className="text-tone">
        <GateGlyph name={look.glyph} size={18} />
      </span>
      <p className="min-w-0 flex-1 basis-56 wrap-anywhere">{children}</p>
      {action}
    </div>
  );
}
